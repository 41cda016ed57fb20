// The store: by the minute, for three hours, whose it is, and never more than it may hold.

#include <kinetide/metrics/metric_store.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

namespace kinetide::metrics {
namespace {

const owner us{"000000000000", "us-east-1"};
const instant start{1'800'000'000'000};  // a whole minute
constexpr instant always_from{0};
constexpr instant always_to{4'000'000'000'000};

metric named(const std::string& name, std::vector<dimension> dimensions = {}) {
    return {"app", name, std::move(dimensions)};
}

aggregate one(double value) { return {1, value, value, value}; }

struct metric_store_of_an_app : ::testing::Test {
    manual_clock clock{start};
    metric_store store{clock};

    void add(const std::string& name, double value, std::int64_t ms = 0) {
        store.add(us, named(name), unit{}, start + ms, one(value));
    }
    std::vector<point> points(const std::string& name) const {
        return store.points(us, named(name), std::nullopt, always_from, always_to);
    }
    std::vector<std::string> names(std::uint64_t from = 0, std::size_t count_max = 100) const {
        std::vector<std::string> out;
        for (const metric& m : store.list(us, {}, from, count_max).found) out.push_back(m.name);
        return out;
    }
};

TEST_F(metric_store_of_an_app, sums_up_what_falls_into_a_minute) {
    add("m", 3, 59'999);
    add("m", -1, 0);
    add("m", 10, 60'000);
    const auto found = points("m");
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].minute, start);
    EXPECT_EQ(found[0].values, (aggregate{2, 2, -1, 3}));
    EXPECT_EQ(found[1].minute, start + 60'000);
    EXPECT_EQ(found[1].values, one(10));
}

TEST_F(metric_store_of_an_app, gives_minutes_from_the_first_up_to_the_last) {
    for (int i = 0; i < 5; ++i) add("m", i, i * minute_ms);
    const auto found =
        store.points(us, named("m"), std::nullopt, start + minute_ms, start + 3 * minute_ms);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].values.sum, 1);
    EXPECT_EQ(found[1].values.sum, 2);
}

TEST_F(metric_store_of_an_app, keeps_three_hours) {
    add("m", 1);
    clock.advance_ms(kept_ms);
    EXPECT_EQ(points("m").size(), 1U);
    clock.advance_ms(minute_ms);
    EXPECT_EQ(points("m").size(), 0U);
    EXPECT_THAT(names(), ::testing::IsEmpty());
    add("m", 2, 0);
    EXPECT_EQ(points("m").size(), 0U) << "what is that old is not kept at all";
    add("n", 1, kept_ms + minute_ms);
    EXPECT_EQ(store.series_count(), 1U) << "and makes place for what comes";
    EXPECT_EQ(store.evicted(), 0U);
}

TEST_F(metric_store_of_an_app, tells_owners_and_dimensions_apart) {
    const metric plain = named("m");
    const metric of_a = named("m", {{"host", "a"}});
    const owner others[] = {{"111111111111", "us-east-1"}, {"000000000000", "eu-west-1"}};
    store.add(us, plain, unit{}, start, one(1));
    store.add(us, of_a, unit{}, start, one(2));
    for (const owner& o : others) store.add(o, plain, unit{}, start, one(40));
    const auto sum = [&](const owner& o, const metric& m) {
        const auto found = store.points(o, m, std::nullopt, always_from, always_to);
        return found.empty() ? 0 : found.front().values.sum;
    };
    EXPECT_EQ(sum(us, plain), 1);
    EXPECT_EQ(sum(us, of_a), 2);
    EXPECT_EQ(sum(others[0], plain), 40);
    EXPECT_EQ(sum(others[0], of_a), 0);
    EXPECT_EQ(store.list(us, {}, 0, 100).found.size(), 2U);
}

TEST_F(metric_store_of_an_app, tells_units_apart_for_those_who_ask) {
    store.add(us, named("m"), unit_named("Bytes"), start, one(1));
    store.add(us, named("m"), unit_named("Count"), start, one(2));
    const auto bytes = store.points(us, named("m"), unit_named("Bytes"), always_from, always_to);
    ASSERT_EQ(bytes.size(), 1U);
    EXPECT_EQ(bytes[0].values.sum, 1);
    EXPECT_EQ(points("m").size(), 2U);
    EXPECT_THAT(names(), ::testing::ElementsAre("m")) << "it is one metric";
}

TEST_F(metric_store_of_an_app, lists_page_by_page_as_they_were_first_seen) {
    for (const char* name : {"c", "a", "b", "c"}) add(name, 1);
    const metric_listing first = store.list(us, {}, 0, 2);
    ASSERT_TRUE(first.next.has_value());
    EXPECT_EQ(first.found[0].name, "c");
    EXPECT_EQ(first.found[1].name, "a");
    add("d", 1);
    EXPECT_THAT(names(*first.next), ::testing::ElementsAre("b", "d"));
    EXPECT_FALSE(store.list(us, {}, *first.next, 2).next.has_value());
}

TEST_F(metric_store_of_an_app, lists_what_is_asked_for) {
    store.add(us, named("m", {{"host", "a"}, {"zone", "1"}}), unit{}, start, one(1));
    store.add(us, named("m", {{"host", "b"}}), unit{}, start, one(1));
    store.add(us, {"other", "m", {}}, unit{}, start, one(1));
    const auto count = [&](const metric_filter& f) { return store.list(us, f, 0, 9).found.size(); };
    EXPECT_EQ(count({"app", "", {}}), 2U);
    EXPECT_EQ(count({"", "m", {}}), 3U);
    EXPECT_EQ(count({"", "n", {}}), 0U);
    EXPECT_EQ(count({"", "", {{"host", std::nullopt}}}), 2U);
    EXPECT_EQ(count({"", "", {{"host", "b"}}}), 1U);
    EXPECT_EQ(count({"", "", {{"host", "a"}, {"zone", "1"}}}), 1U);
    EXPECT_EQ(count({"", "", {{"host", "b"}, {"zone", "1"}}}), 0U);
}

TEST(metric_store_limits, forget_the_series_written_to_longest_ago) {
    const manual_clock clock{start};
    metric_store store{clock, {.series_max = 3}};
    for (const char* name : {"a", "b", "c", "a", "d"}) {
        store.add(us, named(name), unit{}, start, one(1));
    }
    const auto found = store.list(us, {}, 0, 9).found;
    ASSERT_EQ(found.size(), 3U);
    EXPECT_EQ(found[0].name, "a");
    EXPECT_EQ(found[1].name, "c");
    EXPECT_EQ(found[2].name, "d");
    EXPECT_EQ(store.evicted(), 1U);
}

TEST(metric_store_limits, hold_whatever_names_are_made_up) {
    const manual_clock clock{start};
    constexpr std::size_t bytes_max = 100'000;
    metric_store store{clock, {.bytes_max = bytes_max}};
    for (int i = 0; i < 300; ++i) {
        const metric wide = named("m", {{"host", std::string(1000, 'x') + std::to_string(i)}});
        for (int minute = 0; minute < 20; ++minute) {
            store.add(us, wide, unit{}, start + minute * minute_ms, one(1));
            ASSERT_LE(store.bytes(), bytes_max);
        }
    }
    EXPECT_GT(store.series_count(), 10U);
    EXPECT_EQ(store.series_count() + store.evicted(), 300U);
}

TEST(metric_store_limits, count_back_to_nothing) {
    manual_clock clock{start};
    metric_store store{clock};
    store.add(us, named("a"), unit{}, start, one(1));
    const std::size_t bytes_of_one = store.bytes();
    store.add(us, named("b"), unit{}, start, one(1));
    EXPECT_EQ(store.bytes(), 2 * bytes_of_one);
    clock.advance_ms(kept_ms + minute_ms);
    store.add(us, named("c"), unit{}, clock.now(), one(1));
    EXPECT_EQ(store.bytes(), bytes_of_one);
}

TEST(metric_store_threads, lose_nothing) {
    const manual_clock clock{start};
    metric_store store{clock};
    constexpr int rounds = 2000;
    const auto write = [&](int which) {
        for (int i = 0; i < rounds; ++i) {
            const std::string name(1, static_cast<char>('a' + (i + which) % 3));
            store.add(us, named(name), unit{}, start, one(1));
            if (i % 100 == 0) (void)store.list(us, {}, 0, 9);
        }
    };
    std::thread first(write, 0);
    std::thread second(write, 1);
    first.join();
    second.join();
    double sum = 0;
    store.for_each([&](const series_total& s) {
        sum += s.total.sum;
        return true;
    });
    EXPECT_EQ(sum, 2 * rounds);
}

}  // namespace
}  // namespace kinetide::metrics
