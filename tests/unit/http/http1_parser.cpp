// The HTTP/1.x machine: what it takes, what it refuses, and that neither depends on how the bytes
// were cut on their way.

#include "../../../src/http/http1_parser.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kinetide::testing {
namespace {

using http::http1_parser;

// Feeds `bytes`, in pieces that end where `cut` says, and tells what came of it: one line an event.
class transcript {
public:
    explicit transcript(http::limits bounds = {}) : bounds_(bounds), parser_(bounds_, spares_) {}

    template <typename Cut>
    std::string of(std::string_view bytes, Cut cut) {
        std::string told;
        std::size_t fed = 0;
        while (true) {
            switch (parser_.next()) {
                case http1_parser::step::more: {
                    if (fed == bytes.size()) return told + (parser_.started() ? "started" : "");
                    const std::span<char> room = parser_.room();
                    EXPECT_FALSE(room.empty());
                    const std::size_t piece =
                        std::min({room.size(), bytes.size() - fed, cut(fed) - fed});
                    std::copy_n(bytes.data() + fed, piece, room.data());
                    parser_.received(piece);
                    fed += piece;
                    break;
                }
                case http1_parser::step::head:
                    told += std::string(asked().method) + " " + std::string(asked().target);
                    for (const http::field& f : asked().fields) {
                        told += std::string("|") + std::string(f.name) + "=" + std::string(f.value);
                    }
                    told += "\n";
                    break;
                case http1_parser::step::complete:
                    told += std::string("body '") + std::string(asked().body) + "'" +
                            (parser_.head().keep_alive ? "" : " last") + "\n";
                    parser_.finish();
                    break;
                case http1_parser::step::refused:
                    return told + "refused " + std::to_string(parser_.why().status);
            }
        }
    }

