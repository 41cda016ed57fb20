// Metrics of the last three hours, by the minute, in bounded memory.
//
// What is too much makes place for what comes: beyond series_max series, or bytes_max bytes of
// names and minutes, the series that was written to longest ago is forgotten.
//
// Threads: any.
#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <kinetide/base/clock.hpp>
#include <kinetide/base/mutex.hpp>
#include <kinetide/metrics/metric.hpp>

namespace kinetide::metrics {

inline constexpr std::int64_t minute_ms = 60'000;
inline constexpr std::int64_t kept_ms = 180 * minute_ms;

struct store_limits {
    std::size_t series_max = 10'000;
    std::size_t bytes_max = std::size_t{64} * 1024 * 1024;
};

// A minute's values in one unit.
struct point {
    instant minute;
    unit in;
    aggregate values;
};

struct metric_filter {
    std::string_view name_space;  // empty: any
    std::string_view name;        // empty: any
    // All of them; without a value: any.
    std::vector<std::pair<std::string_view, std::optional<std::string_view>>> dimensions;
};

struct metric_listing {
    std::vector<metric> found;
    std::optional<std::uint64_t> next;  // where to go on, if there are more
};

// A series and all that was ever added to it while it was kept.
struct series_total {
    const owner& of;
    const metric& what;
    unit in;  // of the newest value
    aggregate total;
    const point& newest;
};

class metric_store {
public:
    explicit metric_store(const clock& c, store_limits most = {}) : clock_(c), most_(most) {}

    [[nodiscard]] instant now() const { return clock_.now(); }

    // What is older than three hours is not kept.
    void add(const owner& of, const metric& what, unit in, instant at, const aggregate& values);

    // Minutes from `from` up to, but not, `to`, rising; of one unit, or of each.
    [[nodiscard]] std::vector<point> points(
        const owner& of,
        const metric& what,
        std::optional<unit> in,
        instant from,
        instant to) const;

    // Those with values in the last three hours, as they were first seen, from `next` of the
    // listing before.
    [[nodiscard]] metric_listing list(
        const owner& of,
        const metric_filter& wanted,
        std::uint64_t from,
        std::size_t count_max) const;

    // Ordered by owner and metric, until it says false.  The store is locked meanwhile.
    void for_each(const std::function<bool(const series_total&)>& each) const;

    [[nodiscard]] std::size_t series_count() const;
    [[nodiscard]] std::size_t bytes() const;
    // Series that had to make place for others.
    [[nodiscard]] std::uint64_t evicted() const;

private:
    using key = std::pair<owner, metric>;
    struct series {
        std::uint64_t number = 0;  // in the order in which they were first seen
        std::vector<point> minutes;
        aggregate total;
        std::list<const key*>::iterator place;
    };
    struct order {
        using is_transparent = void;
        template <class A, class B>
        bool operator()(const A& a, const B& b) const {
            return std::tie(a.first, a.second) < std::tie(b.first, b.second);
        }
    };
    using table = std::map<key, series, order>;

    [[nodiscard]] instant horizon() const;
    table::iterator find_or_make(const owner& of, const metric& what) REQUIRES(mutex_);
    void merge(series& into, const point& p) REQUIRES(mutex_);
    void forget_old(series& s) REQUIRES(mutex_);
    void forget(table::iterator it) REQUIRES(mutex_);
    void make_place(instant oldest) REQUIRES(mutex_);

    const clock& clock_;
    const store_limits most_;
    mutable base::mutex mutex_;
    table series_ GUARDED_BY(mutex_);
    std::list<const key*> by_age_ GUARDED_BY(mutex_);  // written to last, last
    std::size_t bytes_ GUARDED_BY(mutex_) = 0;
    std::uint64_t made_ GUARDED_BY(mutex_) = 0;
    std::uint64_t evicted_ GUARDED_BY(mutex_) = 0;
};

}  // namespace kinetide::metrics
