// Waits for connections.  Edges, not levels: who is told reads until nothing is there.
#pragma once

#include <sys/epoll.h>
#include <unistd.h>

#include <array>

#include "client.hpp"

namespace kinetide::load {

class poller {
public:
    poller() : set_(::epoll_create1(0)) {}
    ~poller() { ::close(set_); }
    poller(const poller&) = delete;
    poller& operator=(const poller&) = delete;

    void watch(int descriptor, client& c) {
        epoll_event event{};
        event.events = EPOLLIN | EPOLLOUT | EPOLLET;
        event.data.ptr = &c;
        ::epoll_ctl(set_, EPOLL_CTL_ADD, descriptor, &event);
    }

    void wait(int milliseconds) {
        std::array<epoll_event, 256> events{};
        const int count = ::epoll_wait(set_, events.data(), events.size(), milliseconds);
        for (int i = 0; i < count; ++i) {
            static_cast<client*>(events[static_cast<std::size_t>(i)].data.ptr)->ready();
        }
    }

private:
    const int set_;
};

}  // namespace kinetide::load
