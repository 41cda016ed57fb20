#include <kinetide/service/service.hpp>

#include <algorithm>
#include <chrono>
#include <exception>
#include <utility>
#include <vector>

#include <kinetide/base/log.hpp>
#include <kinetide/engine/engine.hpp>
#include <kinetide/leases/store.hpp>
#include <kinetide/metrics/metric_store.hpp>
#include <kinetide/operations/random_failures.hpp>

#include "answers.hpp"
#include "authority_page.hpp"
#include "counts.hpp"
#include "desk.hpp"
#include "dispatcher.hpp"
#include "health_pages.hpp"
#include "identity_desk.hpp"
#include "initial_streams.hpp"
#include "lease_desk.hpp"
#include "leases_page.hpp"
#include "metric_desk.hpp"
#include "metrics_page.hpp"
#include "request_ids.hpp"

namespace kinetide::service {
namespace {

using steady = std::chrono::steady_clock;

// Long enough for a stream that is deleted and made again, short enough for whoever looks at the
// memory of the process: it is back after two of these.
constexpr std::int64_t spare_memory_period_ms = 10'000;

std::int64_t microseconds_since(steady::time_point start) {
    return std::chrono::duration_cast<std::chrono::microseconds>(steady::now() - start).count();
}

void write_log(
    const request_note& note, int status, std::int64_t microseconds, std::string_view request_id) {
    std::string line = "request";
    line.append(" operation=").append(note.operation.empty() ? "-" : note.operation);
    line.append(" stream=").append(note.stream.empty() ? "-" : note.stream);
    line.append(" status=").append(std::to_string(status));
    line.append(" us=").append(std::to_string(microseconds));
    line.append(" id=").append(request_id);
    log::debug(line);
}

}  // namespace

class service::impl {
public:
    impl(options o, const clock& c)
        : options_(std::move(o)),
          engine_(options_.engine, c),
          leases_(c),
          metrics_(c),
          counts_(metrics_),
          failures_(engine_, options_.error_probability),
          dispatcher_(
              engine_,
              options_.auth,
              {options_.account_id, options_.region},
              options_.error_probability > 0 ? &failures_ : nullptr,
              &counts_) {
        const engine::tenant_id defaults{options_.account_id, options_.region};
        desks_.push_back(std::make_unique<lease_desk>(leases_, options_.auth, defaults));
        desks_.push_back(std::make_unique<leases_page>(leases_, engine_));
        desks_.push_back(std::make_unique<health_pages>([this] { return health(); }));
        desks_.push_back(std::make_unique<authority_page>(options_.authority_pem));
        desks_.push_back(std::make_unique<identity_desk>(options_.auth, defaults));
        desks_.push_back(std::make_unique<metric_desk>(
            metrics_, options_.auth, defaults, [this] { counts_.hand_over(); }));
        desks_.push_back(std::make_unique<metrics_page>(
            engine_, metrics_, counts_, [this] { return health(); }));
        if (options_.run_after) {
            engine_.on_due_moved([this] { arm(); });
            engine_.keep_spare_memory([this] { return_memory_after(spare_memory_period_ms); });
        }
    }

    void create_streams() {
        create_initial_streams(engine_, {options_.account_id, options_.region}, options_.streams);
    }

    void clock_moved() {
        engine_.run_due();
        if (options_.run_after) arm();
        dispatcher_.clock_moved();
    }

    void serve(http::exchange& e) {
        const bool logs = log::enabled(log::level::debug);
        const auto start = logs ? steady::now() : steady::time_point{};
        request_note note;
        const std::string id = new_request_id();
        http::response r = answer(e, logs ? &note : nullptr, id);
        if (logs) write_log(note, r.status, microseconds_since(start), id);
        e.answer(std::move(r));
    }

private:
    http::response answer(http::exchange& e, request_note* note, const std::string& id) {
        const http::request& asked = e.asked();
        const bool from_page = asked.find("origin") != nullptr;
        const bool asks_leave = from_page && asked.method == "OPTIONS";
        http::response r = asks_leave ? preflight(asked) : answered(e, note, id);
        r.fields.emplace_back("x-amzn-RequestId", id);
        if (asks_leave) return r;
        r.fields.emplace_back("x-amz-id-2", new_extended_id());
        if (from_page) allow_origin(r);
        return r;
    }

    // The one place that catches: a defect ends its request, not the program.
    http::response answered(http::exchange& e, request_note* note, const std::string& id) {
        const http::request& asked = e.asked();
        try {
            if (!names_kinesis(asked)) {
                for (const auto& desk : desks_) {
                    auto r = desk->answer({asked, id, note});
                    if (!r) continue;
                    counts_.of_worker(e.lives_on().number()).answered(desk->part_of(), r->status);
                    return std::move(*r);
                }
            }
            return dispatcher_.answer(asked, e.lives_on(), note);
        } catch (const std::exception& defect) {
            log::error("request " + id + " failed: " + defect.what());
            return error(wire::form::json, refusal{"InternalFailure", "", 500});
        }
    }

    [[nodiscard]] health_state health() const {
        const auto uptime =
            std::chrono::duration_cast<std::chrono::seconds>(steady::now() - start_);
        return {options_.version, uptime.count(), engine_.stream_count()};
    }

    // One timer an engine.  A clock that stands still makes it wait again, at most hourly.
    void arm() {
        constexpr std::int64_t delay_ms_min = 1;
        constexpr std::int64_t delay_ms_max = 3'600'000;
        // Of two that arm it the later must know the earlier time.
        const base::lock_guard lock(arming_);
        const auto due = engine_.next_due();
        if (!due) return;
        const std::int64_t delay_ms = due->ms - engine_.now().ms;
        const std::int64_t wait_ms = std::clamp(delay_ms, delay_ms_min, delay_ms_max);
        options_.run_after(timer::due, wait_ms, [this] {
            engine_.run_due();
            arm();
        });
    }

    // In pieces: requests of the thread that does it have their turn in between.
    void return_memory_after(std::int64_t delay_ms) {
        options_.run_after(timer::spare_memory, delay_ms, [this] {
            const engine::spare_memory left = engine_.return_spare_memory();
            if (left == engine::spare_memory::none) return;
            const bool more = left == engine::spare_memory::unneeded;
            return_memory_after(more ? 1 : spare_memory_period_ms);
        });
    }

    const options options_;
    const steady::time_point start_ = steady::now();
    base::mutex arming_;
    engine::engine engine_;
    leases::store leases_;
    metrics::metric_store metrics_;
    counts counts_;
    operations::random_failures failures_;
    dispatcher dispatcher_;
    std::vector<std::unique_ptr<desk>> desks_;
};

service::service(options o, const clock& c) : impl_(std::make_unique<impl>(std::move(o), c)) {}
service::~service() = default;

void service::create_streams() { impl_->create_streams(); }
void service::clock_moved() { impl_->clock_moved(); }
void service::serve(http::exchange& e) { impl_->serve(e); }

}  // namespace kinetide::service
