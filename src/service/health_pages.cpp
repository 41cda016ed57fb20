#include "health_pages.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "answers.hpp"

namespace kinetide::service {
namespace {

enum class page { own, localstack, parts, word };

struct place {
    std::string_view path;
    page shows;
};

constexpr std::array<place, 6> places{{
    {"/health", page::own},
    {"/healthcheck", page::own},                // kinesis-mock's
    {"/_localstack/health", page::localstack},  // LocalStack's
    {"/_health", page::parts},                  // ferrokinesis' three
    {"/_health/live", page::word},
    {"/_health/ready", page::word},
}};

const place* place_of(const http::request& r) {
    if (r.method != "GET" && r.method != "HEAD") return nullptr;
    const std::string_view path = r.target.substr(0, r.target.find('?'));
    const auto* const found =
        std::find_if(places.begin(), places.end(), [&](const place& p) { return p.path == path; });
    return found == places.end() ? nullptr : found;
}

std::string own_page(const health_state& s) {
    return R"({"status":"ok","version":")" + s.version + R"(","uptime_seconds":)" +
           std::to_string(s.uptime_seconds) + R"(,"streams":)" + std::to_string(s.streams) + "}\n";
}

std::string localstack_page(const health_state& s) {
    return R"({"services":{"kinesis":"running"},"edition":"kinetide","version":")" + s.version +
           "\"}\n";
}

}  // namespace

std::optional<http::response> health_pages::answer(const visit& v) {
    const place* const asked = place_of(v.asked);
    if (asked == nullptr) return std::nullopt;
    http::response out;
    std::string_view type = content_type_plain_json;
    switch (asked->shows) {
        case page::own: out.body = own_page(state_()); break;
        case page::localstack: out.body = localstack_page(state_()); break;
        case page::parts:
            out.body = R"({"status":"UP","components":{"store":{"status":"UP"}}})"
                       "\n";
            break;
        case page::word:
            type = "text/plain";
            out.body = "OK";
            break;
    }
    out.fields.emplace_back("Content-Type", type);
    return out;
}

}  // namespace kinetide::service
