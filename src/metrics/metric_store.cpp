#include <kinetide/metrics/metric_store.hpp>

#include <algorithm>
#include <tuple>

namespace kinetide::metrics {
namespace {

// A key that is only looked for.
struct named {
    const owner& first;
    const metric& second;
};

instant minute_of(instant t) { return {t.ms - (t.ms % minute_ms + minute_ms) % minute_ms}; }

// About what a series takes without its minutes.
std::size_t bytes_of(const owner& of, const metric& what) {
    constexpr std::size_t nodes = 512;
    std::size_t bytes =
        nodes + of.account_id.size() + of.region.size() + what.name_space.size() + what.name.size();
    for (const dimension& d : what.dimensions) {
        bytes += sizeof d + d.name.size() + d.value.size();
    }
    return bytes;
}

bool matches(const metric& m, const metric_filter& wanted) {
    if (!wanted.name_space.empty() && m.name_space != wanted.name_space) return false;
    if (!wanted.name.empty() && m.name != wanted.name) return false;
    return std::all_of(wanted.dimensions.begin(), wanted.dimensions.end(), [&](const auto& w) {
        return std::any_of(m.dimensions.begin(), m.dimensions.end(), [&](const dimension& d) {
            return d.name == w.first && (!w.second || d.value == *w.second);
        });
    });
}

bool before(const point& a, const point& b) {
    return std::tie(a.minute, a.in.index) < std::tie(b.minute, b.in.index);
}

}  // namespace

instant metric_store::horizon() const { return minute_of(clock_.now() - kept_ms); }

void metric_store::add(
    const owner& of, const metric& what, unit in, instant at, const aggregate& values) {
    const instant oldest = horizon();
    if (values.empty() || at < oldest) return;
    const base::lock_guard lock(mutex_);
    series& s = find_or_make(of, what)->second;
    by_age_.splice(by_age_.end(), by_age_, s.place);
    forget_old(s);
    merge(s, {minute_of(at), in, values});
    make_place(oldest);
}

metric_store::table::iterator metric_store::find_or_make(const owner& of, const metric& what) {
    auto it = series_.find(named{of, what});
    if (it != series_.end()) return it;
    it = series_.emplace(key{of, what}, series{}).first;
    it->second.number = made_++;
    it->second.place = by_age_.insert(by_age_.end(), &it->first);
    bytes_ += bytes_of(of, what);
    return it;
}

void metric_store::merge(series& into, const point& p) {
    into.total.merge(p.values);
    const auto at = std::lower_bound(into.minutes.begin(), into.minutes.end(), p, before);
    if (at != into.minutes.end() && !before(p, *at)) return at->values.merge(p.values);
    into.minutes.insert(at, p);
    bytes_ += sizeof p;
}

void metric_store::forget_old(series& s) {
    const instant oldest = horizon();
    const auto first = std::find_if(
        s.minutes.begin(), s.minutes.end(), [&](const point& p) { return p.minute >= oldest; });
    bytes_ -= static_cast<std::size_t>(first - s.minutes.begin()) * sizeof(point);
    s.minutes.erase(s.minutes.begin(), first);
}

void metric_store::forget(table::iterator it) {
    bytes_ -= bytes_of(it->first.first, it->first.second);
    bytes_ -= it->second.minutes.size() * sizeof(point);
    by_age_.erase(it->second.place);
    series_.erase(it);
}

// What nobody sees any more goes first; never the series that was just written to.
void metric_store::make_place(instant oldest) {
    while (series_.size() > 1) {
        const auto it = series_.find(*by_age_.front());
        const bool old = it->second.minutes.back().minute < oldest;
        const bool too_much = series_.size() > most_.series_max || bytes_ > most_.bytes_max;
        if (!old && !too_much) return;
        if (!old) ++evicted_;
        forget(it);
    }
}

std::vector<point> metric_store::points(
    const owner& of, const metric& what, std::optional<unit> in, instant from, instant to) const {
    from = std::max(from, horizon());
    std::vector<point> found;
    const base::lock_guard lock(mutex_);
    const auto it = series_.find(named{of, what});
    if (it == series_.end()) return found;
    for (const point& p : it->second.minutes) {
        if (p.minute >= from && p.minute < to && (!in || *in == p.in)) found.push_back(p);
    }
    return found;
}

metric_listing metric_store::list(
    const owner& of, const metric_filter& wanted, std::uint64_t from, std::size_t count_max) const {
    const instant oldest = horizon();
    metric_listing out;
    const base::lock_guard lock(mutex_);
    std::vector<std::pair<std::uint64_t, const metric*>> found;
    for (const auto& [k, s] : series_) {
        if (s.number < from || k.first != of || s.minutes.back().minute < oldest) continue;
        if (matches(k.second, wanted)) found.emplace_back(s.number, &k.second);
    }
    std::sort(found.begin(), found.end());
    if (found.size() > count_max) {
        out.next = found[count_max].first;
        found.resize(count_max);
    }
    for (const auto& [number, m] : found) out.found.push_back(*m);
    return out;
}

void metric_store::for_each(const std::function<bool(const series_total&)>& each) const {
    const instant oldest = horizon();
    const base::lock_guard lock(mutex_);
    for (const auto& [k, s] : series_) {
        const point& newest = s.minutes.back();
        if (newest.minute < oldest) continue;
        if (!each({k.first, k.second, newest.in, s.total, newest})) return;
    }
}

std::size_t metric_store::series_count() const {
    const base::lock_guard lock(mutex_);
    return series_.size();
}

std::size_t metric_store::bytes() const {
    const base::lock_guard lock(mutex_);
    return bytes_;
}

std::uint64_t metric_store::evicted() const {
    const base::lock_guard lock(mutex_);
    return evicted_;
}

}  // namespace kinetide::metrics
