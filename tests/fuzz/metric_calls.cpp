// CloudWatch's calls in any protocol: whatever the body, an answer or a refusal that can be
// written, and a store within its bounds.  The first byte chooses the protocol, the second the
// call.

#include <array>

#include <nlohmann/json.hpp>

#include <kinetide/metrics/cloudwatch.hpp>

#include "input.hpp"

namespace {

using namespace kinetide;

constexpr std::array protocols{
    metrics::protocol::query, metrics::protocol::json, metrics::protocol::cbor};
constexpr std::array<std::string_view, 5> calls{
    "PutMetricData", "ListMetrics", "GetMetricData", "GetMetricStatistics", "PutDashboard"};
constexpr metrics::naming names{"urn:x", "Call", "id"};
constexpr metrics::store_limits most{.series_max = 20, .bytes_max = 200'000};

// What was written is of the protocol too.
void check_written(metrics::protocol p, const std::string& bytes) {
    using fuzzing::demand;
    if (p == metrics::protocol::query) {
        demand(bytes.starts_with('<') && bytes.ends_with('>'));
    } else {
        demand(metrics::parse(p, bytes).has_value());
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzzing::input in(data, size);
    const metrics::protocol p = protocols[in.number(1) % protocols.size()];
    const std::string_view operation = calls[in.number(1) % calls.size()];
    const manual_clock clock{instant{1'767'225'600'000}};
    metrics::metric_store store{clock, most};
    const manual_clock clients{clock.now() + 60 * metrics::kept_ms};
    metrics::cloudwatch cloudwatch{store, clients};
    const metrics::owner us{"000000000000", "us-east-1"};
    // Something that can be read.
    store.add(us, {"app", "m", {{"a", "1"}}}, {}, clock.now(), {1, 2, 2, 2});
    const auto out = cloudwatch.answer(p, operation, in.text(), us);
    check_written(p, out ? encode(p, *out, names) : encode_error(p, out.error(), names));
    fuzzing::demand(store.series_count() <= most.series_max || store.series_count() == 1);
    fuzzing::demand(store.bytes() <= most.bytes_max || store.series_count() == 1);
    // What the front asks of a form, and times by themselves.
    (void)metrics::form_value(in.text(), "Version");
    if (const auto time = metrics::parse_time(in.text().substr(0, 40))) {
        const instant whole{time->ms - (time->ms % 1000 + 1000) % 1000};
        fuzzing::demand(metrics::parse_time(metrics::time_text(whole)) == whole);
    }
    // A body that came smaller.
    if (const auto inflated = metrics::inflate(in.text(), 10'000)) {
        fuzzing::demand(inflated->size() <= 10'000);
    }
    return 0;
}
