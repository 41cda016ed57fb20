// One thread, one io_context and the connections that live on it.
#pragma once

#include <array>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <future>
#include <memory>
#include <span>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <utility>

#include <kinetide/base/mutex.hpp>
#include <kinetide/http/guard.hpp>
#include <kinetide/http/message.hpp>
#include <kinetide/http/server.hpp>

#include "bell.hpp"
#include "channel.hpp"
#include "connection.hpp"
#include "response_head.hpp"
#include "spare_buffers.hpp"

namespace kinetide::http {

using timer = boost::asio::basic_waitable_timer<
    std::chrono::steady_clock,
    boost::asio::wait_traits<std::chrono::steady_clock>,
    boost::asio::io_context::executor_type>;

// What all connections of one server share.  Constant once the workers run.
struct site {
    limits bounds;
    guard door;
    handler& answers;
    std::shared_ptr<tls_context> tls;
};

// Kept alive by its connections too: one whose request is still being worked on outlives the
// server, so that a late answer finds something to be refused by.
class worker final : public home, public std::enable_shared_from_this<worker> {
public:
    worker(std::shared_ptr<const site> s, unsigned number);
    ~worker() override;
    worker(const worker&) = delete;
    worker& operator=(const worker&) = delete;

    [[nodiscard]] boost::asio::io_context& context() { return io_; }
    [[nodiscard]] bool is_here() { return io_.get_executor().running_in_this_thread(); }

    [[nodiscard]] unsigned number() const override { return number_; }
    void ring() override { bell_.ring(); }
    void afterwards(std::function<void()> task) override;
    void on_ring(std::function<void()> task) override { bell_.on_ring(std::move(task)); }
    void run_after(std::chrono::milliseconds delay, std::function<void()> task) override;

    // By the server's thread, in this order.
    void start();
    // Closes idle connections, tells the others to close behind their answer; ready when none is
    // left.
    std::future<void> drain();
    void end();  // closes what is left; returns when the thread has ended

    // Any thread.  False, and the task is destroyed, once the worker has ended.
    template <typename Task>
    bool post(Task&& task) {
        const base::lock_guard held(mutex_);
        if (ended_) return false;
        boost::asio::post(io_, std::forward<Task>(task));
        return true;
    }

    // The rest on the worker's own thread.
    void adopt(tcp_socket socket, bool from_loopback);
    void leave(connection& c);
    // The same connection goes on as `next`.
    void exchange(connection& c, std::shared_ptr<connection> next);
    [[nodiscard]] const site& shared() const { return *site_; }
    [[nodiscard]] bool is_draining() const { return draining_; }
    [[nodiscard]] std::string_view date();
    // For bodies that do not fit behind their heads.
    [[nodiscard]] spare_buffers& spares() { return spares_; }
    // Where bytes that nobody wants are read to.
    [[nodiscard]] std::span<char> waste() { return waste_; }

private:
    void run();
    void sweep_later();
    void sweep();
    void hold(std::shared_ptr<connection> c);
    void tell_if_drained();

    const std::shared_ptr<const site> site_;
    const unsigned number_;
    const std::chrono::milliseconds sweep_every_;
    boost::asio::io_context io_{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
    timer sweeper_;
    timer later_;
    std::uint64_t later_number_ = 0;
    bell bell_;
    std::unordered_map<connection*, std::shared_ptr<connection>> connections_;
    date_line date_;
    spare_buffers spares_;
    bool sweeping_ = false;
    bool draining_ = false;
    bool told_drained_ = false;
    std::promise<void> drained_;
    std::array<char, 16 * 1024> waste_{};
    std::thread thread_;

    base::mutex mutex_;
    bool ended_ GUARDED_BY(mutex_) = false;
};

}  // namespace kinetide::http
