#include "worker.hpp"

#include <algorithm>
#include <ctime>
#include <exception>
#include <string>
#include <vector>

#include <kinetide/base/log.hpp>

#include "attention.hpp"
#include "opening.hpp"

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
      bell_(io_),
      spares_(2 * site_->bounds.body_bytes_max) {}

worker::~worker() = default;

void worker::start() {
    thread_ = std::thread([this] { run(); });
}

void worker::run() {
    const std::string name = "http worker " + std::to_string(number_);
    attention attention(io_);
    while (true) {
        try {
            attention.run();
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
        std::vector<std::shared_ptr<connection>> open;
        for (const auto& [key, one] : connections_) open.push_back(one);
        for (const auto& one : open) one->drain();
        tell_if_drained();
    });
    return drained;
}

void worker::end() {
    if (!thread_.joinable()) return;
    post([this] {
        draining_ = true;
        while (!connections_.empty()) {
            const std::shared_ptr<connection> one = connections_.begin()->second;
            one->close();
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
    hold(std::make_shared<opening>(shared_from_this(), channel(std::move(socket)), from_loopback));
}

void worker::hold(std::shared_ptr<connection> c) {
    connection& held = *c;
    connections_.emplace(&held, std::move(c));
    sweep_later();
    held.start();
}

void worker::leave(connection& c) {
    connections_.erase(&c);
    if (connections_.empty()) spares_.release();  // the sweeps end
    tell_if_drained();
}

void worker::exchange(connection& c, std::shared_ptr<connection> next) {
    const auto it = connections_.find(&c);
    const std::shared_ptr<connection> before = std::move(it->second);
    connections_.erase(it);
    hold(std::move(next));
}

void worker::tell_if_drained() {
    if (!draining_ || told_drained_ || !connections_.empty()) return;
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

void worker::afterwards(std::function<void()> task) { boost::asio::post(io_, std::move(task)); }

std::string_view worker::date() { return date_.at(std::time(nullptr)); }

// The timer runs only while there is a connection: an idle server does not wake up.
void worker::sweep_later() {
    if (sweeping_ || connections_.empty()) return;
    sweeping_ = true;
    sweeper_.expires_after(sweep_every_);
    sweeper_.async_wait([this](const boost::system::error_code& error) {
        sweeping_ = false;
        if (!error) sweep();
    });
}

void worker::sweep() {
    const auto now = std::chrono::steady_clock::now();
    // Collected first: one that expires leaves the table.
    std::vector<std::shared_ptr<connection>> late;
    for (const auto& [key, one] : connections_) {
        if (one->look_at_clock(now)) late.push_back(one);
    }
    for (const auto& one : late) one->expire();
    spares_.sweep();
    sweep_later();
}

}  // namespace kinetide::http
