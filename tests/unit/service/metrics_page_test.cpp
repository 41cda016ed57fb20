// GET /metrics: every line is of the format, and says what happened.

#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "metric_calls.hpp"
#include "service/exposition.hpp"

namespace kinetide::testing {
namespace {

// Values by name and labels as they stand on the page.
std::map<std::string, std::string> samples_on(const std::string& page) {
    static const std::regex sample(
        R"re(([a-z_]+(?:\{(?:[a-z]+="(?:[^"\\]|\\["\\n])*",?)+\})?) (-?[0-9.e+-]+))re");
    static const std::regex comment(
        R"(# (HELP [a-z_]+ .+|TYPE [a-z_]+ (counter|gauge|histogram|summary)))");
    std::map<std::string, std::string> found;
    std::istringstream lines(page);
    for (std::string line; std::getline(lines, line);) {
        std::smatch parts;
        if (std::regex_match(line, comment)) continue;
        EXPECT_TRUE(std::regex_match(line, parts, sample)) << line;
        EXPECT_TRUE(found.emplace(parts[1], parts[2]).second) << "twice: " << line;
    }
    return found;
}

struct metrics_page : ::testing::Test {
    service_kit service{wire::form::json};

    std::map<std::string, std::string> samples() {
        const reply r = service.send({"GET", "/metrics", {}, ""});
        EXPECT_EQ(r.status, 200);
        EXPECT_EQ(r.field("Content-Type"), "text/plain; version=0.0.4; charset=utf-8");
        return samples_on(r.bytes);
    }
};

TEST_F(metrics_page, tells_of_requests_and_records) {
    service.create_stream("orders", {.shards = 3});
    for (int i = 0; i < 4; ++i) service.put("orders", "k", "abc");
    for (int shard = 0; shard < 3; ++shard) {
        service.read(service.iterator("orders", "TRIM_HORIZON", shard));
    }
    service.call("PutRecord", {{"StreamName", "absent"}, {"Data", ""}, {"PartitionKey", "k"}});
    auto all = samples();
    EXPECT_EQ(all[R"(kinetide_requests_total{operation="PutRecord",status="2xx"})"], "4");
    EXPECT_EQ(all[R"(kinetide_requests_total{operation="PutRecord",status="4xx"})"], "1");
    EXPECT_EQ(all[R"(kinetide_request_duration_seconds_count{operation="PutRecord"})"], "5");
    const std::string last =
        R"(kinetide_request_duration_seconds_bucket{operation="PutRecord",le="+Inf"})";
    EXPECT_EQ(all[last], "5");
    EXPECT_EQ(all["kinetide_streams"], "1");
    EXPECT_EQ(all["kinetide_records_in_total"], "4");
    EXPECT_EQ(all["kinetide_bytes_in_total"], "16");
    EXPECT_EQ(all[R"(kinetide_records_out_total{by="GetRecords"})"], "4");
    EXPECT_EQ(all[R"(kinetide_bytes_out_total{by="GetRecords"})"], "16");
    const std::string shards =
        R"(kinetide_stream_open_shards{account="000000000000",region="us-east-1",stream="orders"})";
    EXPECT_EQ(all[shards], "3");
}

TEST_F(metrics_page, counts_requests_that_name_no_operation) {
    service.call("PutNothing", json::object());
    EXPECT_EQ(samples()[R"(kinetide_requests_total{operation="none",status="4xx"})"], "1");
}

TEST_F(metrics_page, counts_what_is_asked_beside_kinesis) {
    service.send({"GET", "/health", {}, ""});
    const std::vector<std::pair<std::string, std::string>> target{
        {"X-Amz-Target", "DynamoDB_20120810.DescribeTable"},
        {"Content-Type", "application/x-amz-json-1.0"}};
    service.send({"POST", "/", target, R"({"TableName":"missing"})"});
    auto all = samples();
    EXPECT_EQ(all[R"(kinetide_neighbour_requests_total{service="page",status="2xx"})"], "1");
    EXPECT_EQ(all[R"(kinetide_neighbour_requests_total{service="dynamodb",status="4xx"})"], "1");
    EXPECT_EQ(all.count(R"(kinetide_requests_total{operation="none",status="4xx"})"), 0U);
}

TEST_F(metrics_page, has_classes_of_latency_that_only_grow) {
    service.create_stream("orders");
    for (int i = 0; i < 20; ++i) service.put("orders", "k", "x");
    const std::string page = service.send({"GET", "/metrics", {}, ""}).bytes;
    const std::regex bucket(R"re(_bucket\{operation="PutRecord",le="([^"]+)"\} (\d+))re");
    std::uint64_t before = 0;
    int classes = 0;
    for (std::sregex_iterator it(page.begin(), page.end(), bucket), end; it != end; ++it) {
        const std::uint64_t now = std::stoull((*it)[2]);
        EXPECT_GE(now, before);
        before = now;
        ++classes;
    }
    EXPECT_EQ(classes, 13);
    EXPECT_EQ(before, 20U);
}

TEST_F(metrics_page, tells_how_far_readers_are_behind) {
    service.create_stream("orders");
    service.put("orders", "k", "a");
    service.pass(2'500);
    service.put("orders", "k", "b");
    const reply page = service.call(
        "GetRecords",
        {{"ShardIterator", service.iterator("orders", "TRIM_HORIZON")}, {"Limit", 1}});
    const double behind = page.body["MillisBehindLatest"].get<double>() / 1000;
    ASSERT_GT(behind, 0);
    const std::string age =
        R"(kinetide_iterator_age_seconds{account="000000000000",region="us-east-1",stream="orders"})";
    EXPECT_EQ(std::stod(samples()[age]), behind);
}

TEST_F(metrics_page, shows_what_was_put_into_cloudwatch) {
    const json dimensions = {{{"Name", "host"}, {"Value", "a\"b\\c,d=e"}}};
    for (const double value : {1.5, 2.0}) {
        cloudwatch(
            service,
            "PutMetricData",
            {{"Namespace", "app"},
             {"MetricData",
              {{{"MetricName", "m"}, {"Value", value}, {"Dimensions", dimensions}}}}});
    }
    auto all = samples();
    const std::string labels =
        R"({account="000000000000",region="us-east-1",namespace="app",name="m",)"
        R"(dimensions="host=a\"b\\\\c\\,d\\=e",unit="None"})";
    EXPECT_EQ(all["kinetide_metric_sum" + labels], "3.5");
    EXPECT_EQ(all["kinetide_metric_count" + labels], "2");
    EXPECT_EQ(all["kinetide_metric_series"], "1");
}

TEST_F(metrics_page, lets_go_of_an_age_that_nobody_measures_any_more) {
    service.create_stream("orders");
    service.put("orders", "k", "a");
    service.read(service.iterator("orders", "TRIM_HORIZON"));
    const std::string age =
        R"(kinetide_iterator_age_seconds{account="000000000000",region="us-east-1",stream="orders"})";
    EXPECT_EQ(samples().count(age), 1U);
    service.pass(119'000);  // the clock stands at the beginning of a minute
    EXPECT_EQ(samples().count(age), 1U);
    service.pass(1'000);
    EXPECT_EQ(samples().count(age), 0U);
}

TEST(metrics_page_lines, escape_their_labels) {
    service::exposition out;
    out.family("x", "gauge", "Help.");
    out.sample("", {{"a", "q\"b\\c\nd"}}, std::int64_t{1});
    EXPECT_EQ(out.text(), "# HELP x Help.\n# TYPE x gauge\nx{a=\"q\\\"b\\\\c\\nd\"} 1\n");
}

TEST_F(metrics_page, is_bounded) {
    const json dimensions = {{{"Name", "host"}, {"Value", std::string(1000, 'x')}}};
    for (int call = 0; call < 5; ++call) {
        json data = json::array();
        for (int i = 0; i < 800; ++i) {
            data.push_back(
                {{"MetricName", "m" + std::to_string(call * 800 + i)},
                 {"Value", 1},
                 {"Dimensions", dimensions}});
        }
        cloudwatch(service, "PutMetricData", {{"Namespace", "app"}, {"MetricData", data}});
    }
    const std::string page = service.send({"GET", "/metrics", {}, ""}).bytes;
    EXPECT_LT(page.size(), 4'300'000U);
    EXPECT_NE(page.find("# The page is full"), std::string::npos);
}

TEST_F(metrics_page, is_no_page_for_other_methods) {
    EXPECT_EQ(service.send({"HEAD", "/metrics?x", {}, ""}).status, 200);
    EXPECT_EQ(service.send({"POST", "/metrics", {}, ""}).status, 400) << "a call of Kinesis";
    EXPECT_EQ(service.send({"GET", "/metricsx", {}, ""}).status, 403);
}

}  // namespace
}  // namespace kinetide::testing
