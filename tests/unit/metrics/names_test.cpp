// What a metric may be called: nothing that an answer, or the page for Prometheus, could not say
// again.

#include <kinetide/metrics/cloudwatch.hpp>

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace kinetide::metrics {
namespace {

using json = nlohmann::json;

const owner us{"000000000000", "us-east-1"};

struct metric_names : ::testing::Test {
    manual_clock clock{instant{1'767'225'600'000}};
    metric_store store{clock};
    cloudwatch served{store, clock};

    std::string why(protocol p, std::string_view operation, const std::string& body) {
        const auto out = served.answer(p, operation, body, us);
        return out ? "" : out.error().message;
    }
    std::string put(const std::string& name, const std::string& value) {
        return why(
            protocol::query,
            "PutMetricData",
            "Namespace=app&MetricData.member.1.Value=1&MetricData.member.1.MetricName=" + name +
                "&MetricData.member.1.Dimensions.member.1.Name=host"
                "&MetricData.member.1.Dimensions.member.1.Value=" +
                value);
    }
    std::string put_cbor(const std::string& name) {
        const json data = {{"MetricName", name}, {"Value", 1}};
        const auto bytes = json::to_cbor({{"Namespace", "app"}, {"MetricData", {data}}});
        return why(protocol::cbor, "PutMetricData", std::string(bytes.begin(), bytes.end()));
    }
    std::string read(const json& queries) {
        const json ask = {{"StartTime", 0}, {"EndTime", 60}, {"MetricDataQueries", queries}};
        return why(protocol::json, "GetMetricData", ask.dump());
    }
};

const std::string name_path = "MetricData.member.1.MetricName";
const std::string value_path = "MetricData.member.1.Dimensions.member.1.Value";

TEST_F(metric_names, are_of_printable_ascii) {
    EXPECT_EQ(put("a%7E+%21", "%2F%22%5C%3C"), "");
    EXPECT_EQ(
        put("gr%C3%B6%C3%9Fe", "x"),
        "The value gr????e for parameter " + name_path + " contains non-ASCII characters.");
    EXPECT_EQ(
        put("m", "%E2%82%AC"),
        "The value ??? for parameter " + value_path + " contains non-ASCII characters.");
    EXPECT_EQ(put("a%0Ab", "x"), "The value a?b for parameter " + name_path + " is invalid.");
    EXPECT_EQ(put("m", "%00"), "The value ? for parameter " + value_path + " is invalid.");
    EXPECT_EQ(put("m", "+"), "The value   for parameter " + value_path + " is invalid.");
    EXPECT_EQ(store.series_count(), 1U);
}

TEST_F(metric_names, are_no_broken_utf8) {
    EXPECT_EQ(put("a%FFb", "x"), "The value a?b for parameter " + name_path + " is invalid.");
    EXPECT_EQ(put("m", "%C3"), "The value ? for parameter " + value_path + " is invalid.");
    EXPECT_EQ(put_cbor("\xc3\x28"), "The value ?( for parameter " + name_path + " is invalid.");
    EXPECT_EQ(put_cbor("m"), "");
    EXPECT_EQ(store.series_count(), 1U);
}

TEST_F(metric_names, of_calls_are_told_in_a_few_printable_characters) {
    const std::string said = why(protocol::query, "a\xff\n<" + std::string(200, 'x'), "");
    EXPECT_TRUE(said.starts_with("Kinetide does not serve a?\?<xxx")) << said;
    EXPECT_LT(said.size(), 250U);
}

TEST_F(metric_names, of_queries_are_words_and_not_used_twice) {
    const auto query = [](const char* id) -> json {
        return {
            {"Id", id},
            {"MetricStat",
             {{"Metric", {{"Namespace", "app"}, {"MetricName", "m"}}},
              {"Period", 60},
              {"Stat", "Sum"}}}};
    };
    EXPECT_EQ(read({query("q"), query("qA_1")}), "");
    for (const char* id : {"Q", "1", "_q", "q-1", "q "}) {
        EXPECT_EQ(
            read(json::array({query(id)})),
            "The value " + std::string(id) +
                " for parameter MetricDataQueries.member.1.Id is not matching the expected pattern "
                "^[a-z][a-zA-Z0-9_]*$.");
    }
    EXPECT_EQ(
        read({query("q"), query("p"), query("q")}),
        "The values for parameter id in MetricDataQueries are not unique.");
}

TEST_F(metric_names, say_which_values_can_be_added_up) {
    for (const auto& [unit, value] : {std::pair("Seconds", 2), std::pair("Bytes", 1000)}) {
        const json data = {{"MetricName", "m"}, {"Value", value}, {"Unit", unit}};
        const json ask = {{"Namespace", "app"}, {"MetricData", {data, data}}};
        ASSERT_EQ(why(protocol::json, "PutMetricData", ask.dump()), "");
    }
    const std::int64_t now_s = clock.now().seconds();
    const json ask = {
        {"Namespace", "app"},
        {"MetricName", "m"},
        {"Period", 300},
        {"Statistics", {"Sum"}},
        {"StartTime", now_s},
        {"EndTime", now_s + 300}};
    const auto out = served.answer(protocol::json, "GetMetricStatistics", ask.dump(), us);
    ASSERT_TRUE(out);
    const json points = json::parse(encode(protocol::json, *out, {}))["Datapoints"];
    ASSERT_EQ(points.size(), 2U);
    EXPECT_EQ(points[0], json({{"Timestamp", now_s}, {"Sum", 4.0}, {"Unit", "Seconds"}}));
    EXPECT_EQ(points[1], json({{"Timestamp", now_s}, {"Sum", 2000.0}, {"Unit", "Bytes"}}));
}

}  // namespace
}  // namespace kinetide::metrics
