// What every answer carries, in each of its forms: JSON, CBOR, XML, the old envelope.

#include <zlib.h>

#include <regex>

#include "support/service_test.hpp"

namespace kinetide::testing {
namespace {

KINETIDE_BOTH_FORMS(answers);

std::string type_of(wire::form form) {
    return form == wire::form::json ? "application/x-amz-json-1.1" : "application/x-amz-cbor-1.1";
}

raw_request with_origin(raw_request r) {
    r.fields.emplace_back("Origin", "http://localhost:3000");
    return r;
}

// One request for each road that an answer may take.
std::vector<raw_request> of_every_kind() {
    const std::pair<std::string, std::string> target{
        "X-Amz-Target", "Kinesis_20131202.ListStreams"};
    const auto post = [&](const std::string& type, const std::string& body) {
        raw_request r;
        r.fields = {
            target,
            {"Content-Type", type},
            {"Authorization", std::string(well_signed)},
            {"X-Amz-Date", "20260101T000000Z"}};
        r.body = body;
        return r;
    };
    raw_request get;
    get.method = "GET";
    raw_request health = get;
    health.target = "/health?verbose";
    return {
        get,
        health,
        post("application/x-amz-json-1.1", ""),
        post("application/x-amz-json-1.1", "{}"),
        post("application/x-amz-json-1.1", R"({"Limit":"x"})"),
        post("application/x-amz-json-1.1", R"({"Limit":0})"),
        post("application/x-amz-cbor-1.1", "\xa0"),
        post("application/json", "{}"),
        post("text/plain", "{}")};
}

TEST_P(answers, carry_the_requests_content_type) {
    EXPECT_EQ(
        service.call("ListStreams", json::object()).field("Content-Type"), type_of(GetParam()));
    const json orders = {{"StreamName", "orders"}};
    const reply error = service.call("DeleteStream", orders);
    EXPECT_EQ(error.field("Content-Type"), type_of(GetParam()));
    EXPECT_EQ(error.field("x-amzn-ErrorType"), "ResourceNotFoundException");
    const reply empty = service.call("CreateStream", orders);
    EXPECT_TRUE(empty.ok_and_empty());
    EXPECT_EQ(empty.field("Content-Type"), type_of(GetParam()));
    EXPECT_FALSE(empty.has_field("x-amzn-ErrorType"));
}

TEST_P(answers, spell_message_small_but_for_serialization) {
    EXPECT_EQ(
        service.call("DeleteStream", {{"StreamName", true}}).body,
        json(
            {{"__type", "SerializationException"},
             {"Message", "class java.lang.Boolean can not be converted to an String"}}));
    EXPECT_EQ(
        service.call("DeleteStream", {{"StreamName", "a"}}).body,
        json({{"__type", "ResourceNotFoundException"}, {"message", not_found("a")}}));
}

TEST_P(answers, report_the_first_bad_type_alone) {
    const reply r = service.call("CreateStream", {{"ShardCount", true}, {"StreamName", ""}});
    EXPECT_EQ(r.message, "class java.lang.Boolean can not be converted to an Integer");
}

TEST_P(answers, read_over_unknown_and_null_members) {
    const json body = {
        {"StreamName", "orders"}, {"ShardCount", nullptr}, {"Colour", {1, {{"a", 2}}}}};
    EXPECT_TRUE(service.call("CreateStream", body).ok());
    EXPECT_EQ(service.summary("orders")["OpenShardCount"], 4);
}

TEST_P(answers, do_not_know_operations_that_are_not_there) {
    for (const char* name : {"", "Nothing", "createStream", "CreateStream ", "CreateQueue"}) {
        EXPECT_TRUE(refused(service.call(name, json::object()), "UnknownOperationException", ""))
            << name;
    }
}

TEST_P(answers, of_large_pages_are_as_long_as_they_said) {
    service.create_stream("orders");
    std::vector<std::string> put;
    for (int i = 0; i < 40; ++i) {
        put.push_back(std::string(static_cast<std::size_t>(i) * 997, static_cast<char>(i)));
        service.put("orders", "k", put.back());
    }
    // The kit compares the length of a page that is encoded while it is sent.
    EXPECT_EQ(service.all_data("orders"), put);
}

TEST(every_answer, has_an_id_that_is_a_uuid_and_an_opaque_one) {
    service_kit service(wire::form::json);
    const std::regex uuid("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    for (const raw_request& r : of_every_kind()) {
        const reply answer = service.send(r);
        EXPECT_TRUE(std::regex_match(answer.field("x-amzn-RequestId"), uuid));
        EXPECT_EQ(from_base64(answer.field("x-amz-id-2")).size(), 72U);
        EXPECT_FALSE(answer.has_field("Connection"));
        EXPECT_FALSE(answer.has_field("Access-Control-Allow-Origin"));
    }
}

TEST(every_answer, lets_a_page_see_it) {
    service_kit service(wire::form::json);
    for (const raw_request& r : of_every_kind()) {
        const reply answer = service.send(with_origin(r));
        EXPECT_EQ(answer.field("Access-Control-Allow-Origin"), "*");
        EXPECT_TRUE(answer.has_field("Access-Control-Expose-Headers"));
        EXPECT_EQ(answer.status, service.send(r).status);
    }
}

TEST(json_answers, have_no_blanks) {
    service_kit service(wire::form::json);
    service.create_stream("orders");
    const json records = {{{"PartitionKey", "a"}, {"Data", "MQ=="}}};
    const reply r = service.call("PutRecords", {{"StreamName", "orders"}, {"Records", records}});
    EXPECT_NE(r.bytes.find(R"("FailedRecordCount":0)"), std::string::npos)
        << "Fluent Bit looks for this text in " << r.bytes;
}

TEST(dynamodb_answers, have_the_checksum_that_the_go_sdk_asks_for) {
    service_kit service(wire::form::json);
    raw_request r;
    r.fields = {
        {"X-Amz-Target", "DynamoDB_20120810.DescribeTable"},
        {"Content-Type", "application/x-amz-json-1.0"},
        {"Authorization", std::string(well_signed)},
        {"X-Amz-Date", "20260101T000000Z"}};
    r.body = R"({"TableName":"nowhere"})";
    const reply got = service.send(r);
    ASSERT_EQ(got.error_code, "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException");
    const auto* const bytes = reinterpret_cast<const Bytef*>(got.bytes.data());
    EXPECT_EQ(got.field("x-amz-crc32"), std::to_string(crc32_z(0, bytes, got.bytes.size())));
}

TEST(preflight, echoes_only_what_was_asked_and_needs_no_signature) {
    service_kit service(wire::form::json);
    raw_request r;
    r.method = "OPTIONS";
    r.target = "/health";
    const reply plain = service.send(with_origin(r));
    EXPECT_TRUE(plain.ok_and_empty());
    EXPECT_EQ(plain.field("Access-Control-Max-Age"), "172800");
    EXPECT_FALSE(plain.has_field("Access-Control-Allow-Methods"));
    EXPECT_FALSE(plain.has_field("Access-Control-Allow-Headers"));
    EXPECT_FALSE(plain.has_field("Access-Control-Expose-Headers"));
    EXPECT_FALSE(plain.has_field("Content-Type"));
    EXPECT_FALSE(plain.has_field("x-amz-id-2"));
    EXPECT_EQ(service.send(r).status, 403) << "without Origin it is a method like others";
}

TEST(health, is_for_get_and_head_alone_and_counts_all_accounts_streams) {
    service::options o;
    o.version = "1.2.3";
    service_kit service(wire::form::json, o);
    service.create_stream("orders");
    service.act_as("111111111111", "eu-west-1");
    service.create_stream("orders");
    raw_request r;
    r.target = "/health";
    r.method = "HEAD";
    EXPECT_EQ(service.send(r).status, 200);
    r.method = "GET";
    const reply got = service.send(r);
    EXPECT_EQ(got.body["streams"], 2);
    EXPECT_EQ(got.body["version"], "1.2.3");
    r.method = "PUT";
    EXPECT_EQ(service.send(r).status, 403);
    r.method = "GET";
    r.target = "/healthy";
    EXPECT_EQ(service.send(r).status, 403);
}

}  // namespace
}  // namespace kinetide::testing
