// What pages of other origins get to see, and the one thing that GET is answered with.

#include "support/service_test.hpp"

namespace kinetide::testing {
namespace {

using fields = std::vector<std::pair<std::string, std::string>>;

const std::string origin = "http://localhost:3000";
const std::string exposed =
    "x-amzn-RequestId,x-amzn-ErrorType,x-amz-request-id,x-amz-id-2,x-amzn-ErrorMessage,Date";
const std::string access_denied =
    "<AccessDeniedException>\n  <Message>Unable to determine service/operation name to be "
    "authorized</Message>\n</AccessDeniedException>\n";

std::size_t count_of(const reply& r, std::string_view name) {
    std::size_t count = 0;
    for (const auto& field : r.fields) count += field.first == name ? 1U : 0U;
    return count;
}

struct cors : ::testing::Test {
    service_kit service{wire::form::json};
};

TEST_F(cors, exposes_the_headers_of_every_answer_to_a_page) {
    const fields page{{"Origin", origin}};
    const std::string json_type = "application/x-amz-json-1.1";
    const std::string list_streams = "Kinesis_20131202.ListStreams";
    const fields unsigned_post{
        {"Origin", origin}, {"Content-Type", json_type}, {"X-Amz-Target", list_streams}};
    fields signed_post = unsigned_post;
    signed_post.emplace_back("Authorization", well_signed);
    signed_post.emplace_back("X-Amz-Date", "20260101T000000Z");
    const std::vector<std::pair<raw_request, int>> expected{
        {{"POST", "/", signed_post, "{}"}, 200},
        {{"POST", "/", unsigned_post, "{}"}, 400},
        {{"POST", "/", unsigned_post, ""}, 400},
        {{"POST", "/", page, "hello"}, 403},
        {{"POST", "/", {{"Origin", origin}, {"X-Amz-Target", "a.b"}}, "hello"}, 404},
        {{"GET", "/", page, ""}, 403},
        {{"DELETE", "/", page, ""}, 403},
        {{"GET", "/health", page, ""}, 200}};
    for (const auto& [request, status] : expected) {
        const reply r = service.send(request);
        EXPECT_EQ(r.status, status);
        EXPECT_EQ(count_of(r, "Access-Control-Allow-Origin"), 1U);
        EXPECT_EQ(count_of(r, "Access-Control-Expose-Headers"), 1U);
        EXPECT_EQ(r.field("Access-Control-Allow-Origin"), "*");
        EXPECT_EQ(r.field("Access-Control-Expose-Headers"), exposed);
        EXPECT_FALSE(r.has_field("Access-Control-Max-Age"));
        EXPECT_FALSE(r.field("x-amzn-RequestId").empty());
        EXPECT_FALSE(r.field("x-amz-id-2").empty());
    }
}

TEST_F(cors, says_nothing_of_it_to_anyone_else) {
    for (const char* method : {"GET", "POST", "OPTIONS"}) {
        const reply r = service.send({method, "/", {}, ""});
        for (const auto& [name, value] : r.fields) {
            EXPECT_FALSE(name.starts_with("Access-Control-")) << method << " " << name;
        }
    }
}

TEST_F(cors, gives_leave_unsigned_and_whatever_else_is_wrong) {
    const std::vector<raw_request> asking{
        {"OPTIONS", "/", {{"Origin", origin}}, ""},
        {"OPTIONS", "/health", {{"origin", "null"}}, ""},
        {"OPTIONS",
         "/any?X-Amz-Algorithm=a",
         {{"ORIGIN", origin}, {"Authorization", "a"}, {"Content-Type", "text/plain"}},
         "hello"}};
    for (const raw_request& request : asking) {
        const reply r = service.send(request);
        EXPECT_EQ(r.status, 200);
        EXPECT_EQ(r.bytes, "");
        EXPECT_EQ(r.field("Access-Control-Allow-Origin"), "*");
        EXPECT_EQ(r.field("Access-Control-Max-Age"), "172800");
        EXPECT_FALSE(r.field("x-amzn-RequestId").empty());
        for (const char* absent :
             {"x-amz-id-2",
              "Content-Type",
              "Access-Control-Allow-Headers",
              "Access-Control-Allow-Methods",
              "Access-Control-Expose-Headers"}) {
            EXPECT_FALSE(r.has_field(absent)) << absent;
        }
    }
}

TEST_F(cors, gives_leave_for_just_what_was_asked) {
    const reply headers = service.send(
        {"OPTIONS",
         "/",
         {{"Origin", origin}, {"access-control-request-headers", "a, B,x-amz-target"}},
         ""});
    EXPECT_EQ(headers.field("Access-Control-Allow-Headers"), "a, B,x-amz-target");
    EXPECT_FALSE(headers.has_field("Access-Control-Allow-Methods"));
    const reply method = service.send(
        {"OPTIONS", "/", {{"Origin", origin}, {"Access-Control-Request-Method", "DELETE"}}, ""});
    EXPECT_EQ(method.field("Access-Control-Allow-Methods"), "DELETE");
    EXPECT_FALSE(method.has_field("Access-Control-Allow-Headers"));
}

TEST_F(cors, is_an_ordinary_refusal_without_an_origin) {
    const reply r = service.send({"OPTIONS", "/", {{"Access-Control-Request-Method", "POST"}}, ""});
    EXPECT_EQ(r.status, 403);
    EXPECT_EQ(r.bytes, access_denied);
    EXPECT_FALSE(r.has_field("Content-Type"));
    EXPECT_FALSE(r.field("x-amz-id-2").empty());
}

TEST(health, has_exactly_these_members) {
    service::options o;
    o.version = "1.2.3";
    service_kit service(wire::form::json, o);
    service.create_stream("orders");
    service.act_as("111111111111", "eu-west-1");
    service.create_stream("orders");
    for (const char* target : {"/health", "/health?any=query"}) {
        for (const char* method : {"GET", "HEAD"}) {
            const reply r = service.send({method, target, {}, ""});
            EXPECT_EQ(r.status, 200);
            EXPECT_EQ(r.field("Content-Type"), "application/json");
            EXPECT_EQ(members(r.body), "status streams uptime_seconds version");
            EXPECT_EQ(r.body["status"], "ok");
            EXPECT_EQ(r.body["streams"], 2) << "everybody's";
            EXPECT_TRUE(r.body["uptime_seconds"].is_number_unsigned());
            EXPECT_EQ(r.body["version"], "1.2.3");
            EXPECT_FALSE(r.field("x-amzn-RequestId").empty());
        }
    }
}

TEST(health, is_told_in_the_words_of_other_emulators) {
    service::options o;
    o.version = "1.2.3";
    service_kit service(wire::form::json, o);
    const json localstack = {
        {"services", {{"kinesis", "running"}}}, {"edition", "kinetide"}, {"version", "1.2.3"}};
    const json ferrokinesis = {{"status", "UP"}, {"components", {{"store", {{"status", "UP"}}}}}};
    for (const char* method : {"GET", "HEAD"}) {
        EXPECT_EQ(service.send({method, "/healthcheck", {}, ""}).body["status"], "ok");
        EXPECT_EQ(service.send({method, "/_localstack/health", {}, ""}).body, localstack);
        EXPECT_EQ(service.send({method, "/_health", {}, ""}).body, ferrokinesis);
        for (const char* target : {"/_health/live", "/_health/ready", "/_health/ready?a=b"}) {
            const reply r = service.send({method, target, {}, ""});
            EXPECT_EQ(r.status, 200);
            EXPECT_EQ(r.bytes, "OK");
            EXPECT_EQ(r.field("Content-Type"), "text/plain");
        }
    }
}

TEST(health, has_no_pages_but_these) {
    service_kit service(wire::form::json);
    for (const char* target :
         {"/",
          "/health/",
          "/healthy",
          "/_health/",
          "/_localstack",
          "/_health/dead",
          "/Health",
          "/any/health",
          "//health",
          "/?/health"}) {
        for (const char* method : {"GET", "HEAD"}) {
            const reply r = service.send({method, target, {}, ""});
            EXPECT_EQ(r.status, 403) << method << " " << target;
            EXPECT_EQ(r.bytes, access_denied);
            EXPECT_FALSE(r.has_field("Content-Type"));
        }
    }
    for (const char* method : {"PUT", "DELETE", "OPTIONS"}) {
        EXPECT_EQ(service.send({method, "/health", {}, ""}).status, 403) << method;
    }
}

}  // namespace
}  // namespace kinetide::testing
