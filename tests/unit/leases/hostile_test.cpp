// Bodies that are none: each gets an error, and nothing changes.

#include "lease_kit.hpp"

namespace kinetide::testing {
namespace {

std::string nested(int depth) {
    std::string value = R"({"S":"x"})";
    for (int i = 0; i < depth; ++i) value = R"({"L":[)" + value + "]}";
    return R"({"TableName":"app","Item":{"leaseKey":{"S":"deep"},"v":)" + value + "}}";
}

TEST_F(leases_test, refuses_what_is_no_request) {
    put({{"leaseKey", text("a")}});
    const json before = everything();
    const std::vector<std::string> bodies{
        "",
        "{",
        "[]",
        "null",
        "1",
        "\"x\"",
        "{\"TableName\":\"app\"",
        "{\"TableName\":1}",
        "{\"TableName\":\"app\",\"Item\":[]}",
        "{\"TableName\":\"app\",\"Item\":{\"leaseKey\":{\"S\":\"\xff\"}}}",
        "{\"TableName\":\"app\",\"Key\":{\"leaseKey\":{}}}",
        std::string(1'000'000, '['),
        std::string(100'000, '{'),
        nested(10'000),
        "{\"TableName\":\"app\",\"TransactItems\":{}}",
        "{\"TableName\":\"app\",\"Key\":{\"leaseKey\":{\"S\":\"a\"}},\"Expected\":[],"
        "\"UpdateExpression\":7}"};
    for (const char* operation :
         {"CreateTable",
          "PutItem",
          "UpdateItem",
          "DeleteItem",
          "TransactWriteItems",
          "UpdateTable",
          "GetItem"}) {
        for (const std::string& body : bodies) {
            const lease_reply r = raw(operation, body);
            EXPECT_EQ(r.status, 400) << operation << " " << body.substr(0, 60);
            EXPECT_FALSE(r.error.empty());
        }
    }
    EXPECT_EQ(everything(), before);
}

TEST_F(leases_test, keeps_values_that_nest_32_deep) {
    EXPECT_EQ(raw("PutItem", nested(32)).status, 200);
    EXPECT_EQ(raw("PutItem", nested(100)).error, "SerializationException");
}

}  // namespace
}  // namespace kinetide::testing
