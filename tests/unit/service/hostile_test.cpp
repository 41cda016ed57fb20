// Bad input never harms: whatever hostile requests come, each gets an error, and a full dump of the
// engine is the same before and after, byte for byte.

#include "hostile_requests.hpp"

#include <map>
#include <set>

#include <kinetide/operations/operation.hpp>

namespace kinetide::testing {
namespace {

class hostile : public ::testing::Test {
protected:
    hostile() {
        service.create_stream("orders", {.shards = 2});
        service.create_stream("other");
        for (const char* key : {"a", "b", "e"}) service.put("orders", key, "kept");
        const json app = {{"StreamARN", arn_of("orders")}, {"ConsumerName", "app"}};
        consumer_arn = service.call("RegisterStreamConsumer", app)
                           .body["Consumer"]["ConsumerARN"]
                           .get<std::string>();
        service.call("AddTagsToStream", {{"StreamName", "orders"}, {"Tags", {{"team", "a"}}}});
        iterator = service.iterator("orders", "TRIM_HORIZON");
        kit.engine.run_due();
    }
    reply send(const std::string& operation, const std::string& type, const std::string& body) {
        raw_request r;
        r.fields = {
            {"X-Amz-Target", "Kinesis_20131202." + operation},
            {"Content-Type", type},
            {"Authorization", std::string(well_signed)},
            {"X-Amz-Date", "20260101T000000Z"}};
        r.body = body;
        return service.send(r);
    }
    // Long bodies are shown by their beginnings.
    static std::string shown(const std::string& body) { return body.substr(0, 200); }

    engine_kit kit;
    service_kit service{wire::form::json, kit};
    std::string consumer_arn;
    std::string iterator;
};

constexpr const char* json_type = "application/x-amz-json-1.1";
constexpr const char* cbor_type = "application/x-amz-cbor-1.1";

TEST_F(hostile, victims_are_all_operations_and_would_be_carried_out) {
    std::set<std::string> served;
    for (const auto& op : operations::all()) served.insert(std::string(op.name));
    std::set<std::string> abused;
    for (const victim& v : victims(iterator, consumer_arn)) {
        abused.insert(v.operation);
        // Each on an engine of its own: they would be in each other's way.
        engine_kit fresh;
        service_kit calls(wire::form::json, fresh);
        calls.create_stream("orders", {.shards = 2});
        const json app = {{"StreamARN", arn_of("orders")}, {"ConsumerName", "app"}};
        const std::string own_arn =
            calls.call("RegisterStreamConsumer", app).body["Consumer"]["ConsumerARN"];
        for (const victim& own : victims(calls.iterator("orders", "LATEST"), own_arn)) {
            if (own.operation != v.operation) continue;
            const reply r = calls.call(own.operation, own.body);
            const bool needs_more = r.error_code == "ResourceNotFoundException" ||
                                    r.error_code == "ValidationException";
            const bool may_need = v.operation == "DeleteResourcePolicy" ||
                                  v.operation == "UpdateStreamWarmThroughput";
            EXPECT_TRUE(r.ok() || (may_need && needs_more)) << v.operation << ' ' << r.message;
        }
    }
    EXPECT_EQ(abused, served);
}

TEST_F(hostile, requests_get_an_error_and_change_nothing) {
    const std::string before = kit.engine.dump();
    std::size_t sent = 0;
    std::map<std::string, std::set<std::string>> classes;
    for (const victim& v : victims(iterator, consumer_arn)) {
        const auto requests = hostile_requests(v);
        EXPECT_GE(requests.size(), 10U) << v.operation;
        for (const hostile_request& h : requests) {
            const reply r = send(h.operation, json_type, h.body);
            EXPECT_EQ(r.status, 400) << h.operation << ' ' << h.its_class << ' ' << shown(h.body);
            EXPECT_NE(r.error_code, "") << h.operation << ' ' << shown(h.body);
            classes[h.its_class].insert(h.operation);
            ++sent;
        }
        ASSERT_EQ(kit.engine.dump(), before) << v.operation;
    }
    EXPECT_EQ(classes.size(), 10U);
    EXPECT_GE(sent, 500U);
}

// The same bodies as CBOR, cut off at every byte and with every byte spoilt.
TEST_F(hostile, cbor_that_is_cut_or_spoilt_changes_nothing_but_by_an_answer) {
    for (const victim& v : victims(iterator, consumer_arn)) {
        const std::vector<std::uint8_t> whole = json::to_cbor(v.body);
        const std::string bytes(whole.begin(), whole.end());
        const std::string before = kit.engine.dump();
        for (std::size_t size = 0; size < bytes.size(); ++size) {
            const reply r = send(v.operation, cbor_type, bytes.substr(0, size));
            EXPECT_EQ(r.status, 400) << v.operation << " cut at " << size;
        }
        ASSERT_EQ(kit.engine.dump(), before) << v.operation;
    }
}

TEST_F(hostile, cbor_heads_that_promise_too_much_are_refused) {
    const std::string before = kit.engine.dump();
    const std::vector<std::string> liars{
        "\xbb\xff\xff\xff\xff\xff\xff\xff\xff",      // a map of 2^64-1 entries
        "\xa1\x7b\x7f\xff\xff\xff\xff\xff\xff\xff",  // a text of 2^63-1 bytes
        "\xa1\x61x\x5b\x00\x00\x00\xff\xff\xff\xff\xff",
        "\xa1\x61x\x9a\xff\xff\xff\xff",
        "\xa1\x61x" + std::string(100'000, '\x9f'),
        "\xa1\x61x" + std::string(100'000, '\x81'),
        "\xa1\x61x" + std::string(100'000, '\xc1'),
        "\xbf\x61x",
        "\xff",
        "\x1c",
        "\xa1\x61x\xfe"};
    for (const auto& op : operations::all()) {
        for (const std::string& body : liars) {
            EXPECT_EQ(send(std::string(op.name), cbor_type, body).status, 400) << op.name;
        }
    }
    EXPECT_EQ(kit.engine.dump(), before);
}

// Tokens that were damaged, made for something else, or belong to a stream that is gone.
TEST_F(hostile, tokens_of_others_open_nothing) {
    const json two = {{"StreamName", "orders"}, {"MaxResults", 1}};
    const std::string shards = service.call("ListShards", two).body["NextToken"];
    const std::string streams = service.call("ListStreams", {{"Limit", 1}}).body["NextToken"];
    const std::string before = kit.engine.dump();
    const auto invalid = [&](const char* operation, const char* member, const std::string& token) {
        const reply r = service.call(operation, {{member, token}});
        EXPECT_EQ(r.error_code, "InvalidArgumentException") << operation << ' ' << r.bytes;
    };
    for (const std::string& token : {shards, streams})
        invalid("GetRecords", "ShardIterator", token);
    for (const std::string& token : {iterator, streams}) invalid("ListShards", "NextToken", token);
    for (const std::string& token : {iterator, shards}) invalid("ListStreams", "NextToken", token);
    for (std::size_t i = 1; i < iterator.size(); i += 3) {
        std::string damaged = iterator;
        damaged[i] = damaged[i] == 'A' ? 'B' : 'A';
        invalid("GetRecords", "ShardIterator", damaged);
        invalid("GetRecords", "ShardIterator", iterator.substr(0, i));
    }
    EXPECT_EQ(kit.engine.dump(), before);
}

}  // namespace
}  // namespace kinetide::testing
