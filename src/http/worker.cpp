#include "worker.hpp"

#include <algorithm>
#include <ctime>
#include <exception>
#include <string>
#include <vector>

#include <kinetide/base/log.hpp>

#include "http1_session.hpp"

namespace kinetide::http {
namespace {

using std::chrono::milliseconds;

// Time-outs are this coarse; with short ones (tests) a quarter of the shortest.
milliseconds sweep_interval(const limits& l) {
    const milliseconds shortest = std::min({l.header_time, l.body_idle_time, l.keep_alive_time});
    return std::clamp(shortest / 4, milliseconds(5), milliseconds(500));
}

}  // namespace

worker::worker(std::shared_ptr<const site> s, unsigned number)
    : site_(std::move(s)),
      number_(number),
      sweep_every_(sweep_interval(site_->bounds)),
      work_(io_.get_executor()),
      sweeper_(io_),
      later_(io_),
      bell_(io_) {}

worker::~worker() = default;

void worker::start() {
    thread_ = std::thread([this] { run(); });
}

void worker::run() {
    const std::string name = "http worker " + std::to_string(number_);
    while (true) {
        try {
            io_.run();
            break;
        } catch (const std::exception& e) {
            // A task's defect must not take the other connections along.
            log::error(name + ": " + e.what());
        }
    }
    {
        const base::lock_guard held(mutex_);
        ended_ = true;
    }
    // Answers that were posted while the last turn ended.
    io_.restart();
    io_.poll();
}

std::future<void> worker::drain() {
    std::future<void> drained = drained_.get_future();
    post([this] {
        draining_ = true;
        std::vector<std::shared_ptr<http1_session>> open;
        for (const auto& [key, session] : sessions_) open.push_back(session);
        for (const auto& session : open) session->close_if_idle();
        tell_if_drained();
    });
    return drained;
}

void worker::end() {
    if (!thread_.joinable()) return;
    post([this] {
        draining_ = true;
        while (!sessions_.empty()) {
            const std::shared_ptr<http1_session> session = sessions_.begin()->second;
            session->close();
        }
        sweeper_.cancel();
        ++later_number_;
        later_.cancel();
        bell_.close();
        work_.reset();
    });
    thread_.join();
}

void worker::adopt(tcp_socket socket, bool from_loopback) {
    if (draining_) return;
    auto session =
        std::make_shared<http1_session>(shared_from_this(), std::move(socket), from_loopback);
    sessions_.emplace(session.get(), session);
    sweep_later();
    session->start();
}

void worker::leave(http1_session& s) {
    sessions_.erase(&s);
    tell_if_drained();
}

void worker::tell_if_drained() {
    if (!draining_ || told_drained_ || !sessions_.empty()) return;
    told_drained_ = true;
    drained_.set_value();
}

void worker::run_after(milliseconds delay, std::function<void()> task) {
    later_.expires_after(std::max(delay, milliseconds(0)));
    // A wait that has ended already is not cancelled by that: the number tells it from ours.
    later_.async_wait([this, number = ++later_number_, task = std::move(task)](
                          const boost::system::error_code& cancelled) {
        if (!cancelled && number == later_number_) task();
    });
}

std::string_view worker::date() { return date_.at(std::time(nullptr)); }

// The timer runs only while there is a connection: an idle server does not wake up.
void worker::sweep_later() {
    if (sweeping_ || sessions_.empty()) return;
    sweeping_ = true;
    sweeper_.expires_after(sweep_every_);
    sweeper_.async_wait([this](const boost::system::error_code& error) {
        sweeping_ = false;
        if (!error) sweep();
    });
}

void worker::sweep() {
    const auto now = std::chrono::steady_clock::now();
    // Collected first: a session that expires leaves the table.
    std::vector<std::shared_ptr<http1_session>> late;
    for (const auto& [key, session] : sessions_) {
        if (session->look_at_clock(now)) late.push_back(session);
    }
    for (const auto& session : late) session->expire();
    sweep_later();
}

}  // namespace kinetide::http
