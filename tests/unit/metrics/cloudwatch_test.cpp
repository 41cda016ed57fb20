// The calls themselves: the same call in three protocols, what it keeps, and what it refuses.

#include <kinetide/metrics/cloudwatch.hpp>

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace kinetide::metrics {
namespace {

using json = nlohmann::json;

const owner us{"000000000000", "us-east-1"};
const instant start{1'767'225'600'000};  // 2026-01-01T00:00:00Z

struct cloudwatch_calls : ::testing::Test {
    manual_clock clock{start};
    manual_clock clients{start};
    metric_store store{clock};
    cloudwatch served{store, clients};

    json call(const std::string& operation, const json& members) {
        const auto out = served.answer(protocol::json, operation, members.dump(), us);
        if (!out) return {{"refused", std::string(out.error().code)}, {"why", out.error().message}};
        return json::parse(encode(protocol::json, *out, {}));
    }
    json put(const json& datum) {
        return call("PutMetricData", {{"Namespace", "app"}, {"MetricData", {datum}}});
    }
    std::string why(const json& datum) { return put(datum).value("why", ""); }

    json read(json more = json::object()) {
        const json stat = {
            {"Metric", {{"Namespace", "app"}, {"MetricName", "m"}}},
            {"Period", 60},
            {"Stat", "Sum"}};
        json ask = {
            {"StartTime", start.seconds() - 3600},
            {"EndTime", start.seconds() + 3600},
            {"MetricDataQueries", {{{"Id", "q"}, {"MetricStat", stat}}}}};
        ask.merge_patch(more);
        return call("GetMetricData", ask);
    }
    json statistics(json more = json::object()) {
        json ask = {
            {"Namespace", "app"},
            {"MetricName", "m"},
            {"StartTime", start.seconds() - 3600},
            {"EndTime", start.seconds() + 3600},
            {"Period", 60},
            {"Statistics", {"SampleCount", "Average", "Sum", "Minimum", "Maximum"}}};
        ask.merge_patch(more);
        return call("GetMetricStatistics", ask);
    }
};

TEST_F(cloudwatch_calls, are_the_same_in_every_protocol) {
    const std::string form =
        "Action=PutMetricData&Version=2010-08-01&Namespace=app&MetricData.member.1.MetricName=m"
        "&MetricData.member.1.Timestamp=2026-01-01T00%3A00%3A30Z&MetricData.member.1.Value=1.5"
        "&MetricData.member.1.Unit=Count&MetricData.member.1.Dimensions.member.2.Name=a"
        "&MetricData.member.1.Dimensions.member.2.Value=1"
        "&MetricData.member.1.Dimensions.member.1.Name=b"
        "&MetricData.member.1.Dimensions.member.1.Value=2";
    const json dimensions = {{{"Name", "a"}, {"Value", "1"}}, {{"Name", "b"}, {"Value", "2"}}};
    const json members = {
        {"Namespace", "app"},
        {"MetricData",
         {{{"MetricName", "m"},
           {"Timestamp", start.seconds() + 30},
           {"Value", 1.5},
           {"Unit", "Count"},
           {"Dimensions", dimensions}}}}};
    const auto bytes = json::to_cbor(members);
    ASSERT_TRUE(served.answer(protocol::query, "PutMetricData", form, us));
    ASSERT_TRUE(served.answer(protocol::json, "PutMetricData", members.dump(), us));
    ASSERT_TRUE(served.answer(
        protocol::cbor, "PutMetricData", std::string(bytes.begin(), bytes.end()), us));
    const auto found = store.points(
        us, {"app", "m", {{"a", "1"}, {"b", "2"}}}, unit_named("Count"), start, start + minute_ms);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].values, (aggregate{3, 4.5, 1.5, 1.5}));
}

