// DynamoDB's calls with any body: an answer in JSON or a refusal in JSON, and never half of a
// write. The first byte chooses the operation; a NUL parts its body from that of an UpdateItem.

#include <array>

#include <nlohmann/json.hpp>

#include <kinetide/leases/store.hpp>

#include "input.hpp"

namespace {

using namespace kinetide;
using json = nlohmann::json;

constexpr std::array<std::string_view, 13> operations{
    "CreateTable",
    "DescribeTable",
    "UpdateTable",
    "DeleteTable",
    "UpdateContinuousBackups",
    "PutItem",
    "GetItem",
    "UpdateItem",
    "DeleteItem",
    "Scan",
    "Query",
    "TransactWriteItems",
    "ListTables"};
const leases::owner us{"000000000000", "us-east-1"};

constexpr std::string_view table =
    R"({"TableName":"app","BillingMode":"PAY_PER_REQUEST","KeySchema":[{"AttributeName":"k",)"
    R"("KeyType":"HASH"}],"AttributeDefinitions":[{"AttributeName":"k","AttributeType":"S"}]})";
constexpr std::string_view item =
    R"({"TableName":"app","Item":{"k":{"S":"a"},"n":{"N":"1"},"s":{"S":"x"}}})";

// All of the table that each run begins with; null when it was deleted.
json everything(leases::store& s) {
    return json::parse(s.answer(us, "Scan", R"({"TableName":"app"})").body).value("Items", json());
}

void check(leases::store& s, std::string_view operation, std::string_view body) {
    const json before = everything(s);
    const leases::reply r = s.answer(us, operation, body);
    const json said = json::parse(r.body, nullptr, false);
    fuzzing::demand(said.is_object());
    if (r.status == 200) return;
    fuzzing::demand(r.status == 400 && said.contains("__type"));
    fuzzing::demand(everything(s) == before);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzzing::input in(data, size);
    const std::string_view operation = operations[in.number(1) % operations.size()];
    const manual_clock clock{instant{1'767'225'600'000}};
    leases::store store{clock};
    store.answer(us, "CreateTable", table);
    store.answer(us, "PutItem", item);
    const std::string_view bodies = in.text();
    const std::size_t end = bodies.find('\0');
    check(store, operation, bodies.substr(0, end));
    if (end != std::string_view::npos) check(store, "UpdateItem", bodies.substr(end + 1));
    return 0;
}
