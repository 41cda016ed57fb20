#include <kinetide/http/server.hpp>

#include <algorithm>
#include <atomic>
#include <map>
#include <stdexcept>
#include <utility>

#include "listener.hpp"
#include "tls_context.hpp"
#include "worker.hpp"

namespace kinetide::http {
namespace {

namespace asio = boost::asio;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

// The tasks of run_after: on worker 0 only.
class due_tasks {
public:
    void arm(
        asio::io_context& context,
        int key,
        steady_clock::time_point due,
        std::function<void()> task) {
        if (ended_) return;
        slot& s = slots_.try_emplace(key, context).first->second;
        s.timer.expires_at(due);
        // A wait that has ended already is not cancelled by that: the number tells it from ours.
        s.timer.async_wait([&s, number = ++s.number, task = std::move(task)](
                               const boost::system::error_code& cancelled) {
            if (!cancelled && number == s.number) task();
        });
    }

    void end() {
        ended_ = true;
        for (auto& [key, s] : slots_) {
            ++s.number;
            s.timer.cancel();
        }
    }

private:
    struct slot {
        explicit slot(asio::io_context& context) : timer(context) {}
        http::timer timer;
        std::uint64_t number = 0;
    };
    std::map<int, slot> slots_;
    bool ended_ = false;
};

}  // namespace

class server::impl {
public:
    impl(options o, handler& h)
        : options_(std::move(o)), tls_(std::make_shared<tls_context>(options_.tls)) {
        const auto shared =
            std::make_shared<const site>(site{options_.bounds, guard(options_.guard), h, tls_});
        for (unsigned i = 0; i < std::max(1U, options_.workers); ++i) {
            workers_.push_back(std::make_shared<worker>(shared, i));
        }
    }
    impl(const impl&) = delete;
    impl& operator=(const impl&) = delete;
    ~impl() { stop(milliseconds(0)); }

    void start() {
        if (options_.hosts.empty() || options_.ports.empty()) {
            throw std::runtime_error("no address to listen on is configured");
        }
        tls_->load();
        for (const std::uint16_t port : options_.ports) {
            for (tcp_acceptor& a : listen_on(first().context(), options_.hosts, port)) {
                const auto at = a.local_endpoint();
                addresses_.push_back({at.address().to_string(), at.port()});
                listeners_.push_back(std::make_unique<listener>(std::move(a), workers_));
            }
        }
        running_ = true;
        for (const auto& l : listeners_) {
            first().post([l = l.get()] { l->accept(); });
        }
        for (const auto& w : workers_) w->start();
    }

    void stop(milliseconds drain_time) {
        if (!running_.exchange(false)) return;
        const auto deadline = steady_clock::now() + drain_time;
        first().post([this] {
            for (const auto& l : listeners_) l->close();
        });
        std::vector<std::future<void>> drained;
        for (const auto& w : workers_) drained.push_back(w->drain());
        for (const auto& f : drained) f.wait_until(deadline);
        first().post([this] { tasks_.end(); });
        for (const auto& w : workers_) w->end();
    }

    void run_after(int key, milliseconds delay, std::function<void()> task) {
        const auto due =
            steady_clock::now() +
            std::clamp<milliseconds>(delay, milliseconds(0), std::chrono::hours(24 * 365));
        first().post([this, key, due, task = std::move(task)]() mutable {
            tasks_.arm(first().context(), key, due, std::move(task));
        });
    }

    [[nodiscard]] const std::vector<listening_address>& addresses() const { return addresses_; }
    [[nodiscard]] std::string authority_pem() { return tls_->authority_pem(); }
    [[nodiscard]] milliseconds drain_time() const { return options_.bounds.drain_time; }

private:
    worker& first() { return *workers_.front(); }

    const options options_;
    const std::shared_ptr<tls_context> tls_;
    std::vector<std::shared_ptr<worker>> workers_;
    std::vector<std::unique_ptr<listener>> listeners_;  // before the workers go
    due_tasks tasks_;
    std::vector<listening_address> addresses_;
    std::atomic<bool> running_ = false;
};

server::server(options o, handler& h) : impl_(std::make_unique<impl>(std::move(o), h)) {}
server::~server() = default;

void server::start() { impl_->start(); }
const std::vector<listening_address>& server::addresses() const { return impl_->addresses(); }
void server::stop() { impl_->stop(impl_->drain_time()); }
std::string server::authority_pem() { return impl_->authority_pem(); }
void server::run_after(int key, milliseconds delay, std::function<void()> task) {
    impl_->run_after(key, delay, std::move(task));
}

}  // namespace kinetide::http