TEST_F(cloudwatch_calls, keep_values_statistics_and_counted_values) {
    EXPECT_EQ(put({{"MetricName", "m"}, {"Value", -4}}), json::object());
    const json set = {{"SampleCount", 3}, {"Sum", 9}, {"Minimum", 1}, {"Maximum", 6}};
    EXPECT_EQ(put({{"MetricName", "m"}, {"StatisticValues", set}}), json::object());
    EXPECT_EQ(put({{"MetricName", "m"}, {"Values", {2, 8}}, {"Counts", {5, 1}}}), json::object());
    EXPECT_EQ(put({{"MetricName", "m"}, {"Values", {7, 7}}}), json::object());
    const json entity = {{"MetricData", {{{"MetricName", "m"}, {"Value", 1}}}}};
    EXPECT_EQ(
        call("PutMetricData", {{"Namespace", "app"}, {"EntityMetricData", {entity}}}),
        json::object());
    const json points = statistics()["Datapoints"];
    ASSERT_EQ(points.size(), 1U);
    EXPECT_EQ(points[0]["SampleCount"], 13);
    EXPECT_EQ(points[0]["Sum"], -4 + 9 + 10 + 8 + 14 + 1);
    EXPECT_EQ(points[0]["Minimum"], -4);
    EXPECT_EQ(points[0]["Maximum"], 8);
    EXPECT_EQ(points[0]["Average"], 38.0 / 13);
    EXPECT_EQ(points[0]["Unit"], "None");
    EXPECT_EQ(points[0]["Timestamp"], start.seconds());
}

