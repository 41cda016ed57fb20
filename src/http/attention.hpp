// How a worker waits for what comes next.  Where the processor is virtual, falling asleep and being
// woken takes longer than a request: so whoever was woken soon the last time looks again for a
// moment before it sleeps, and yields its core to whoever waits for it meanwhile.  Looking in vain
// ends that.  An idle worker sleeps.
#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>

namespace kinetide::http {

class attention {
public:
    // How long it looks again, and up to where a sleep was a short one.
    static constexpr std::chrono::microseconds usual_moment{50};

    explicit attention(boost::asio::io_context& io, std::chrono::microseconds moment = usual_moment)
        : io_(io), moment_(moment) {}

    // As io.run(), on a thread whose own it is: until it is stopped or has no work left.
    void run();

private:
    bool looks_again();
    void sleep();

    boost::asio::io_context& io_;
    const std::chrono::microseconds moment_;
    bool slept_shortly_ = false;
    bool looked_in_vain_ = false;
};

}  // namespace kinetide::http
