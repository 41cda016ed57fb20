// A stream that another thread gives something to say, and the home that it is woken through.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include <kinetide/http/message.hpp>

namespace kinetide::testing {

// What the test and the stream share.
class mailbox {
public:
    // From any thread, once the stream is open.
    void say(const std::string& text) { put(text, false); }
    void end() { put({}, true); }

    // For the next stream, when the one before is freed.
    void start_again() { ends_ = open = freed = false; }

    std::atomic<bool> open{false};
    std::atomic<bool> freed{false};
    std::atomic<int> asked{0};  // how often for what it has to say

private:
    friend class woken_stream;

    void put(const std::string& text, bool ends) {
        {
            const std::lock_guard held(mutex_);
            text_ += text;
            ends_ = ends_ || ends;
        }
        home_->ring();
    }

    http::home* home_ = nullptr;
    std::mutex mutex_;
    std::string text_;
    bool ends_ = false;
};

class woken_stream final : public http::body_stream {
public:
    woken_stream(std::shared_ptr<mailbox> box, http::home& home) : box_(std::move(box)) {
        box_->home_ = &home;
        home.on_ring([box = box_, this] {
            if (!box->freed && resume_) resume_();
        });
    }
    ~woken_stream() override { box_->freed = true; }

    void opened(std::function<void()> resume) override {
        resume_ = std::move(resume);
        box_->open = true;
    }
    state next(std::string& out, std::size_t) override {
        const std::lock_guard held(box_->mutex_);
        ++box_->asked;
        out += std::exchange(box_->text_, {});
        return box_->ends_ ? state::ended : state::asleep;
    }

private:
    const std::shared_ptr<mailbox> box_;
    std::function<void()> resume_;
};

// A handler of http_test whose answer to everything is that stream.
inline auto answer_with(const std::shared_ptr<mailbox>& box) {
    return [box](http::exchange& e) {
        http::response r;
        r.stream = std::make_unique<woken_stream>(box, e.lives_on());
        e.answer(std::move(r));
    };
}

}  // namespace kinetide::testing
