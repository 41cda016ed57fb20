// The service's order of checks, first hit wins: each step with its status, form and headers.

#include "support/service_test.hpp"

namespace kinetide::testing {
namespace {

using fields = std::vector<std::pair<std::string, std::string>>;

const std::string json_type = "application/x-amz-json-1.1";
const std::string cbor_type = "application/x-amz-cbor-1.1";
const std::string access_denied =
    "<AccessDeniedException>\n  <Message>Unable to determine service/operation name to be "
    "authorized</Message>\n</AccessDeniedException>\n";

class dispatcher : public ::testing::Test {
protected:
    reply send(
        const std::string& type,
        const std::string& target,
        const std::string& body,
        fields more = {
            {"Authorization", std::string(well_signed)}, {"X-Amz-Date", "20260101T000000Z"}}) {
        raw_request r;
        r.fields = std::move(more);
        if (!type.empty()) r.fields.emplace_back("Content-Type", type);
        if (!target.empty()) r.fields.emplace_back("X-Amz-Target", target);
        r.body = body;
        return service.send(r);
    }

    service_kit service{wire::form::json};
};

TEST_F(dispatcher, refuses_other_methods_in_xml_without_a_content_type) {
    for (const char* method : {"GET", "PUT", "DELETE", "OPTIONS", "HEAD"}) {
        raw_request r;
        r.method = method;
        const reply answer = service.send(r);
        EXPECT_EQ(answer.status, 403);
        EXPECT_EQ(answer.bytes, access_denied);
        EXPECT_EQ(answer.field("Content-Type"), "");
        EXPECT_FALSE(answer.field("x-amz-id-2").empty());
    }
}

TEST_F(dispatcher, answers_an_empty_body_in_json_to_its_exact_type_only) {
    const reply known = send(json_type, "Kinesis_20131202.ListStreams", "");
    EXPECT_EQ(known.status, 400);
    EXPECT_EQ(known.bytes, R"({"__type":"SerializationException"})");
    EXPECT_EQ(
        send(json_type, "Kinesis_20131202.Nothing", "").error_code, "UnknownOperationException");
    for (const std::string& type :
         {std::string(),
          std::string("text/plain"),
          std::string("application/json"),
          json_type + "; charset=x"}) {
        const reply other = send(type, "Kinesis_20131202.ListStreams", "");
        EXPECT_EQ(other.field("Content-Type"), cbor_type) << type;
        EXPECT_EQ(other.error_code, "SerializationException");
    }
}

TEST_F(dispatcher, knows_no_operation_of_another_content_type) {
    const reply named = send("text/plain", "Kinesis_20131202.ListStreams", "{}");
    EXPECT_EQ(named.status, 404);
    EXPECT_EQ(named.bytes, "<UnknownOperationException/>\n");
    EXPECT_EQ(named.field("Content-Type"), "");
    for (const char* target : {"", "Kinesis_20131202", "Kinesis_20131202.", ".ListStreams"}) {
        const reply unnamed = send("text/plain", target, "{}");
        EXPECT_EQ(unnamed.status, 403) << target;
        EXPECT_EQ(unnamed.bytes, access_denied);
    }
}

TEST_F(dispatcher, answers_plain_json_in_the_old_envelope) {
    const reply broken = send("application/json", "Kinesis_20131202.ListStreams", "hello");
    EXPECT_EQ(broken.status, 400);
    EXPECT_EQ(
        broken.bytes,
        R"({"Output":{"__type":"com.amazon.coral.service#SerializationException"},"Version":"1.0"})");
    const reply good = send("application/json", "Kinesis_20131202.ListStreams", "{}");
    EXPECT_EQ(good.status, 404);
    EXPECT_EQ(
        good.bytes,
        R"({"Output":{"__type":"com.amazon.coral.service#UnknownOperationException"},"Version":"1.0"})");
}

TEST_F(dispatcher, judges_the_body_before_operation_and_signature) {
    for (const char* body : {"hello", "true", "null", "[]", "{", "{}x"}) {
        for (const char* target : {"Kinesis_20131202.ListStreams", "Kinesis_20131202.Nothing"}) {
            const reply r = send(json_type, target, body, {});
            EXPECT_EQ(r.status, 400);
            EXPECT_EQ(r.bytes, R"({"__type":"SerializationException"})") << body;
        }
    }
}

TEST_F(dispatcher, matches_operations_exactly_and_before_the_signature) {
    for (const char* target :
         {"",
          "Kinesis_20131202.listStreams",
          "kinesis_20131202.ListStreams",
          "Kinesis_20131201.ListStreams",
          "Kinesis_20131202.ListStreamsX"}) {
        const reply r = send(json_type, target, "{}", {});
        EXPECT_EQ(r.status, 400);
        EXPECT_EQ(r.bytes, R"({"__type":"UnknownOperationException"})") << target;
    }
}

TEST_F(dispatcher, judges_the_signature_before_types) {
    const reply r = send(json_type, "Kinesis_20131202.DeleteStream", R"({"StreamName":1})", {});
    EXPECT_EQ(r.error_code, "MissingAuthenticationTokenException");
    EXPECT_EQ(
        send(json_type, "Kinesis_20131202.DeleteStream", R"({"StreamName":1})").error_code,
        "SerializationException");
    EXPECT_EQ(
        send(json_type, "Kinesis_20131202.DeleteStream", R"({"StreamName":""})").error_code,
        "ValidationException");
    EXPECT_EQ(
        send(json_type, "Kinesis_20131202.DeleteStream", R"({"StreamName":"s"})").error_code,
        "ResourceNotFoundException");
}

TEST_F(dispatcher, capitalizes_message_in_serialization_errors_only) {
    EXPECT_TRUE(
        send(json_type, "Kinesis_20131202.DeleteStream", R"({"StreamName":1})").capital_message);
    EXPECT_FALSE(
        send(json_type, "Kinesis_20131202.DeleteStream", R"({"StreamName":""})").capital_message);
}

TEST_F(dispatcher, ignores_parameters_blanks_and_the_path) {
    raw_request r;
    r.target = "/any/path?and=query";
    r.fields = {
        {"Authorization", std::string(well_signed)},
        {"X-Amz-Date", "20260101T000000Z"},
        {"Content-Type", "  application/x-amz-json-1.1 ; charset=utf-8"},
        {"X-Amz-Target", "Kinesis_20131202.ListStreams"}};
    r.body = "{}";
    EXPECT_EQ(service.send(r).status, 200);
}

TEST_F(dispatcher, answers_empty_outputs_with_no_bytes_in_the_requests_type) {
    const reply r =
        send(json_type, "Kinesis_20131202.CreateStream", R"({"StreamName":"s","ShardCount":1})");
    EXPECT_EQ(r.status, 200);
    EXPECT_EQ(r.bytes, "");
    EXPECT_EQ(r.field("Content-Type"), json_type);
}

TEST_F(dispatcher, gives_every_answer_ids_of_its_own) {
    const reply one = send(json_type, "Kinesis_20131202.ListStreams", "{}");
    const reply two = send(json_type, "Kinesis_20131202.ListStreams", "{}");
    const std::string id = one.field("x-amzn-RequestId");
    ASSERT_EQ(id.size(), 36U);
    EXPECT_EQ(id.find_first_not_of("0123456789abcdef-"), std::string::npos);
    EXPECT_NE(id, two.field("x-amzn-RequestId"));
    EXPECT_EQ(from_base64(one.field("x-amz-id-2")).size(), 72U);
    EXPECT_NE(one.field("x-amz-id-2"), two.field("x-amz-id-2"));
}

TEST_F(dispatcher, shows_pages_what_the_service_shows_them) {
    raw_request r;
    r.method = "OPTIONS";
    r.fields = {
        {"Origin", "http://localhost:3000"},
        {"Access-Control-Request-Method", "POST"},
        {"Access-Control-Request-Headers", "x-amz-target"}};
    const reply before = service.send(r);
    EXPECT_EQ(before.status, 200);
    EXPECT_EQ(before.bytes, "");
    EXPECT_EQ(before.field("Access-Control-Allow-Origin"), "*");
    EXPECT_EQ(before.field("Access-Control-Allow-Methods"), "POST");
    EXPECT_EQ(before.field("Access-Control-Allow-Headers"), "x-amz-target");
    EXPECT_EQ(before.field("Access-Control-Max-Age"), "172800");
    EXPECT_EQ(before.field("Content-Type"), "");
    EXPECT_EQ(before.field("x-amz-id-2"), "");
    EXPECT_FALSE(before.field("x-amzn-RequestId").empty());

    const reply posted = send(
        json_type,
        "Kinesis_20131202.ListStreams",
        "{}",
        {{"Origin", "http://localhost:3000"}, {"Authorization", std::string(well_signed)}});
    EXPECT_EQ(posted.field("Access-Control-Allow-Origin"), "*");
    EXPECT_EQ(
        posted.field("Access-Control-Expose-Headers"),
        "x-amzn-RequestId,x-amzn-ErrorType,x-amz-request-id,x-amz-id-2,"
        "x-amzn-ErrorMessage,Date");
}

TEST_F(dispatcher, tells_its_health) {
    service.create_stream("orders");
    raw_request r;
    r.method = "GET";
    r.target = "/health";
    const reply health = service.send(r);
    EXPECT_EQ(health.status, 200);
    EXPECT_EQ(health.field("Content-Type"), "application/json");
    EXPECT_EQ(health.body["status"], "ok");
    EXPECT_EQ(health.body["streams"], 1);
    EXPECT_TRUE(health.body.contains("version"));
    EXPECT_TRUE(health.body.contains("uptime_seconds"));
}

}  // namespace
}  // namespace kinetide::testing
