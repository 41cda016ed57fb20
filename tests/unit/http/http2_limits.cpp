// What one HTTP/2 peer may cost: limits at their edges, and floods that end in GOAWAY.

#include <algorithm>
#include <string_view>

#include "http2_machine_test.hpp"

namespace kinetide::testing {
namespace {

using http2_limits = http2_machine;

constexpr std::uint8_t data_type = 0;
constexpr std::uint8_t headers_type = 1;
constexpr std::uint8_t settings_type = 4;
constexpr std::uint8_t ping_type = 6;
constexpr std::uint8_t window_type = 8;
constexpr std::uint8_t continuation_type = 9;
constexpr std::uint32_t calm = 11;  // ENHANCE_YOUR_CALM

// GET / of localhost, from the static table and one literal.
const std::string get_block = std::string("\x82\x86\x84\x41\x09localhost", 14);

TEST_F(http2_limits, a_head_at_the_limit_passes_and_one_past_it_does_not) {
    const auto status_of = [&](const std::string& path, const http2_fields& more) {
        const auto id = peer.get(path, more);
        talk();
        return peer.replies[id].status;
    };
    EXPECT_EQ(status_of("/" + std::string(8191, 'p'), {}), 200);
    EXPECT_EQ(status_of("/" + std::string(8192, 'p'), {}), 414);
    EXPECT_EQ(status_of("/", http2_fields(96, {"x", "y"})), 200);
    EXPECT_EQ(status_of("/", http2_fields(97, {"x", "y"})), 431);
    EXPECT_EQ(status_of("/", {{"x", std::string(16'000, 'v')}}), 200);
    EXPECT_EQ(status_of("/", {{"x", std::string(16'384, 'v')}}), 431);
    EXPECT_EQ(status_of("/", http2_fields(8, {"x", std::string(16'384, 'v')})), 0) << "reset";
    EXPECT_EQ(whole_count, 3);
}

TEST_F(http2_limits, a_body_at_the_limit_passes_and_one_past_it_does_not) {
    answers = [](http2_stream_seen& s) { s.answer(plain(std::to_string(s.asked().body.size()))); };
    const auto fits = peer.post(std::string(bounds.body_bytes_max, 'b'));
    talk();
    EXPECT_EQ(peer.replies[fits].body, "16777216");
    const auto large = peer.post(std::string(bounds.body_bytes_max + 1, 'b'));
    talk();
    EXPECT_EQ(peer.replies[large].status, 413);
    EXPECT_EQ(machine.body_bytes_held(), 0U);
}

TEST_F(http2_limits, bodies_that_never_end_do_not_block_one_that_does) {
    for (int i = 0; i < 40; ++i) peer.post(std::string(1024 * 1024, 'b'), {}, false);
    talk();
    EXPECT_LE(machine.body_bytes_held(), 32U * 1024 * 1024);
    int refused = 0;
    for (const auto& [id, r] : peer.replies) refused += r.error == 7 ? 1 : 0;  // REFUSED_STREAM
    EXPECT_GE(refused, 8);
    const auto id = peer.post(std::string(500'000, 'c'));
    talk();
    EXPECT_EQ(peer.replies[id].status, 200);
}

TEST_F(http2_limits, bodies_that_never_end_do_not_block_one_behind_those_that_did) {
    for (int done = 1; done < 20; done += 3) {
        for (int i = 0; i < done; ++i) {
            const auto id = peer.post(std::string(1024 * 1024, 'a'));
            talk();
            ASSERT_EQ(peer.replies[id].status, 200) << done;
        }
        for (int i = 0; i < 40; ++i) peer.post(std::string(1024 * 1024, 'b'), {}, false);
        peer.post(std::string(bounds.body_bytes_max + 1, 'r'));  // refused when it is nearly there
        talk();
        const auto id = peer.post(std::string(500'000, 'c'));
        talk();
        EXPECT_EQ(peer.replies[id].status, 200) << done;
    }
}

TEST_F(http2_limits, has_a_thousand_and_twenty_four_streams_at_once) {
    answers = [](http2_stream_seen&) {};  // never
    for (int i = 0; i < 1100; ++i) peer.get("/");
    talk();
    EXPECT_EQ(machine.stream_count(), 1024U);
}

// What the machine does with frames that a peer's own nghttp2 would not send.
class http2_floods : public http2_machine {
protected:
    void SetUp() override {
        peer.get("/");
        talk();
    }
    // Until the machine gives up.  The number of frames it took.
    int flood(int count, const std::function<std::string(int)>& frame) {
        for (int i = 0; i < count; ++i) {
            const bool goes_on = machine.received(frame(i));
            std::string back;
            machine.produce(back, 1024 * 1024);
            note_goaway(back);
            if (!goes_on || machine.is_over()) return i;
        }
        return count;
    }

    bool gone_away = false;
    std::uint32_t goaway_error = 0;

private:
    // By hand: nghttp2's client would give up before, at acknowledgements that it did not ask for.
    void note_goaway(std::string_view bytes) {
        const auto number = [&](std::size_t at, std::size_t size) {
            std::uint32_t n = 0;
            for (const char c : bytes.substr(at, size)) n = n << 8U | static_cast<unsigned char>(c);
            return n;
        };
        while (bytes.size() >= 9) {
            if (bytes[3] == 7) {
                gone_away = true;
                goaway_error = number(13, 4);
            }
            bytes.remove_prefix(std::min<std::size_t>(bytes.size(), 9U + number(0, 3)));
        }
    }
};

TEST_F(http2_floods, of_continuations) {
    machine.received(http2_frame(headers_type, 0, 3, get_block));
    const std::string more = http2_frame(continuation_type, 0, 3, std::string(1000, '\x82'));
    EXPECT_LT(flood(100'000, [&](int) { return more; }), 100);
}

TEST_F(http2_floods, of_streams_that_are_reset_at_once) {
    const int taken = flood(100'000, [&](int i) {
        const auto id = static_cast<std::uint32_t>(3 + 2 * i);
        return http2_frame(headers_type, 5, id, get_block) +
               http2_frame(3, 0, id, std::string("\0\0\0\x08", 4));
    });
    EXPECT_LT(taken, 2'000);
    EXPECT_TRUE(gone_away);
    EXPECT_EQ(machine.stream_count(), 0U);
}

TEST_F(http2_floods, of_settings) {
    EXPECT_LT(flood(100'000, [](int) { return http2_frame(settings_type, 0, 0, ""); }), 20'000);
    EXPECT_EQ(goaway_error, calm);
}

TEST_F(http2_floods, of_pings) {
    EXPECT_LT(flood(100'000, [](int) { return http2_frame(ping_type, 0, 0, "12345678"); }), 20'000);
    EXPECT_EQ(goaway_error, calm);
}

TEST_F(http2_floods, of_pings_whose_answers_are_never_read) {
    int taken = 0;
    while (taken < 100'000 && machine.received(http2_frame(ping_type, 0, 0, "12345678"))) ++taken;
    EXPECT_LE(taken, 1'001);
    std::string back;
    machine.produce(back, 1024 * 1024);
    EXPECT_LT(back.size(), 64U * 1024);
}

TEST_F(http2_floods, of_empty_data) {
    answers = [](http2_stream_seen&) {};
    machine.received(http2_frame(headers_type, 4, 3, get_block));
    EXPECT_LT(flood(100'000, [](int) { return http2_frame(data_type, 0, 3, ""); }), 20'000);
    EXPECT_EQ(goaway_error, calm);
}

TEST_F(http2_floods, of_windows_that_nothing_is_sent_into) {
    const std::string one = http2_frame(window_type, 0, 0, std::string("\0\0\0\1", 4));
    EXPECT_LT(flood(100'000, [&](int) { return one; }), 20'000);
    EXPECT_EQ(goaway_error, calm);
}

TEST_F(http2_floods, of_a_compressed_bomb) {
    // One large field in the dynamic table, then named a thousand times in each head.
    const std::string field = "\x40\x01x" + std::string("\x7f\x80\x1e", 3) + std::string(3967, 'v');
    const std::string bomb = get_block + field + std::string(10'000, '\xbe');
    const int taken = flood(1'000, [&](int i) {
        return http2_frame(headers_type, 5, static_cast<std::uint32_t>(3 + 2 * i), bomb);
    });
    EXPECT_LE(taken, 1'000);
    EXPECT_EQ(whole_count, 1) << "only the first request was small enough";
    EXPECT_EQ(machine.body_bytes_held(), 0U);
}

TEST_F(http2_floods, a_request_on_a_stream_that_was_passed_over) {
    machine.received(http2_frame(headers_type, 5, 9, get_block));
    EXPECT_EQ(flood(10, [&](int) { return http2_frame(headers_type, 5, 7, get_block); }), 0);
    EXPECT_EQ(goaway_error, 1U);  // PROTOCOL_ERROR
}

}  // namespace
}  // namespace kinetide::testing
