// GET /_kinetide/leases: whose shard is whose, and how far behind its reader is.

#include <set>

#include "neighbour_call.hpp"

namespace kinetide::testing {
namespace {

struct leases_page : ::testing::Test {
    service_kit service{wire::form::json};

    void dynamodb(const std::string& operation, const json& members) {
        neighbour_call(service, "DynamoDB_20120810." + operation, members);
    }
    void create_table(const std::string& name, const std::string& key = "leaseKey") {
        dynamodb(
            "CreateTable",
            {{"TableName", name},
             {"BillingMode", "PAY_PER_REQUEST"},
             {"KeySchema", {{{"AttributeName", key}, {"KeyType", "HASH"}}}},
             {"AttributeDefinitions", {{{"AttributeName", key}, {"AttributeType", "S"}}}}});
    }
    void put(const json& texts) {
        json item;
        for (const auto& [name, text] : texts.items()) item[name] = {{"S", text}};
        dynamodb("PutItem", {{"TableName", "readers"}, {"Item", item}});
    }
    void put_lease(int shard, const std::string& checkpoint, json more = json::object()) {
        more.update(
            {{"leaseKey", "shardId-00000000000" + std::to_string(shard)},
             {"checkpoint", checkpoint}});
        put(more);
    }
    json applications() {
        const reply r = service.send({"GET", "/_kinetide/leases", {}, ""});
        EXPECT_EQ(r.status, 200);
        return json::parse(r.bytes)["applications"];
    }
    json leases() { return applications().at(0)["leases"]; }
};

TEST_F(leases_page, is_empty_before_any_application_and_minds_no_other_table) {
    EXPECT_EQ(applications(), json::array());
    create_table("other", "name");
    EXPECT_EQ(applications(), json::array());
}

TEST_F(leases_page, tells_worker_checkpoint_and_what_is_still_to_be_read) {
    service.create_stream("orders");
    const std::string first = service.put("orders", "k", "a");
    service.put("orders", "k", "b");
    service.pass(250);
    service.put("orders", "k", "c");
    service.pass(1000);
    create_table("readers");
    put_lease(0, first, {{"leaseOwner", "one"}, {"checkpointSubSequenceNumber", "0"}});
    put({{"leaseKey", "Leader"}, {"leaseOwner", "one"}});  // the KCL's lock

    const json readers = applications().at(0);
    EXPECT_EQ(readers["application"], "readers");
    EXPECT_EQ(readers["account_id"], "000000000000");
    EXPECT_EQ(readers["region"], "us-east-1");
    const json expected = {
        {"shard", "shardId-000000000000"},
        {"worker", "one"},
        {"checkpoint", first},
        {"sub_sequence", "0"},
        {"stream", "orders"},
        {"records_behind", 2},
        {"milliseconds_behind", 1250}};
    EXPECT_EQ(readers["leases"], json::array({expected}));
}

TEST_F(leases_page, knows_the_stream_by_a_record_that_has_expired) {
    service.create_stream("other");
    service.pass(2000);
    service.create_stream("orders");
    create_table("readers");
    service.pass(60'000);
    const std::string first = service.put("orders", "k", "a");
    service.put("orders", "k", "b");
    put_lease(0, first);
    EXPECT_EQ(leases()[0]["records_behind"], 1);
    service.pass(2 * 86'400'000);
    service.put("orders", "k", "c");
    EXPECT_EQ(leases()[0]["stream"], "orders");
    EXPECT_EQ(leases()[0]["records_behind"], 1) << "what expired is not waited for";
}

TEST_F(leases_page, shows_every_lease_of_many) {
    create_table("readers");
    constexpr int many = 600;
    for (int i = 0; i < many; ++i) {
        const std::string number = std::to_string(1'000 + i);
        put({{"leaseKey", "shardId-00000000" + number}, {"checkpoint", "LATEST"}});
    }
    std::set<std::string> shards;
    for (const json& lease : leases()) shards.insert(lease["shard"]);
    EXPECT_EQ(shards.size(), many);
    EXPECT_EQ(leases().size(), many);
}

TEST_F(leases_page, knows_the_stream_of_an_application_that_has_read_nothing_yet) {
    service.create_stream("orders");
    service.create_stream("wider", {.shards = 2});
    service.put("orders", "k", "a");
    create_table("readers");
    const json whole = {{"startingHashKey", "0"}, {"endingHashKey", std::string(39, '9')}};
    put_lease(0, "TRIM_HORIZON", whole);
    EXPECT_FALSE(leases()[0].contains("stream")) << "no shard has these hash keys";

    put_lease(
        0,
        "TRIM_HORIZON",
        {{"startingHashKey", "0"}, {"endingHashKey", "340282366920938463463374607431768211455"}});
    const json lease = leases()[0];
    EXPECT_EQ(lease["stream"], "orders");
    EXPECT_EQ(lease["records_behind"], 1);
    EXPECT_EQ(lease["worker"], nullptr);

    put_lease(0, "SHARD_END");
    put_lease(1, "LATEST");
    EXPECT_EQ(leases()[0]["stream"], "wider") << "only it has both";
    EXPECT_FALSE(leases()[1].contains("records_behind")) << "where it starts is decided later";
}

TEST_F(leases_page, names_no_stream_where_two_fit_until_a_record_tells) {
    service.create_stream("orders");
    service.pass(2000);
    service.create_stream("invoices");
    create_table("readers");
    put_lease(0, "TRIM_HORIZON");
    EXPECT_FALSE(leases()[0].contains("stream"));
    put_lease(0, service.put("invoices", "k", "a"));
    EXPECT_EQ(leases()[0]["stream"], "invoices");
}

TEST_F(leases_page, believes_leases_that_name_their_stream) {
    service.create_stream("orders");
    service.create_stream("invoices");
    create_table("readers");
    for (const std::string stream : {"orders", "invoices"}) {
        put(
            {{"leaseKey", "000000000000:" + stream + ":1800000000:shardId-000000000000"},
             {"streamName", "000000000000:" + stream + ":1800000000"},
             {"shardId", "shardId-000000000000"},
             {"checkpoint", "TRIM_HORIZON"}});
    }
    std::set<std::string> named;
    for (const json& lease : leases()) named.insert(lease["stream"]);
    EXPECT_EQ(named, (std::set<std::string>{"invoices", "orders"}));
}

}  // namespace
}  // namespace kinetide::testing
