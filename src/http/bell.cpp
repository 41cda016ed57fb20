#include "bell.hpp"

#include <sys/eventfd.h>
#include <boost/system/system_error.hpp>
#include <cerrno>
#include <utility>

namespace kinetide::http {

void bell::on_ring(std::function<void()> task) {
    task_ = std::move(task);
    if (event_) return;
    const int handle = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (handle < 0) {
        throw boost::system::system_error(errno, boost::system::system_category(), "eventfd");
    }
    event_.emplace(context_, handle);
    handle_ = handle;
    wait();
}

void bell::ring() {
    if (rung_.exchange(true)) return;
    eventfd_write(handle_, 1);
}

void bell::close() {
    if (event_) event_->cancel();
}

void bell::wait() {
    event_->async_wait(descriptor::wait_read, [this](const boost::system::error_code& cancelled) {
        if (cancelled) return;
        eventfd_t count = 0;
        eventfd_read(event_->native_handle(), &count);
        // Before the task: what is rung for from here on is seen by the next run at the latest.
        rung_ = false;
        wait();
        task_();
    });
}

}  // namespace kinetide::http
