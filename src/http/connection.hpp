// What a worker keeps of each connection, whatever it speaks.  All of it on the worker's thread.
#pragma once

#include <chrono>

namespace kinetide::http {

class connection {
public:
    virtual ~connection() = default;

    virtual void start() = 0;
    virtual void close() = 0;
    // The server stops: ends what may go on for ever, closes once nothing is in flight.
    virtual void drain() = 0;

    // Past its deadline?  Gives an idle connection's large buffers back by the way.
    virtual bool look_at_clock(std::chrono::steady_clock::time_point now) = 0;
    virtual void expire() = 0;
};

}  // namespace kinetide::http
