// Who may speak to the server: by Host, Origin and Sec-Fetch-Site.

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <kinetide/http/guard.hpp>
#include <kinetide/http/message.hpp>

namespace kinetide::testing {
namespace {

std::string refusal(
    std::vector<http::field> fields, http::guard_options options = {}, bool from_loopback = true) {
    http::request r;
    r.fields = std::move(fields);
    r.from_loopback = from_loopback;
    return http::guard(std::move(options)).refusal_of(r);
}

bool host_passes(std::string_view host, std::vector<std::string> allowed = {}) {
    return refusal({{"host", host}}, {std::move(allowed), {}}).empty();
}

bool origin_passes(std::string_view origin, std::vector<std::string> allowed = {}) {
    return refusal({{"Host", "localhost"}, {"origin", origin}}, {{}, std::move(allowed)}).empty();
}

TEST(http_guard, lets_in_names_that_no_stranger_can_own) {
    for (const char* host :
         {"localhost",
          "LOCALHOST:4567",
          "localhost.",
          "kinetide",
          "my_kinesis:4567",
          "2130706433",
          "127.0.0.1",
          "10.1.2.3:80",
          "8.8.8.8",
          "[::1]",
          "[::1]:4567",
          "[fe80::1]:65535",
          "a.localhost",
          "x.y.Local",
          "host.docker.internal:4567",
          "a.test",
          "kinesis.ns.svc",
          "kinesis.ns.svc.cluster.local:4567",
          "kinesis.us-east-1.localhost.localstack.cloud:4566",
          "kinesis.us-east-1.amazonaws.com",
          "KINESIS.eu-west-1.AMAZONAWS.com.:443"}) {
        EXPECT_TRUE(host_passes(host)) << host;
    }
}

TEST(http_guard, refuses_other_names) {
    for (const char* host :
         {"evil.com",
          "localhost.evil.com",
          "evillocalhost.com",
          "amazonaws.com",
          "127.0.0.1.nip.io",
          "127.1",
          "1.2.3.4.5",
          "256.1.1.1",
          "localstack.cloud",
          "evil.com:4567"}) {
        EXPECT_FALSE(host_passes(host)) << host;
    }
}

TEST(http_guard, refuses_malformed_hosts_whatever_is_allowed) {
    const std::string long_label(64, 'a');
    for (const std::string& host : std::vector<std::string>{
             "",
             ".",
             ".localhost",
             "a..localhost",
             "localhost..",
             "localhost:",
             "localhost:x",
             "localhost:65536",
             "localhost:000080",
             "localhost:80:80",
             "user@localhost",
             "local host",
             "localhost/path",
             "localhost,evil.com",
             "[::1",
             "[::1]x",
             "[::1]:",
             "[localhost]",
             "[fe80::1%eth0]",
             "::1",
             long_label,
             "caf\xc3\xa9.localhost"}) {
        EXPECT_FALSE(host_passes(host, {"*"})) << host;
    }
}

TEST(http_guard, allowed_hosts_add_names) {
    EXPECT_TRUE(host_passes("Example.com:8080", {"example.COM"}));
    EXPECT_TRUE(host_passes("example.com", {"other.com", "example.com:4567"}));
    EXPECT_FALSE(host_passes("a.example.com", {"example.com"}));
    EXPECT_TRUE(host_passes("a.b.example.com", {".example.com"}));
    EXPECT_TRUE(host_passes("example.com", {".example.com"}));
    EXPECT_FALSE(host_passes("badexample.com", {".example.com"}));
    EXPECT_TRUE(host_passes("evil.com", {"*"}));
}

TEST(http_guard, lets_in_pages_of_this_machine) {
    for (const char* origin :
         {"http://localhost",
          "https://localhost:3000",
          "HTTP://LocalHost:1",
          "http://app.localhost:5173",
          "http://127.0.0.1:8080",
          "http://127.255.0.9",
          "http://[::1]:3000"}) {
        EXPECT_TRUE(origin_passes(origin)) << origin;
    }
}

TEST(http_guard, refuses_foreign_pages) {
    for (const char* origin :
         {"null",
          "",
          "http://evil.com",
          "http://localhost.evil.com",
          "http://evillocalhost",
          "http://10.0.0.1",
          "http://128.0.0.1",
          "http://[::2]",
          "http://localhost/",
          "http://user@localhost",
          "ftp://localhost",
          "file://",
          "chrome-extension://abcdef",
          "localhost"}) {
        EXPECT_FALSE(origin_passes(origin)) << origin;
    }
}

TEST(http_guard, cors_origins_add_pages) {
    EXPECT_TRUE(origin_passes("https://app.example.com", {"https://app.example.com/"}));
    EXPECT_FALSE(origin_passes("https://app.example.com:1", {"https://app.example.com"}));
    EXPECT_FALSE(origin_passes("http://app.example.com", {"https://app.example.com"}));
    EXPECT_TRUE(origin_passes("null", {"*"}));
    EXPECT_TRUE(origin_passes("http://evil.com", {"*"}));
}

TEST(http_guard, without_origin_the_browser_tells_of_another_site) {
    const http::field host{"Host", "localhost"};
    EXPECT_FALSE(refusal({host, {"Sec-Fetch-Site", "cross-site"}}).empty());
    EXPECT_FALSE(refusal({host, {"sec-fetch-site", "Cross-Site"}}).empty());
    for (const char* site : {"same-origin", "same-site", "none"}) {
        EXPECT_TRUE(refusal({host, {"Sec-Fetch-Site", site}}).empty()) << site;
    }
    // With an Origin, it alone decides.
    const http::field cross{"Sec-Fetch-Site", "cross-site"};
    EXPECT_TRUE(refusal({host, {"Origin", "http://localhost:1"}, cross}).empty());
    EXPECT_FALSE(
        refusal({host, {"Origin", "http://evil.com"}, {"Sec-Fetch-Site", "none"}}).empty());
    EXPECT_TRUE(refusal({host, cross}, {{}, {"*"}}).empty());
}

TEST(http_guard, refuses_fields_that_come_twice) {
    const http::field host{"Host", "localhost"};
    const http::field origin{"Origin", "http://localhost"};
    const http::field site{"Sec-Fetch-Site", "none"};
    EXPECT_FALSE(refusal({host, host}, {{"*"}, {"*"}}).empty());
    EXPECT_FALSE(refusal({host, origin, origin}).empty());
    EXPECT_FALSE(refusal({host, site, site}).empty());
}

TEST(http_guard, without_host_only_this_machine_may_ask) {
    EXPECT_TRUE(refusal({}, {}, true).empty());
    EXPECT_FALSE(refusal({}, {}, false).empty());
    EXPECT_FALSE(refusal({{"Host", "evil.com"}}, {}, true).empty());
}

TEST(http_guard, refusals_are_one_json_line_that_names_the_flag) {
    EXPECT_EQ(
        refusal({{"Host", "evil.com:80"}}),
        "{\"message\":\"Host 'evil.com' is not allowed: start with --allowed-hosts evil.com to "
        "allow it\"}\n");
    EXPECT_EQ(
        refusal({{"Host", "localhost"}, {"Origin", "http://evil.com"}}),
        "{\"message\":\"Origin 'http://evil.com' is not allowed: start with --cors-origin "
        "'http://evil.com' to allow it\"}\n");
    // What a peer sends cannot break the line, nor make it long.
    const std::string strange = std::string("\"\\\n<\xff") + std::string(500, 'x');
    const std::string line = refusal({{"Host", strange}});
    EXPECT_NE(
        line.find("'??"
                  "?<?xxx"),
        std::string::npos)
        << line;
    EXPECT_LT(line.size(), 250U);
    EXPECT_NE(line.find("--allowed-hosts"), std::string::npos);
}

}  // namespace
}  // namespace kinetide::testing
