// Wakes a worker from any thread without allocating: rings between two runs of its task count as
// one.
#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <functional>
#include <optional>

namespace kinetide::http {

// All but ring() on the worker's thread.
class bell {
public:
    explicit bell(boost::asio::io_context& context) : context_(context) {}

    // Before the first ring().  Throws boost::system::system_error when no descriptor is left.
    void on_ring(std::function<void()> task);
    void ring();
    void close();

private:
    using descriptor =
        boost::asio::posix::basic_stream_descriptor<boost::asio::io_context::executor_type>;

    void wait();

    boost::asio::io_context& context_;
    std::optional<descriptor> event_;
    std::atomic<int> handle_{-1};
    std::atomic<bool> rung_{false};
    std::function<void()> task_;
};

}  // namespace kinetide::http
