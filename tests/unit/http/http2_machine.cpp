// HTTP/2 as a machine of bytes: requests on many streams, answers of every kind, the limits.

#include "http2_machine_test.hpp"

namespace kinetide::testing {
namespace {

TEST_F(http2_machine, says_its_settings_first) {
    std::string out;
    machine.produce(out, 1024);
    ASSERT_GE(out.size(), 9U);
    EXPECT_EQ(out[3], 4) << "the type of the first frame";
}

TEST_F(http2_machine, answers_each_stream_its_own) {
    const auto a = peer.get("/a", {{"x-b", "c"}});
    const auto b = peer.post("hello");
    talk();
    EXPECT_EQ(peer.replies[a].status, 200);
    EXPECT_EQ(peer.replies[a].body, "GET /a host=localhost x-b=c");
    EXPECT_EQ(peer.replies[a].field("x-kind"), "echo");
    EXPECT_EQ(peer.replies[b].body, "POST / host=localhost|hello");
    EXPECT_EQ(peer.replies[b].field("content-length"), "27");
    EXPECT_TRUE(peer.replies[a].closed && peer.replies[b].closed);
    EXPECT_EQ(machine.stream_count(), 0U);
    EXPECT_EQ(machine.body_bytes_held(), 0U);
}

TEST_F(http2_machine, takes_a_byte_at_a_time) {
    peer.get("/a");
    peer.post("hello");
    for (const char c : peer.take()) ASSERT_TRUE(machine.received({&c, 1}));
    talk();
    EXPECT_EQ(peer.replies[1].body, "GET /a host=localhost");
    EXPECT_EQ(peer.replies[3].body, "POST / host=localhost|hello");
}

TEST_F(http2_machine, a_trailer_is_no_part_of_the_request) {
    answers = [](http2_stream_seen& s) { s.answer(plain("ok")); };
    const auto id = peer.post("x", {{"te", "trailers"}});
    talk();
    EXPECT_EQ(peer.replies[id].body, "ok");
}

TEST_F(http2_machine, sends_a_large_body_as_the_window_allows) {
    const std::string large(1'000'000, 'a');
    answers = [&](http2_stream_seen& s) { s.answer(plain(large)); };
    http2_peer narrow(1000);
    const auto id = narrow.get("/");
    talk_with(narrow);
    EXPECT_EQ(narrow.replies[id].body.size(), 1000U);
    EXPECT_FALSE(narrow.replies[id].ended);
    narrow.widen(id, 2'000'000);
    talk_with(narrow);
    EXPECT_EQ(narrow.replies[id].body, large);
    EXPECT_TRUE(narrow.replies[id].ended);
}

TEST_F(http2_machine, a_head_has_no_body_but_its_length) {
    answers = [](http2_stream_seen& s) { s.answer(plain("12345")); };
    const auto id = peer.get("/", {});
    talk();
    EXPECT_EQ(peer.replies[id].body, "12345");
    http::response none;
    none.status = 204;
    answers = [&](http2_stream_seen& s) { s.answer(std::move(none)); };
    const auto empty = peer.get("/");
    talk();
    EXPECT_EQ(peer.replies[empty].status, 204);
    EXPECT_EQ(peer.replies[empty].field("content-length"), "");
    EXPECT_TRUE(peer.replies[empty].ended);
}

TEST_F(http2_machine, a_source_is_asked_piece_by_piece) {
    answers = [](http2_stream_seen& s) {
        http::response r;
        r.source = std::make_unique<counting_source>(300'000);
        s.answer(std::move(r));
    };
    const auto id = peer.get("/");
    talk();
    EXPECT_EQ(peer.replies[id].body.size(), 300'000U);
    EXPECT_EQ(peer.replies[id].field("content-length"), "300000");
}

TEST_F(http2_machine, a_source_that_fails_resets_its_stream_only) {
    answers = [](http2_stream_seen& s) {
        http::response r;
        r.source = std::make_unique<failing_source>();
        s.answer(std::move(r));
    };
    const auto bad = peer.get("/");
    talk();
    EXPECT_TRUE(peer.replies[bad].closed);
    EXPECT_NE(peer.replies[bad].error, 0U);
    answers = nullptr;
    const auto good = peer.get("/again");
    talk();
    EXPECT_EQ(peer.replies[good].status, 200);
}

TEST_F(http2_machine, a_stream_says_what_it_has_and_sleeps) {
    scripted_stream* script = nullptr;
    answers = [&](http2_stream_seen& s) {
        http::response r;
        auto made = std::make_unique<scripted_stream>();
        script = made.get();
        script->to_say = {"first"};
        r.stream = std::move(made);
        s.answer(std::move(r));
    };
    const auto id = peer.get("/");
    talk();
    EXPECT_EQ(peer.replies[id].body, "first");
    EXPECT_EQ(peer.replies[id].field("content-length"), "");
    EXPECT_FALSE(peer.replies[id].ended);
    const auto asked = script->asked;
    talk();
    EXPECT_EQ(script->asked, asked) << "asked while asleep";
    script->to_say = {" second"};
    machine.resume(id);
    talk();
    EXPECT_EQ(peer.replies[id].body, "first second");
    script->to_say = {" last"};
    script->ends = true;
    machine.resume(id);
    talk();
    EXPECT_EQ(peer.replies[id].body, "first second last");
    EXPECT_TRUE(peer.replies[id].ended && peer.replies[id].closed);
}

TEST_F(http2_machine, a_stream_is_not_asked_while_its_window_is_shut) {
    scripted_stream* script = nullptr;
    answers = [&](http2_stream_seen& s) {
        http::response r;
        auto made = std::make_unique<scripted_stream>();
        script = made.get();
        script->to_say.assign(100, std::string(1000, 'x'));
        r.stream = std::move(made);
        s.answer(std::move(r));
    };
    http2_peer narrow(1000);
    narrow.get("/");
    talk_with(narrow);
    EXPECT_LE(script->asked, 2);
    EXPECT_EQ(narrow.replies[1].body.size(), 1000U);
}

TEST_F(http2_machine, a_stream_that_is_cancelled_is_freed) {
    bool freed = false;
    answers = [&](http2_stream_seen& s) {
        http::response r;
        auto made = std::make_unique<scripted_stream>();
        made->freed = &freed;
        r.stream = std::move(made);
        s.answer(std::move(r));
    };
    const auto id = peer.get("/");
    talk();
    EXPECT_FALSE(freed);
    peer.cancel(id);
    talk();
    EXPECT_TRUE(freed);
    EXPECT_EQ(machine.stream_count(), 0U);
}

TEST_F(http2_machine, shutting_down_ends_streams_and_takes_no_more) {
    answers = [&](http2_stream_seen& s) {
        http::response r;
        r.stream = std::make_unique<scripted_stream>();
        s.answer(std::move(r));
    };
    const auto id = peer.get("/");
    talk();
    machine.shut_down();
    talk();
    EXPECT_TRUE(peer.gone_away);
    EXPECT_EQ(peer.goaway_error, 0U);
    EXPECT_TRUE(peer.replies[id].ended);
    EXPECT_TRUE(machine.is_over());
}

TEST_F(http2_machine, says_go_on_to_who_expects_it) {
    const auto id = peer.post("", {{"expect", "100-continue"}}, false);
    talk();
    EXPECT_EQ(peer.replies[id].early, std::vector<int>{100});
    EXPECT_EQ(peer.replies[id].status, 0);
}

TEST_F(http2_machine, an_answer_before_the_body_lets_the_rest_go) {
    refuses_heads = true;
    const auto id = peer.post(std::string(100'000, 'b'), {}, false);
    talk();
    EXPECT_EQ(peer.replies[id].status, 403);
    EXPECT_TRUE(peer.replies[id].ended && peer.replies[id].closed);
    EXPECT_EQ(peer.replies[id].error, 0U);
    EXPECT_EQ(machine.body_bytes_held(), 0U);
}

}  // namespace
}  // namespace kinetide::testing