    [[nodiscard]] const http::request& asked() const { return parser_.asked(); }
    http1_parser& parser() { return parser_; }
    http::spare_buffers& spares() { return spares_; }

private:
    http::limits bounds_;
    http::spare_buffers spares_{1'000'000};
    http1_parser parser_;
};

std::string whole(std::string_view bytes, http::limits bounds = {}) {
    return transcript(bounds).of(bytes, [&](std::size_t) { return bytes.size(); });
}

std::string byte_by_byte(std::string_view bytes, http::limits bounds = {}) {
    return transcript(bounds).of(bytes, [](std::size_t fed) { return fed + 1; });
}

// The verdict at every cut, and with every byte alone, is that of the whole.
std::string at_every_cut(std::string_view bytes, http::limits bounds = {}) {
    std::string expected = whole(bytes, bounds);
    EXPECT_EQ(byte_by_byte(bytes, bounds), expected) << bytes;
    for (std::size_t cut = 1; cut < bytes.size(); ++cut) {
        const std::string told = transcript(bounds).of(
            bytes, [&](std::size_t fed) { return fed < cut ? cut : bytes.size(); });
        EXPECT_EQ(told, expected) << "cut at " << cut << " of " << bytes;
        if (told != expected) break;
    }
    return expected;
}

// A request whose head has these lines beside the Host.
std::string with(std::string_view lines, std::string_view body = "") {
    return std::string("POST / HTTP/1.1\r\nHost: a\r\n") + std::string(lines) + "\r\n" +
           std::string(body);
}

TEST(http1_parser, reads_requests_one_after_another) {
    EXPECT_EQ(
        at_every_cut(
            "POST /a?b=c HTTP/1.1\r\nHost: a\r\nX-Empty:\r\nx-b:  v w\t\r\n"
            "Content-Length: 5\r\n\r\nhello"
            "GET / HTTP/1.1\r\nHost: b\r\n\r\n"
            "\r\n"
            "PUT /c HTTP/1.1\r\nhost: c\r\nTransfer-Encoding: Chunked\r\n\r\n"
            "3\r\nabc\r\n00A;name=\"v;\"\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n"
            "DELETE /d HTTP/1.1\r\nHost: d\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            "GET"),
        "POST /a?b=c|Host=a|X-Empty=|x-b=v w|Content-Length=5\nbody 'hello'\n"
        "GET /|Host=b\nbody ''\n"
        "PUT /c|host=c|Transfer-Encoding=Chunked\nbody 'abc0123456789'\n"
        "DELETE /d|Host=d|Content-Length=0|Connection=close\nbody '' last\n"
        "started");
}

TEST(http1_parser, http10_keeps_the_connection_only_if_asked) {
    EXPECT_EQ(at_every_cut("GET / HTTP/1.0\r\n\r\n"), "GET /\nbody '' last\n");
    EXPECT_EQ(
        at_every_cut("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n"),
        "GET /|Connection=Keep-Alive\nbody ''\n");
}

TEST(http1_parser, takes_targets_apart) {
    EXPECT_EQ(
        whole("GET http://Local:80/x?y HTTP/1.1\r\nHost: local:80\r\n\r\n"),
        "GET /x?y|Host=local:80\nbody ''\n");
    EXPECT_EQ(whole("GET http://a HTTP/1.1\r\nHost: a\r\n\r\n"), "GET /|Host=a\nbody ''\n");
    // The guard is to see the name that the target holds where there is no Host.
    EXPECT_EQ(whole("GET http://a/ HTTP/1.0\r\n\r\n"), "GET /|Host=a\nbody '' last\n");
    EXPECT_EQ(whole("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n"), "OPTIONS *|Host=a\nbody ''\n");
    for (const char* line :
         {"GET http://b/ HTTP/1.1",
          "GET ftp://a/ HTTP/1.1",
          "GET http://a?q HTTP/1.1",
          "GET a HTTP/1.1",
          "GET * HTTP/1.1",
          "CONNECT a:443 HTTP/1.1"}) {
        EXPECT_EQ(whole(std::string(line) + "\r\nHost: a\r\n\r\n"), "refused 400") << line;
    }
}

TEST(http1_parser, refuses_malformed_heads) {
    const std::string nul(1, '\0');
    for (const std::string& bytes : std::vector<std::string>{
             "GET / HTTP/1.1\r\n\r\n",                                // no Host
             "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",          // two
             "GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n",          //
             "GET / HTTP/1.1\nHost: a\n\n",                           // bare LF
             "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n",               //
             "GET / HTTP/1.1\r\nHost: a\r\n\n",                       //
             "GET / HTTP/1.1\r\nHost: a\r\n X: b\r\n\r\n",            // folded
             "GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n\tc\r\n\r\n",      //
             "GET / HTTP/1.1\r\n Host: a\r\n\r\n",                    //
             "GET / HTTP/1.1\r\nHost : a\r\n\r\n",                    // space before the colon
             "GET / HTTP/1.1\r\nHost: a\r\nX\t: b\r\n\r\n",           //
             "GET / HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n",              // no name
             "GET / HTTP/1.1\r\nHost: a\r\nnonsense\r\n\r\n",         // no colon
             "GET / HTTP/1.1\r\nHost: a\r\nX: " + nul + "\r\n\r\n",   // control characters
             "GET / HTTP/1.1\r\nHost: a\r\nX" + nul + ": b\r\n\r\n",  //
             "GET /" + nul + " HTTP/1.1\r\nHost: a\r\n\r\n",          //
             "GET / HTTP/1.1\r\nHost: a\r\nX: b\rc\r\n\r\n",          // bare CR
             "GET / HTTP/1.1\r\nHost: a\r\nX: \x7f\r\n\r\n",          //
             "GET / HTTP/2.0\r\nHost: a\r\n\r\n",                     // versions
             "GET / HTTP/0.9\r\nHost: a\r\n\r\n",                     //
             "GET / http/1.1\r\nHost: a\r\n\r\n",                     //
             "GET /\r\nHost: a\r\n\r\n",                              //
             "GET  / HTTP/1.1\r\nHost: a\r\n\r\n",                    // spaces
             "GET / HTTP/1.1 \r\nHost: a\r\n\r\n",                    //
             " GET / HTTP/1.1\r\nHost: a\r\n\r\n",                    //
             "G(T / HTTP/1.1\r\nHost: a\r\n\r\n",                     // no token
             "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",             // two blank lines before
             "\x16\x03\x01\x02\r\n\r\n"}) {                           // TLS
        EXPECT_EQ(at_every_cut(bytes), "refused 400") << bytes;
    }
}

TEST(http1_parser, does_not_answer_what_is_not_http) {
    EXPECT_EQ(at_every_cut("INVALID CONNECTION PREFACE\r\n\r\n"), "refused 0");
    EXPECT_EQ(at_every_cut("GET / HTTP\r\nHost: a\r\n\r\n"), "refused 0");
}

TEST(http1_parser, refuses_lengths_that_may_be_read_in_two_ways) {
    for (const char* lines :
         {"Content-Length: 3\r\nContent-Length: 3\r\n",
          "Content-Length: 3\r\nContent-Length: 4\r\n",
          "Content-Length: 3, 3\r\n",
          "Content-Length: 3,4\r\n",
          "Content-Length:\r\n",
          "Content-Length: +3\r\n",
          "Content-Length: -3\r\n",
          "Content-Length: 0x3\r\n",
          "Content-Length: 3 3\r\n",
          "Content-Length: 18446744073709551616\r\n",
          "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n",
          "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n",
          "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
          "Transfer-Encoding: chunked, chunked\r\n",
          "Transfer-Encoding: gzip, chunked\r\n",
          "Transfer-Encoding: chunked;x=y\r\n",
          "Transfer-Encoding: identity\r\n",
          "Transfer-Encoding: xchunked\r\n",
          "Transfer-Encoding:\r\n"}) {
        EXPECT_EQ(at_every_cut(with(lines, "0\r\n\r\n")), "refused 400") << lines;
    }
    EXPECT_EQ(
        at_every_cut("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        "refused 400");
}

TEST(http1_parser, refuses_malformed_chunks) {
    const std::string head = with("Transfer-Encoding: chunked\r\n");
    const std::string told = "POST /|Host=a|Transfer-Encoding=chunked\nrefused 400";
    for (const char* body :
         {"\r\n",
          "g\r\n",
          "-1\r\n",
          "0x1\r\n",
          " 1\r\na\r\n",
          "1 \r\na\r\n",
          "1\na\r\n",
          "1\r\nab\r\n",
          "1\r\na\n",
          "1\r\na\rx",
          "00000000000000001\r\na\r\n",
          "1;x\n\r\na\r\n",
          "0\r\nname value\r\n\r\n",
          "0\r\n folded: x\r\n\r\n",
          "0\r\nname : x\r\n\r\n",
          "0\r\n: x\r\n\r\n",
          "0\r\nname: x\n\r\n",
          "0\r\n\rx"}) {
        EXPECT_EQ(at_every_cut(head + body), told) << body;
    }
}

TEST(http1_parser, bounds_the_target) {
    const auto line = [](std::size_t bytes) {
        return std::string("GET /") + std::string(bytes - 1, 'x') + " HTTP/1.1\r\nHost: a\r\n\r\n";
    };
    http::limits bounds;
    bounds.target_bytes_max = 300;
    EXPECT_EQ(at_every_cut(line(300), bounds).substr(0, 5), "GET /");
    EXPECT_EQ(at_every_cut(line(301), bounds), "refused 414");
    EXPECT_EQ(whole(line(8192)).substr(0, 5), "GET /");
    EXPECT_EQ(whole(line(8193)), "refused 414");
    // Refused when it is seen to be too long: the rest need not come.
    EXPECT_EQ(whole(std::string("GET /") + std::string(8192, 'x')), "refused 414");
    // A method without end is no target, wherever a space follows.
    EXPECT_EQ(at_every_cut(std::string(500, 'M'), bounds), "refused 400");
    EXPECT_EQ(at_every_cut(std::string(500, 'M') + line(400), bounds), "refused 400");
}

TEST(http1_parser, bounds_the_header_block) {
    // The block is all behind the request line, the blank line included.
    const auto block = [](std::size_t bytes) {
        const std::string before = "Host: a\r\nX: ";
        const std::string after = "\r\n\r\n";
        return "GET / HTTP/1.1\r\n" + before +
               std::string(bytes - before.size() - after.size(), 'x') + after;
    };
    http::limits bounds;
    bounds.header_bytes_max = 200;
    EXPECT_EQ(at_every_cut(block(200), bounds).substr(0, 5), "GET /");
    EXPECT_EQ(at_every_cut(block(201), bounds), "refused 431");
    EXPECT_EQ(whole(block(16 * 1024)).substr(0, 5), "GET /");
    EXPECT_EQ(whole(block(16 * 1024 + 1)), "refused 431");
    EXPECT_EQ(byte_by_byte(block(16 * 1024 + 1)), "refused 431");
    // Without an end in sight, too.
    EXPECT_EQ(
        whole(std::string("GET / HTTP/1.1\r\nX: ") + std::string(16 * 1024, 'x')), "refused 431");
}

TEST(http1_parser, bounds_the_number_of_fields) {
    const auto fields = [](int count) {
        std::string lines;
        for (int i = 1; i < count; ++i) lines += "X: y\r\n";
        return with(lines);
    };
    EXPECT_EQ(whole(fields(100)).substr(0, 6), "POST /");
    EXPECT_EQ(whole(fields(101)), "refused 431");
}

TEST(http1_parser, bounds_a_body_of_known_length_before_it_comes) {
    http::limits bounds;
    bounds.body_bytes_max = 10;
    EXPECT_EQ(
        at_every_cut(with("Content-Length: 10\r\n", "0123456789"), bounds),
        "POST /|Host=a|Content-Length=10\nbody '0123456789'\n");
    EXPECT_EQ(
        at_every_cut(with("Content-Length: 11\r\n"), bounds),
        "POST /|Host=a|Content-Length=11\nrefused 413");
}

TEST(http1_parser, bounds_a_chunked_body_as_it_comes) {
    http::limits bounds;
    bounds.body_bytes_max = 10;
    const std::string head = with("Transfer-Encoding: chunked\r\n");
    const std::string told = "POST /|Host=a|Transfer-Encoding=chunked\n";
    EXPECT_EQ(
        at_every_cut(head + "4\r\n0123\r\n6\r\n456789\r\n0\r\n\r\n", bounds),
        told + "body '0123456789'\n");
    EXPECT_EQ(at_every_cut(head + "4\r\n0123\r\n7\r\n", bounds), told + "refused 413");
    EXPECT_EQ(at_every_cut(head + "ffffffffffffffff\r\n", bounds), told + "refused 413");
}

TEST(http1_parser, bounds_chunk_extensions_and_trailers) {
    http::limits bounds;
    bounds.header_bytes_max = 100;
    const std::string head = with("Transfer-Encoding: chunked\r\n");
    const std::string told = "POST /|Host=a|Transfer-Encoding=chunked\n";
    const std::string extension(50, 'x');
    EXPECT_EQ(
        at_every_cut(head + "1;" + extension + "\r\na\r\n0;" + extension + "\r\n\r\n", bounds),
        told + "body 'a'\n");
    EXPECT_EQ(
        at_every_cut(head + "1;" + extension + "\r\na\r\n0;x" + extension + "\r\n\r\n", bounds),
        told + "refused 400");
    EXPECT_EQ(
        at_every_cut(head + "0\r\nA:" + std::string(98, 'x') + "\r\n\r\n", bounds),
        told + "body ''\n");
    EXPECT_EQ(
        at_every_cut(head + "0\r\nA:" + std::string(99, 'x') + "\r\n\r\n", bounds),
        told + "refused 431");
}

// Bodies around every size at which the buffers behave otherwise.
TEST(http1_parser, reads_bodies_of_all_sizes_in_all_pieces) {
    for (const std::size_t bytes :
         {1U, 7'900U, 8'100U, 8'192U, 8'193U, 65'536U, 65'537U, 200'000U, 1'048'577U}) {
        std::string body(bytes, '\0');
        for (std::size_t i = 0; i < bytes; ++i) body[i] = static_cast<char>('a' + i * 7 % 23);
        const std::string length = std::to_string(bytes);
        std::string chunks;
        for (std::size_t at = 0, piece = 1; at < bytes; at += piece, piece = piece * 3 + 1) {
            const std::string data = body.substr(at, piece);
            char size[20];
            std::snprintf(size, sizeof size, "%zx\r\n", data.size());
            chunks += size + data + "\r\n";
        }
        const std::string stream = with("Content-Length: " + length + "\r\n", body) +
                                   with("Transfer-Encoding: chunked\r\n", chunks + "0\r\n\r\n") +
                                   with("");
        const std::string told = "POST /|Host=a|Content-Length=" + length + "\nbody '" + body +
                                 "'\nPOST /|Host=a|Transfer-Encoding=chunked\nbody '" + body +
                                 "'\nPOST /|Host=a\nbody ''\n";
        EXPECT_TRUE(whole(stream) == told) << bytes;
        for (const std::size_t step : {1U, 17U, 1'460U, 70'001U}) {
            const std::string pieces =
                transcript().of(stream, [&](std::size_t fed) { return fed + step; });
            EXPECT_TRUE(pieces == told) << bytes << " in pieces of " << step;
        }
    }
}

TEST(http1_parser, takes_no_memory_on_a_peers_word) {
    for (const char* said :
         {"Content-Length: 16777216\r\n\r\nx", "Transfer-Encoding: chunked\r\n\r\n1000000\r\nx"}) {
        transcript t;
        const std::string bytes = std::string("POST / HTTP/1.1\r\nHost: a\r\n") + std::string(said);
        t.of(bytes, [&](std::size_t) { return bytes.size(); });
        (void)t.parser().room();
        EXPECT_LE(t.parser().bytes_held(), 64U * 1024 + 8U * 1024) << said;
    }
}

TEST(http1_parser, hands_large_buffers_on) {
    transcript t;
    const std::string bytes = with("Content-Length: 300000\r\n", std::string(300'000, 'x'));
    t.of(bytes, [&](std::size_t) { return bytes.size(); });
    EXPECT_LE(t.parser().bytes_held(), 8U * 1024);
    const std::size_t spare = t.spares().bytes();
    EXPECT_GE(spare, 300'000U);
    t.of(bytes, [&](std::size_t) { return bytes.size(); });
    EXPECT_EQ(t.spares().bytes(), spare);  // it was the same one

    const std::string long_head = with(std::string("X: ") + std::string(15'000, 'x') + "\r\n");
    t.of(long_head, [&](std::size_t) { return long_head.size(); });
    EXPECT_LE(t.parser().bytes_held(), 16U * 1024);
}

TEST(http1_parser, owes_100_continue_once_and_only_while_the_body_is_awaited) {
    const auto owes = [](std::string_view bytes) {
        transcript t;
        t.of(bytes, [&](std::size_t) { return bytes.size(); });
        const bool first = t.parser().owes_continue();
        EXPECT_FALSE(t.parser().owes_continue());
        return first;
    };
    EXPECT_TRUE(owes(with("Expect: 100-Continue\r\nContent-Length: 3\r\n")));
    EXPECT_TRUE(owes(with("Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n")));
    EXPECT_TRUE(owes(with("Expect: 100-continue\r\nContent-Length: 9999\r\n")));
    EXPECT_FALSE(owes(with("Expect: 100-continue\r\nContent-Length: 3\r\n", "a")));
    EXPECT_FALSE(owes(with("Expect: 100-continue\r\nContent-Length: 3\r\n", "abc")));
    EXPECT_FALSE(owes(with("Expect: 100-continue\r\nContent-Length: 0\r\n")));
    EXPECT_FALSE(owes(with("Content-Length: 3\r\n")));
    EXPECT_FALSE(owes("POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n"));
}

}  // namespace
}  // namespace kinetide::testing
