// The head of an answer.

#include "../../../src/http/response_head.hpp"

#include <gtest/gtest.h>

namespace kinetide::testing {
namespace {

class endless_source final : public http::body_source {
public:
    [[nodiscard]] std::uint64_t size() const override { return 18446744073709551615U; }
    bool next(std::string&, std::size_t) override { return false; }
};

class silent_stream final : public http::body_stream {
public:
    void opened(std::function<void()>) override {}
    state next(std::string&, std::size_t) override { return state::ended; }
};

std::string head_of(
    const http::response& r,
    http::connection_field connection = http::connection_field::none,
    bool chunked = false) {
    std::string out;
    http::append_head(out, r, chunked, "D", connection);
    return out;
}

TEST(http_response_head, has_the_fields_in_order_then_the_transports_own) {
    http::response r;
    r.fields.emplace_back("x-b", "1");
    r.fields.emplace_back("x-a", "2");
    EXPECT_EQ(
        head_of(r), "HTTP/1.1 200 OK\r\nx-b: 1\r\nx-a: 2\r\nDate: D\r\nContent-Length: 0\r\n\r\n");
    r.source = std::make_unique<endless_source>();
    EXPECT_EQ(
        head_of(r, http::connection_field::close),
        "HTTP/1.1 200 OK\r\nx-b: 1\r\nx-a: 2\r\nDate: D\r\n"
        "Content-Length: 18446744073709551615\r\nConnection: close\r\n\r\n");
}

TEST(http_response_head, what_has_no_end_yet_has_no_length) {
    http::response r;
    r.stream = std::make_unique<silent_stream>();
    EXPECT_EQ(
        head_of(r, http::connection_field::none, true),
        "HTTP/1.1 200 OK\r\nDate: D\r\nTransfer-Encoding: chunked\r\n\r\n");
    EXPECT_EQ(
        head_of(r, http::connection_field::close),
        "HTTP/1.1 200 OK\r\nDate: D\r\nConnection: close\r\n\r\n");
}

TEST(http_response_head, a_204_has_no_length) {
    http::response r;
    r.status = 204;
    EXPECT_EQ(head_of(r), "HTTP/1.1 204 No Content\r\nDate: D\r\n\r\n");
}

TEST(http_response_head, a_value_cannot_begin_another_field) {
    http::response r;
    r.fields.emplace_back("x", std::string("a\r\nSet-Cookie: b\0c\td", 20));
    EXPECT_NE(head_of(r).find("\r\nx: a  Set-Cookie: b c\td\r\n"), std::string::npos);
}

TEST(http_response_head, dates_are_imf_fixdates) {
    http::date_line date;
    EXPECT_EQ(date.at(784111777), "Sun, 06 Nov 1994 08:49:37 GMT");
    EXPECT_EQ(date.at(784111777), "Sun, 06 Nov 1994 08:49:37 GMT");
    EXPECT_EQ(date.at(784111778), "Sun, 06 Nov 1994 08:49:38 GMT");
    EXPECT_EQ(date.at(0), "Thu, 01 Jan 1970 00:00:00 GMT");
    EXPECT_EQ(date.at(1709164800), "Thu, 29 Feb 2024 00:00:00 GMT");
}

}  // namespace
}  // namespace kinetide::testing