TEST_F(cloudwatch_calls, refuse_what_cloudwatch_refuses) {
    const std::string d = "MetricData.member.1.";
    const json m = {{"MetricName", "m"}, {"Value", 1}};
    const auto with = [&](const json& more) {
        json one = m;
        one.merge_patch(more);
        return one;
    };
    EXPECT_EQ(why({{"Value", 1}}), "The parameter " + d + "MetricName is required.");
    EXPECT_EQ(why({{"MetricName", "m"}}), "The parameter " + d + "Value is required.");
    EXPECT_EQ(
        why(with({{"Values", {1}}})),
        "The parameters " + d + "Value and " + d +
            "Values are mutually exclusive and you have specified both.");
    EXPECT_EQ(
        why(with({{"Unit", "Records"}})),
        "The value Records for parameter " + d + "Unit is invalid.");
    EXPECT_EQ(why(with({{"Value", "1"}})), "The value 1 for parameter " + d + "Value is invalid.")
        << "only a form has numbers as texts";
    EXPECT_EQ(
        why(with({{"Value", 1e200}})), "The value 1e+200 for parameter " + d + "Value is invalid.");
    EXPECT_EQ(
        why(with({{"Dimensions", {{{"Name", "a"}}}}})),
        "The parameter " + d + "Dimensions.member.1.Value is required.");
    EXPECT_EQ(
        why(with({{"Timestamp", start.seconds() + 7201}})),
        "The parameter " + d +
            "Timestamp must specify a time no more than two hours in the future.");
    EXPECT_EQ(
        why(with({{"Timestamp", start.seconds() - 14 * 86'400 - 1}})),
        "The parameter " + d + "Timestamp must specify a time within the past two weeks.");
    EXPECT_EQ(
        why(with({{"MetricName", std::string(256, 'x')}})),
        "The parameter " + d + "MetricName must be shorter than 256 characters.");
    EXPECT_EQ(
        why({{"MetricName", "m"}, {"Values", {1, 2}}, {"Counts", {1}}}),
        "The parameters " + d + "Values and " + d + "Counts must be of the same size.");
    EXPECT_EQ(put(with({{"MetricName", std::string(255, 'x')}})), json::object());
}

TEST_F(cloudwatch_calls, keep_all_of_a_call_or_nothing) {
    const json good = {{"MetricName", "m"}, {"Value", 1}};
    const json bad = {{"MetricName", "n"}};
    const json out = call("PutMetricData", {{"Namespace", "app"}, {"MetricData", {good, bad}}});
    EXPECT_EQ(out["why"], "The parameter MetricData.member.2.Value is required.");
    EXPECT_EQ(store.series_count(), 0U);
}

TEST_F(cloudwatch_calls, take_statistics_of_nothing_for_nothing) {
    json set = {{"SampleCount", 0}, {"Sum", 0}, {"Minimum", 0}, {"Maximum", 0}};
    EXPECT_EQ(put({{"MetricName", "m"}, {"StatisticValues", set}}), json::object());
    EXPECT_EQ(store.series_count(), 0U);
    set["SampleCount"] = -1;
    EXPECT_EQ(
        why({{"MetricName", "m"}, {"StatisticValues", set}}),
        "The parameter MetricData.member.1.StatisticValues.SampleCount must not be negative.");
}

TEST_F(cloudwatch_calls, bound_a_call) {
    const json good = {{"MetricName", "m"}, {"Value", 1}};
    json ask = {{"Namespace", "app"}, {"MetricData", std::vector<json>(1000, good)}};
    EXPECT_EQ(call("PutMetricData", ask), json::object());
    ask["MetricData"].push_back(good);
    EXPECT_EQ(
        call("PutMetricData", ask)["why"],
        "The collection MetricData must not have a size greater than 1000.");
}

TEST_F(cloudwatch_calls, leave_aws_namespaces_to_aws) {
    for (const char* name : {"AWS/Kinesis", ":app"}) {
        const json out = call(
            "PutMetricData",
            {{"Namespace", name}, {"MetricData", {{{"MetricName", "m"}, {"Value", 1}}}}});
        EXPECT_EQ(out["refused"], "InvalidParameterValueException") << name;
        EXPECT_EQ(
            out["why"], "The value " + std::string(name) + " for parameter Namespace is invalid.");
    }
}

TEST_F(cloudwatch_calls, take_the_time_of_a_client_whose_clock_is_another_for_the_servers) {
    for (const std::int64_t years : {-3, 5}) {
        clients.set(start + years * 365 * 86'400'000);
        const std::int64_t now_s = clients.now().seconds();
        const json m = {{"MetricName", years < 0 ? "before" : "after"}, {"Value", 1}};
        for (const std::int64_t ago_s : {0, 600}) {
            json one = m;
            one["Timestamp"] = now_s - ago_s;
            EXPECT_EQ(why(one), "");
        }
        const json points = statistics({{"MetricName", m["MetricName"]}})["Datapoints"];
        ASSERT_EQ(points.size(), 2);
        EXPECT_EQ(points[0]["Timestamp"], start.seconds() - 600);
        EXPECT_EQ(points[1]["Timestamp"], start.seconds());
        json far = m;
        far["Timestamp"] = now_s + 7201;
        EXPECT_NE(why(far), "") << "the limits hold by the client's clock";
    }
}

TEST_F(cloudwatch_calls, read_newest_first_unless_told_otherwise) {
    for (int i = 0; i < 4; ++i) {
        put({{"MetricName", "m"}, {"Value", i}, {"Timestamp", start.seconds() - 60 * i}});
    }
    const json result = read()["MetricDataResults"][0];
    EXPECT_EQ(result["Id"], "q");
    EXPECT_EQ(result["Label"], "m");
    EXPECT_EQ(result["StatusCode"], "Complete");
    EXPECT_EQ(result["Values"], json({0, 1, 2, 3}));
    EXPECT_EQ(result["Timestamps"][3], start.seconds() - 180);
    const json rising = read({{"ScanBy", "TimestampAscending"}})["MetricDataResults"][0];
    EXPECT_EQ(rising["Values"], json({3, 2, 1, 0}));
    EXPECT_EQ(rising["Timestamps"][0], start.seconds() - 180);
}

TEST_F(cloudwatch_calls, put_minutes_together_to_periods) {
    for (int i = 0; i < 10; ++i) {
        put({{"MetricName", "m"}, {"Value", 1}, {"Timestamp", start.seconds() + 60 * i}});
    }
    const json points = statistics({{"Period", 300}})["Datapoints"];
    ASSERT_EQ(points.size(), 2U);
    for (const json& p : points) EXPECT_EQ(p["Sum"], 5);
    EXPECT_EQ(points[1]["Timestamp"], start.seconds() + 300);
}

TEST_F(cloudwatch_calls, page_what_is_much) {
    for (int i = 0; i < 5; ++i) {
        put({{"MetricName", "m"}, {"Value", i}, {"Timestamp", start.seconds() + 60 * i}});
    }
    const json stat = {
        {"Metric", {{"Namespace", "app"}, {"MetricName", "m"}}}, {"Period", 60}, {"Stat", "Sum"}};
    json ask = {
        {"ScanBy", "TimestampAscending"},
        {"MaxDatapoints", 3},
        {"MetricDataQueries",
         {{{"Id", "a"}, {"MetricStat", stat}}, {{"Id", "b"}, {"MetricStat", stat}}}}};
    std::map<std::string, std::vector<double>> found;
    int pages = 0;
    while (true) {
        const json page = read(ask);
        std::size_t values = 0;
        for (const json& r : page["MetricDataResults"]) {
            for (const double v : r["Values"]) found[r["Id"]].push_back(v);
            values += r["Values"].size();
        }
        EXPECT_LE(values, 3U);
        ++pages;
        if (!page.contains("NextToken")) break;
        ask["NextToken"] = page["NextToken"];
    }
    EXPECT_EQ(pages, 4);
    const std::vector<double> all{0, 1, 2, 3, 4};
    EXPECT_EQ(found, (std::map<std::string, std::vector<double>>{{"a", all}, {"b", all}}));
    EXPECT_EQ(read({{"NextToken", "x"}})["refused"], "InvalidNextToken");
}

TEST_F(cloudwatch_calls, say_which_ways_of_reading_are_not_served) {
    const auto query = [&](const json& q) {
        return read({{"MetricDataQueries", {q}}})["why"].get<std::string>();
    };
    EXPECT_EQ(
        query({{"Id", "q"}, {"Expression", "a+b"}}),
        "Kinetide does not serve expressions: MetricDataQueries.member.1.Expression; ask with "
        "MetricStat and calculate what you need.");
    const json percentile = {
        {"Metric", {{"Namespace", "app"}, {"MetricName", "m"}}}, {"Period", 60}, {"Stat", "p99"}};
    EXPECT_EQ(
        query({{"Id", "q"}, {"MetricStat", percentile}}),
        "Kinetide serves the statistics Average, Sum, Minimum, Maximum and SampleCount, not p99.");
    EXPECT_EQ(
        statistics({{"Period", 30}})["why"],
        "The parameter Period must be a multiple of 60: values are kept by the minute.");
    EXPECT_EQ(
        statistics({{"ExtendedStatistics", {"p99"}}})["why"],
        "Kinetide does not serve ExtendedStatistics: it keeps no percentiles.");
    EXPECT_EQ(
        read({{"EndTime", start.seconds() - 3600}})["refused"],
        "InvalidParameterCombinationException");
    EXPECT_EQ(
        call("DescribeAlarms", json::object())["why"],
        "Kinetide does not serve DescribeAlarms of CloudWatch; it serves PutMetricData, "
        "GetMetricData, GetMetricStatistics and ListMetrics.");
}

TEST_F(cloudwatch_calls, list_five_hundred_at_a_time) {
    for (int i = 0; i < 501; ++i) {
        put({{"MetricName", "m" + std::to_string(i)}, {"Value", 1}});
    }
    const json first = call("ListMetrics", {{"Namespace", "app"}});
    ASSERT_EQ(first["Metrics"].size(), 500U);
    const json rest = call("ListMetrics", {{"NextToken", first["NextToken"]}});
    ASSERT_EQ(rest["Metrics"].size(), 1U);
    EXPECT_EQ(
        rest["Metrics"][0],
        json({{"Namespace", "app"}, {"MetricName", "m500"}, {"Dimensions", json::array()}}));
    EXPECT_FALSE(rest.contains("NextToken"));
    EXPECT_EQ(call("ListMetrics", {{"NextToken", "1x"}})["refused"], "InvalidNextToken");
}

TEST_F(cloudwatch_calls, refuse_members_of_other_types) {
    for (const json& data : {json(1), json("x"), json::object(), json::array({1})}) {
        const json out = call("PutMetricData", {{"Namespace", "app"}, {"MetricData", data}});
        EXPECT_EQ(out["refused"], "InvalidParameterValueException") << data;
    }
    EXPECT_EQ(
        call("PutMetricData", {{"Namespace", "app"}, {"MetricData", nullptr}})["why"],
        "The parameter MetricData is required.");
    EXPECT_EQ(call("ListMetrics", json::array())["refused"], "SerializationException");
}

}  // namespace
}  // namespace kinetide::metrics
