// The shape of signatures, refused in the service's words; and whose streams a request means.

#include "support/service_test.hpp"

namespace kinetide::testing {
namespace {

using fields = std::vector<std::pair<std::string, std::string>>;

reply list_streams(service_kit& service, fields signing, const std::string& target = "/") {
    raw_request r;
    r.target = target;
    r.fields = std::move(signing);
    r.fields.emplace_back("Content-Type", "application/x-amz-json-1.1");
    r.fields.emplace_back("X-Amz-Target", "Kinesis_20131202.ListStreams");
    r.body = "{}";
    return service.send(r);
}

struct authentication : ::testing::Test {
    service_kit service{wire::form::json};

    void expect(const reply& r, const std::string& type, const std::string& message) {
        EXPECT_EQ(r.status, 400);
        EXPECT_EQ(r.error_code, type);
        EXPECT_EQ(r.message, message);
    }
};

TEST_F(authentication, wants_one_signature_and_not_two) {
    expect(
        list_streams(service, {}),
        "MissingAuthenticationTokenException",
        "Missing Authentication Token");
    expect(
        list_streams(service, {}, "/?X-Amz-Credential=a"),
        "MissingAuthenticationTokenException",
        "Missing Authentication Token");
    expect(
        list_streams(service, {{"Authorization", "a"}}, "/?X-Amz-Algorithm=b"),
        "InvalidSignatureException",
        "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP "
        "header.");
}

TEST_F(authentication, names_every_missing_part_of_the_header) {
    const std::string no_date =
        "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ";
    expect(
        list_streams(service, {{"Authorization", "a"}}),
        "IncompleteSignatureException",
        "Authorization header requires 'Credential' parameter. Authorization header requires "
        "'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. " +
            no_date + "Authorization=a");
    const std::string half = "X Credential=a, Signature=b";
    expect(
        list_streams(service, {{"Authorization", half}, {"Date", "today"}}),
        "IncompleteSignatureException",
        "Authorization header requires 'SignedHeaders' parameter. Authorization=" + half);
}

TEST_F(authentication, takes_parts_apart_at_blanks_and_commas) {
    for (const char* good :
         {"X Credential=a Signature=b SignedHeaders=c",
          "X Credential=a,Signature=b,SignedHeaders=c",
          "X Credential=a, Signature=b, SignedHeaders=c"}) {
        EXPECT_TRUE(list_streams(service, {{"Authorization", good}, {"Date", "d"}}).ok()) << good;
    }
}

TEST_F(authentication, names_every_missing_part_of_the_query) {
    const auto missing = [](const std::string& name) {
        return "AWS query-string parameters must include '" + name + "'. ";
    };
    const std::string end = "Re-examine the query-string parameters.";
    expect(
        list_streams(service, {}, "/?X-Amz-Algorithm="),
        "IncompleteSignatureException",
        missing("X-Amz-Algorithm") + missing("X-Amz-Credential") + missing("X-Amz-Signature") +
            missing("X-Amz-SignedHeaders") + missing("X-Amz-Date") + end);
    expect(
        list_streams(
            service, {}, "/?X-Amz-Algorithm=a&X-Amz-Credential=b&X-Amz-Signature=c&X-Amz-Date=d"),
        "IncompleteSignatureException",
        missing("X-Amz-SignedHeaders") + end);
    EXPECT_TRUE(list_streams(
                    service,
                    {},
                    "/?X-Amz-Algorithm=a&X-Amz-Credential=b&X-Amz-Signature=c&"
                    "X-Amz-SignedHeaders=d&X-Amz-Date=e")
                    .ok());
}

TEST_F(authentication, can_be_switched_off) {
    service::options o;
    o.auth = service::auth_mode::off;
    service_kit open(wire::form::json, o);
    EXPECT_TRUE(list_streams(open, {}).ok());
}

TEST_F(authentication, tells_accounts_and_regions_apart) {
    const auto names = [&] {
        return service.call("ListStreams", json::object()).body["StreamNames"];
    };
    service.create_stream("mine");
    service.act_as("123456789012", "us-east-1");
    EXPECT_EQ(names(), json::array());
    service.create_stream("theirs");
    EXPECT_EQ(
        service.summary("theirs")["StreamARN"],
        "arn:aws:kinesis:us-east-1:123456789012:stream/theirs");
    service.act_as("AKIDEXAMPLE", "eu-west-1");
    EXPECT_EQ(names(), json::array());
    // Another access key of the default account, and a region that cannot be one.
    service.act_as("AKIDEXAMPLE", "US_EAST");
    EXPECT_EQ(names(), json::array({"mine"}));
}

}  // namespace
}  // namespace kinetide::testing
