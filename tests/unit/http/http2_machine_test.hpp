// A machine with an echo behind it, and a peer that talks to it.
#pragma once

#include <gtest/gtest.h>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "../../../src/http/http2_machine.hpp"
#include "../../../src/http/plain_answer.hpp"
#include "support/http2_peer.hpp"

namespace kinetide::testing {

class counting_source final : public http::body_source {
public:
    explicit counting_source(std::size_t bytes) : bytes_(bytes), left_(bytes) {}
    [[nodiscard]] std::uint64_t size() const override { return bytes_; }
    bool next(std::string& out, std::size_t wanted) override {
        const std::size_t some = std::min(wanted, left_);
        out.append(some, 's');
        left_ -= some;
        return left_ != 0;
    }

private:
    const std::size_t bytes_;
    std::size_t left_;
};

class failing_source final : public http::body_source {
public:
    [[nodiscard]] std::uint64_t size() const override { return 10; }
    bool next(std::string&, std::size_t) override { throw std::runtime_error("as the test asks"); }
};

class scripted_stream final : public http::body_stream {
public:
    ~scripted_stream() override {
        if (freed != nullptr) *freed = true;
    }
    void opened(std::function<void()>) override {}
    state next(std::string& out, std::size_t) override {
        ++asked;
        if (!to_say.empty()) {
            out += to_say.front();
            to_say.erase(to_say.begin());
        }
        if (!to_say.empty()) return state::more;
        return ends ? state::ended : state::asleep;
    }

    std::vector<std::string> to_say;
    bool ends = false;
    int asked = 0;
    bool* freed = nullptr;
};

inline http::response plain(std::string body) {
    http::response r;
    r.body = std::move(body);
    return r;
}

class http2_machine;

class http2_stream_seen final : public http::http2_stream {
public:
    explicit http2_stream_seen(http::http2_machine*& m) : machine_(m) {}
    [[nodiscard]] const http::request& asked() const { return request_; }
    void answer(http::response r) { machine_->answer(id(), std::move(r)); }

private:
    http::http2_machine*& machine_;
};

class http2_machine : public ::testing::Test, private http::http2_machine::listener {
protected:
    // Both sides until neither has anything to say.  False when the machine gave up.
    bool talk_with(http2_peer& p) {
        bool goes_on = true;
        while (true) {
            const std::string there = p.take();
            if (!there.empty()) goes_on = machine.received(there) && goes_on;
            std::string back;
            machine.produce(back, 16 * 1024 * 1024);
            if (there.empty() && back.empty()) return goes_on;
            p.received(back);
        }
    }
    bool talk() { return talk_with(peer); }

    http::limits bounds;
    http2_peer peer;
    std::function<void(http2_stream_seen&)> answers;  // an echo when empty
    bool refuses_heads = false;
    int whole_count = 0;

private:
    std::shared_ptr<http::http2_stream> open() override {
        return std::make_shared<http2_stream_seen>(machine_);
    }
    void head(http::http2_stream& s) override {
        if (!refuses_heads) return;
        static_cast<http2_stream_seen&>(s).answer(http::plain_answer(403, "no"));
    }
    void whole(http::http2_stream& s) override {
        auto& seen = static_cast<http2_stream_seen&>(s);
        ++whole_count;
        if (answers) return answers(seen);
        const http::request& r = seen.asked();
        std::string echo = std::string(r.method) + " " + std::string(r.target);
        for (const auto& f : r.fields) echo.append(" ").append(f.name).append("=").append(f.value);
        if (!r.body.empty()) echo.append("|").append(r.body);
        http::response out = plain(std::move(echo));
        out.fields.emplace_back("X-Kind", "echo");
        seen.answer(std::move(out));
    }
    void moved(http::http2_stream&) override {}
    void gone(http::http2_stream&) override {}

    http::http2_machine* machine_ = &machine;

protected:
    http::http2_machine machine{bounds, *this};
};

}  // namespace kinetide::testing
