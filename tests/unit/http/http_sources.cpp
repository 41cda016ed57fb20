// Bodies that are made while they are sent.

#include <atomic>
#include <future>

#include "support/raw_client.hpp"

namespace kinetide::testing {
namespace {

struct tally {
    std::atomic<std::uint64_t> made = 0;
    std::promise<void> gone;
};

class counted_source final : public http::body_source {
public:
    counted_source(tally& t, std::uint64_t size, std::uint64_t promised)
        : tally_(t), left_(size), size_(promised) {}
    counted_source(const counted_source&) = delete;
    counted_source& operator=(const counted_source&) = delete;
    ~counted_source() override { tally_.gone.set_value(); }
    [[nodiscard]] std::uint64_t size() const override { return size_; }
    bool next(std::string& out, std::size_t bytes_wanted) override {
        const auto bytes = static_cast<std::size_t>(std::min<std::uint64_t>(bytes_wanted, left_));
        for (std::size_t i = 0; i < bytes; ++i) {
            out += static_cast<char>((tally_.made + i) % 251);
        }
        tally_.made += bytes;
        left_ -= bytes;
        return left_ != 0;
    }

private:
    tally& tally_;
    std::uint64_t left_;
    std::uint64_t size_;
};

class http_sources : public http_test {
protected:
    void serve(std::uint64_t size, std::uint64_t promised) {
        handler.serve_with = [this, size, promised](http::exchange& e) {
            http::response r;
            r.source = std::make_unique<counted_source>(made, size, promised);
            e.answer(std::move(r));
        };
        start();
    }
    tally made;
};

constexpr std::string_view get = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

TEST_F(http_sources, are_sent_whole) {
    serve(3'000'001, 3'000'001);
    raw_client client(port);
    client.send(get);
    const raw_answer a = client.answer();
    EXPECT_TRUE(a.has("Content-Length: 3000001"));
    ASSERT_EQ(a.body.size(), 3'000'001U);
    for (std::size_t i = 0; i < a.body.size(); ++i) {
        ASSERT_EQ(a.body[i], static_cast<char>(i % 251)) << i;
    }
    made.gone.get_future().get();
}

TEST_F(http_sources, are_not_made_faster_than_they_are_read) {
    const std::uint64_t size = 64 * 1024 * 1024;
    serve(size, size);
    raw_client client(port, 16 * 1024);
    client.send(get);
    ASSERT_TRUE(client.readable(std::chrono::seconds(10)));
    // The kernel's buffers take a few pieces; nobody reads, so no more are asked for.
    EXPECT_LT(made.made, size / 2);
    EXPECT_EQ(client.answer().body.size(), size);
    EXPECT_EQ(made.made, size);
}

TEST_F(http_sources, die_with_their_connection) {
    const std::uint64_t size = 64 * 1024 * 1024;
    serve(size, size);
    raw_client client(port, 16 * 1024);
    client.send(get);
    ASSERT_TRUE(client.readable(std::chrono::seconds(10)));
    client.close();
    made.gone.get_future().get();
    EXPECT_LT(made.made, size);
}

TEST_F(http_sources, are_measured_for_head) {
    serve(5, 5);
    raw_client client(port);
    client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_TRUE(client.answer(true).has("Content-Length: 5"));
    EXPECT_EQ(made.made, 0U);
    made.gone.get_future().get();
}

TEST_F(http_sources, may_be_empty) {
    serve(0, 0);
    raw_client client(port);
    client.send(get);
    EXPECT_TRUE(client.answer().has("Content-Length: 0"));
    made.gone.get_future().get();
}

// The length has been announced: cutting the connection is all that tells the peer.
TEST_F(http_sources, that_end_early_cut_the_connection) {
    serve(1'000, 2'000);
    raw_client client(port);
    client.send(get);
    EXPECT_LT(client.rest().size(), 2'000U);
}

TEST_F(http_sources, that_are_too_long_cut_the_connection) {
    serve(2'000, 1'000);
    raw_client client(port);
    client.send(get);
    EXPECT_LT(client.rest().size(), 1'000U);
}

TEST_F(http_sources, a_slow_but_steady_reader_is_not_cut_off) {
    options.bounds.body_idle_time = std::chrono::milliseconds(300);
    const std::uint64_t size = 24 * 1024 * 1024;
    serve(size, size);
    raw_client client(port, 16 * 1024);
    client.send(get);
    EXPECT_EQ(client.answer().body.size(), size);
}

TEST_F(http_sources, a_reader_that_stalls_is_cut_off) {
    options.bounds.body_idle_time = std::chrono::milliseconds(50);
    const std::uint64_t size = 64 * 1024 * 1024;
    serve(size, size);
    raw_client client(port, 16 * 1024);
    client.send(get);
    made.gone.get_future().get();
    EXPECT_LT(client.rest().size(), size);
}

}  // namespace
}  // namespace kinetide::testing
