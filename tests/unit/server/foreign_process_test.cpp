// Started as the other emulators are: their command lines and environments, unchanged.

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "support/child_process.hpp"
#include "support/http_client.hpp"

namespace kinetide::testing {
namespace {

using json = nlohmann::json;

const std::string at_home = "KINETIDE_HOST=127.0.0.1";
const json orders = {{"StreamName", "orders"}};

std::string status_of(http_client& client) {
    const http_reply r = client.call("DescribeStreamSummary", orders);
    return r.status == 200 ? r.body["StreamDescriptionSummary"]["StreamStatus"] : r.body["__type"];
}

std::string page(std::uint16_t port, const std::string& path) {
    channel client = connect_to(port);
    client.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    return client.read_all();
}

TEST(started_as, kinesalite) {
    child_process program(
        {"--port",
         "0",
         "--path",
         "db",
         "--ssl",
         "--createStreamMs=0",
         "--deleteStreamMs",
         "60000",
         "--updateStreamMs",
         "10",
         "--shardLimit",
         "2"},
        {at_home});
    http_client client(port_in(program.out.read_line()));
    EXPECT_NE(program.err.read_line().find("--path: records are kept in"), std::string::npos);
    EXPECT_NE(program.err.read_line().find("--ssl: every port takes TLS"), std::string::npos);
    EXPECT_EQ(
        client.call("CreateStream", {{"StreamName", "orders"}, {"ShardCount", 3}}).body["__type"],
        "LimitExceededException");
    client.call("CreateStream", {{"StreamName", "orders"}, {"ShardCount", 2}});
    EXPECT_EQ(status_of(client), "ACTIVE");
    client.call("DeleteStream", orders);
    EXPECT_EQ(status_of(client), "DELETING");
}

TEST(started_as, kinesis_mock) {
    child_process program(
        {},
        {at_home,
         "INITIALIZE_STREAMS=orders:2,events::eu-west-1",
         "KINESIS_MOCK_TLS_PORT=0",
         "KINESIS_MOCK_PLAIN_PORT=0",
         "CREATE_STREAM_DURATION=1 minute",
         "SHARD_LIMIT=50",
         "AWS_REGION=us-east-1",
         "LOG_LEVEL=INFO",
         "SHOULD_PERSIST_DATA=true",
         "PERSIST_PATH=data"});
    const std::uint16_t port = port_in(program.out.read_line());
    EXPECT_NE(
        program.err.read_line().find("SHOULD_PERSIST_DATA, PERSIST_PATH: records are kept in"),
        std::string::npos);
    EXPECT_NE(
        program.err.read_line().find("created stream orders in us-east-1, shards: 2"),
        std::string::npos);
    EXPECT_NE(
        program.err.read_line().find("created stream events in eu-west-1, shards: 4"),
        std::string::npos);
    http_client client(port);
    EXPECT_EQ(status_of(client), "CREATING");
    EXPECT_TRUE(page(port, "/healthcheck").starts_with("HTTP/1.1 200"));
}

TEST(started_as, localstack) {
    child_process program(
        {},
        {at_home,
         "KINETIDE_PORT=0",
         "SERVICES=kinesis",
         "KINESIS_INITIALIZE_STREAMS=orders:1",
         "KINESIS_LATENCY=0",
         "KINESIS_SHARD_LIMIT=Infinity",
         "KINESIS_ERROR_PROBABILITY=1.0",
         "KINESIS_PROVIDER=kinesis-mock"});
    const std::uint16_t port = port_in(program.out.read_line());
    EXPECT_NE(
        program.err.read_line().find("KINESIS_PROVIDER: understood, but without effect"),
        std::string::npos);
    http_client client(port);
    EXPECT_EQ(status_of(client), "ACTIVE");
    const json record = {{"StreamName", "orders"}, {"PartitionKey", "k"}, {"Data", ""}};
    EXPECT_EQ(
        client.call("PutRecord", record).body["__type"], "ProvisionedThroughputExceededException");
    EXPECT_NE(page(port, "/_localstack/health").find(R"("kinesis":"running")"), std::string::npos);
}

TEST(started_as, ferrokinesis) {
    const auto file = std::filesystem::temp_directory_path() /
                      ("kinetide_foreign_test_" + std::to_string(getpid()) + ".toml");
    std::ofstream(file) << "region = \"eu-west-1\"\ncreate_stream_ms = 60000\nshard_limit = 5\n";
    child_process program(
        {"serve", "--config", file, "--port", "0", "--enforce-limits", "--access-log"},
        {at_home, "FERROKINESIS_ITERATOR_TTL_SECONDS=60", "FERROKINESIS_CAPTURE=records.ndjson"});
    const std::uint16_t port = port_in(program.out.read_line());
    std::filesystem::remove(file);
    EXPECT_NE(
        program.err.read_line().find("FERROKINESIS_CAPTURE: understood, but without effect"),
        std::string::npos);
    http_client client(port);
    client.call("CreateStream", {{"StreamName", "orders"}, {"ShardCount", 1}});
    EXPECT_EQ(status_of(client), "CREATING");
    EXPECT_NE(program.err.read_line().find("operation=CreateStream"), std::string::npos);
    EXPECT_TRUE(page(port, "/_health/ready").ends_with("OK"));
    const std::vector<std::string> asking = {"health-check", "--port", std::to_string(port)};
    EXPECT_EQ(child_process(asking).exit_code(), 0);
}

TEST(started_as, none_of_them_with_a_wrong_value) {
    child_process wrong({}, {"CREATE_STREAM_DURATION=500"});
    EXPECT_EQ(
        wrong.err.read_all(),
        "kinetide: CREATE_STREAM_DURATION is \"500\"; accepted: a duration of at most a day, like "
        "500ms, 5s or 2 seconds\n");
    EXPECT_EQ(wrong.exit_code(), 2);

    child_process refused(
        {},
        {at_home,
         "KINETIDE_PORT=0",
         "INITIALIZE_STREAMS=orders:5",
         "SHARD_LIMIT=4",
         "LOG_LEVEL=ERROR"});
    const std::string complaint = refused.err.read_all();
    EXPECT_TRUE(complaint.starts_with("kinetide: stream orders cannot be created: LimitExceeded"))
        << complaint;
    EXPECT_EQ(refused.out.read_all(), "");
    EXPECT_EQ(refused.exit_code(), 1);
}

}  // namespace
}  // namespace kinetide::testing
