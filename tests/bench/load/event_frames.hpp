// Takes HTTP/1.1 chunks apart, and the event stream in them.
#pragma once

#include <string>
#include <string_view>

namespace kinetide::load {

class event_frames {
public:
    void feed(std::string_view bytes) { chunks_ += bytes; }

    // The payload of the next message; empty when it is not whole yet.  Lives until the next call.
    std::string_view next();

private:
    void join();

    std::string chunks_;
    std::size_t read_ = 0;  // of them
    std::string messages_;
    std::size_t told_ = 0;  // of them
};

}  // namespace kinetide::load
