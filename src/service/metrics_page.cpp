#include "metrics_page.hpp"

#include <string>
#include <utility>

#include <kinetide/operations/operation.hpp>

#include "exposition.hpp"

namespace kinetide::service {
namespace {

// What does not fit is left out, and a comment says so.
constexpr std::size_t streams_max = 1000;
constexpr std::size_t page_bytes_max = std::size_t{4} * 1024 * 1024;

void show_server(exposition& out, const health_state& s) {
    out.family("kinetide_build_info", "gauge", "Which version this is.");
    out.sample("", {{"version", s.version}}, std::int64_t{1});
    out.family("kinetide_uptime_seconds", "gauge", "Seconds since the start.");
    out.sample("", {}, s.uptime_seconds);
    out.family("kinetide_streams", "gauge", "Streams of all accounts.");
    out.sample("", {}, std::uint64_t{s.streams});
}

std::string_view name_of(std::size_t operation) {
    const auto all = operations::all();
    return operation < all.size() ? all[operation].name : std::string_view("none");
}

void show_statuses(
    exposition& out, std::string_view label, std::string_view of, const status_counts& counts) {
    for (std::size_t hundreds = 0; hundreds < counts.size(); ++hundreds) {
        if (counts[hundreds] == 0) continue;
        const std::string status = std::to_string(hundreds) + "xx";
        out.sample("", {{label, of}, {"status", status}}, counts[hundreds]);
    }
}

void show_requests(exposition& out, const own_counts& own) {
    out.family(
        "kinetide_requests_total",
        "counter",
        "Answers of the Kinesis API, by operation and status.");
    for (std::size_t i = 0; i < own.operations.size(); ++i) {
        show_statuses(out, "operation", name_of(i), own.operations[i].by_status);
    }
    out.family(
        "kinetide_neighbour_requests_total",
        "counter",
        "Answers of what is served beside Kinesis, by service and status.");
    for (std::size_t i = 0; i < own.neighbours.size(); ++i) {
        show_statuses(out, "service", neighbour_names[i], own.neighbours[i]);
    }
}

void show_latencies(exposition& out, const own_counts& own) {
    constexpr double second_us = 1e6;
    out.family(
        "kinetide_request_duration_seconds",
        "histogram",
        "From a whole request until its answer is made.");
    for (std::size_t i = 0; i < own.operations.size(); ++i) {
        const operation_counts& counts = own.operations[i];
        std::uint64_t so_far = 0;
        for (const std::uint64_t n : counts.by_latency) so_far += n;
        if (so_far == 0) continue;
        const std::uint64_t all = std::exchange(so_far, 0);
        for (std::size_t c = 0; c < counts.by_latency.size(); ++c) {
            so_far += counts.by_latency[c];
            const std::string end =
                c < latency_classes_us.size()
                    ? number_text(static_cast<double>(latency_classes_us[c]) / second_us)
                    : "+Inf";
            out.sample("_bucket", {{"operation", name_of(i)}, {"le", end}}, so_far);
        }
        out.sample("_sum", {{"operation", name_of(i)}}, counts.seconds);
        out.sample("_count", {{"operation", name_of(i)}}, all);
    }
}

void show_data(exposition& out, const own_counts& own) {
    const data_counts& d = own.data;
    out.family("kinetide_records_in_total", "counter", "Records stored.");
    out.sample("", {}, d.records_in);
    out.family("kinetide_bytes_in_total", "counter", "Bytes of data and keys stored.");
    out.sample("", {}, d.bytes_in);
    out.family("kinetide_records_out_total", "counter", "Records given out.");
    out.sample("", {{"by", "GetRecords"}}, d.records_read);
    out.sample("", {{"by", "SubscribeToShard"}}, d.records_pushed);
    out.family("kinetide_bytes_out_total", "counter", "Bytes of data and keys given out.");
    out.sample("", {{"by", "GetRecords"}}, d.bytes_read);
    out.sample("", {{"by", "SubscribeToShard"}}, d.bytes_pushed);
    out.family("kinetide_throttled_records_total", "counter", "Records refused by a shard's rate.");
    out.sample("", {}, d.writes_throttled);
    out.family("kinetide_throttled_reads_total", "counter", "Reads refused by a shard's rate.");
    out.sample("", {}, d.reads_throttled);
    out.family("kinetide_subscribers", "gauge", "Subscriptions to shards that are open.");
    out.sample("", {}, own.subscribers);
}

void show_streams(exposition& out, const engine::engine& e) {
    out.family("kinetide_record_block_bytes", "gauge", "Memory that holds records.");
    out.sample("", {}, e.block_bytes());
    out.family("kinetide_stream_open_shards", "gauge", "Shards that take records.");
    const auto shown = e.every_stream(streams_max);
    if (shown.size() == streams_max) out.comment("No more than 1000 streams are shown.");
    for (const auto& s : shown) {
        const engine::stream_id& id = s->id();
        out.sample(
            "",
            {{"account", id.tenant.account_id}, {"region", id.tenant.region}, {"stream", id.name}},
            s->state().open_shards);
    }
}

// Of now: nobody reads a stream any more whose newest age is older.
bool is_iterator_age(const metrics::series_total& s, instant now) {
    constexpr std::int64_t shown_ms = 2 * metrics::minute_ms;
    return s.what.name_space == kinesis_namespace && s.what.name == iterator_age_name &&
           s.newest.minute + shown_ms > now;
}

void show_iterator_ages(exposition& out, const metrics::metric_store& store) {
    constexpr double second_ms = 1000;
    out.family(
        "kinetide_iterator_age_seconds",
        "gauge",
        "How far behind the slowest GetRecords was, within the last two minutes.");
    const instant now = store.now();
    store.for_each([&](const metrics::series_total& s) {
        if (!is_iterator_age(s, now)) return true;
        out.sample(
            "",
            {{"account", s.of.account_id},
             {"region", s.of.region},
             {"stream", s.what.dimensions.front().value}},
            s.newest.values.max / second_ms);
        return out.text().size() < page_bytes_max;
    });
}

// So that different dimensions make different labels.
void escape_into(std::string& out, std::string_view text) {
    for (const char c : text) {
        if (c == ',' || c == '=' || c == '\\') out += '\\';
        out += c;
    }
}

std::string dimensions_of(const metrics::metric& m) {
    std::string text;
    for (const metrics::dimension& d : m.dimensions) {
        if (!text.empty()) text += ',';
        escape_into(text, d.name);
        text += '=';
        escape_into(text, d.value);
    }
    return text;
}

void show_store(exposition& out, const metrics::metric_store& store) {
    out.family("kinetide_metric_series", "gauge", "Series that CloudWatch's calls can read.");
    out.sample("", {}, std::uint64_t{store.series_count()});
    out.family("kinetide_metric_bytes", "gauge", "Memory that they take, about.");
    out.sample("", {}, std::uint64_t{store.bytes()});
    out.family(
        "kinetide_metric_series_evicted_total",
        "counter",
        "Series that made place for newer ones before their time.");
    out.sample("", {}, store.evicted());
    out.family(
        "kinetide_metric",
        "summary",
        "Values put into CloudWatch, and those of AWS/Kinesis, since the series is kept.");
    store.for_each([&](const metrics::series_total& s) {
        if (out.text().size() >= page_bytes_max) {
            out.comment("The page is full: more series are kept than are shown.");
            return false;
        }
        const std::string dimensions = dimensions_of(s.what);
        const auto line = [&](std::string_view suffix, double value) {
            out.sample(
                suffix,
                {{"account", s.of.account_id},
                 {"region", s.of.region},
                 {"namespace", s.what.name_space},
                 {"name", s.what.name},
                 {"dimensions", dimensions},
                 {"unit", metrics::name_of(s.in)}},
                value);
        };
        line("_sum", s.total.sum);
        line("_count", s.total.count);
        return true;
    });
}

}  // namespace

std::optional<http::response> metrics_page::answer(const visit& v) {
    const bool reads = v.asked.method == "GET" || v.asked.method == "HEAD";
    const std::string_view path = v.asked.target.substr(0, v.asked.target.find('?'));
    if (!reads || path != "/metrics") return std::nullopt;
    counts_.hand_over();
    const own_counts own = counts_.own();
    exposition out;
    show_server(out, state_());
    show_requests(out, own);
    show_latencies(out, own);
    show_data(out, own);
    show_streams(out, engine_);
    show_iterator_ages(out, store_);
    show_store(out, store_);
    http::response r;
    r.fields.emplace_back("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    r.body = out.text();
    return r;
}

}  // namespace kinetide::service
