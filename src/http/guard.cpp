#include <kinetide/http/guard.hpp>

#include <algorithm>
#include <array>
#include <utility>

#include <kinetide/http/message.hpp>

#include "ascii.hpp"
#include "authority.hpp"
#include "plain_answer.hpp"

namespace kinetide::http {
namespace {

// Names that no stranger's DNS can point at this machine, and AWS's own, which people map here.
constexpr std::array<std::string_view, 8> trusted_endings{
    ".localhost",
    ".local",
    ".internal",
    ".test",
    ".svc",
    ".svc.cluster.local",
    ".localhost.localstack.cloud",
    ".amazonaws.com"};

bool holds_star(const std::vector<std::string>& list) {
    return std::find(list.begin(), list.end(), "*") != list.end();
}

// `.example.com` stands for every name below it and for itself.
bool is_allowed(std::string_view host, std::string_view rule) {
    if (rule.starts_with('.')) return ends_with_text(host, rule) || same_text(host, rule.substr(1));
    const auto wanted = read_authority(rule);
    return wanted && same_text(host, wanted->host);
}

bool may_be_called(const authority& a, const std::vector<std::string>& allowed) {
    // A page reaches us under an address or a single label only if it was loaded from there: a
    // stranger's name that resolves to this machine always has a dot.
    if (a.what != authority::kind::name) return true;
    if (a.host.find('.') == std::string_view::npos) return true;
    for (const std::string_view ending : trusted_endings) {
        if (ends_with_text(a.host, ending)) return true;
    }
    return holds_star(allowed) ||
           std::any_of(allowed.begin(), allowed.end(), [&](const std::string& rule) {
               return is_allowed(a.host, rule);
           });
}

bool is_loopback_origin(std::string_view origin) {
    const std::size_t mark = origin.find("://");
    if (mark == std::string_view::npos) return false;
    const std::string_view scheme = origin.substr(0, mark);
    if (!same_text(scheme, "http") && !same_text(scheme, "https")) return false;
    const auto where = read_authority(origin.substr(mark + 3));
    return where && is_loopback(*where);
}

bool is_listed_origin(std::string_view origin, const std::vector<std::string>& listed) {
    return std::any_of(listed.begin(), listed.end(), [&](std::string_view rule) {
        if (rule.ends_with('/')) rule.remove_suffix(1);
        return same_text(origin, rule);
    });
}

// The fields that the guard judges by, and whether one came twice.
struct evidence {
    const std::string_view* host = nullptr;
    const std::string_view* origin = nullptr;
    const std::string_view* fetch_site = nullptr;
    bool repeated = false;
};

evidence collect(const std::vector<field>& fields) {
    evidence found;
    const auto take = [&](const std::string_view*& slot, const field& f, std::string_view name) {
        if (!same_text(f.name, name)) return;
        if (slot != nullptr) found.repeated = true;
        slot = &f.value;
    };
    for (const field& f : fields) {
        switch (f.name.size()) {
            case 4: take(found.host, f, "Host"); break;
            case 6: take(found.origin, f, "Origin"); break;
            case 14: take(found.fetch_site, f, "Sec-Fetch-Site"); break;
            default: break;
        }
    }
    return found;
}

std::string host_refusal(const evidence& found, bool from_loopback, const guard_options& options) {
    if (found.host == nullptr) {
        if (from_loopback) return {};
        return json_line(
            "A request without Host is answered on this machine only: send Host, and "
            "see --allowed-hosts");
    }
    const auto called = read_authority(*found.host);
    if (!called) {
        return json_line(
            "Host '" + shown(*found.host) +
            "' is malformed: no --allowed-hosts lets "
            "it in");
    }
    if (may_be_called(*called, options.allowed_hosts)) return {};
    const std::string host = shown(called->host);
    return json_line(
        "Host '" + host + "' is not allowed: start with --allowed-hosts " + host + " to allow it");
}

std::string origin_refusal(const evidence& found, const guard_options& options) {
    if (holds_star(options.cors_origins)) return {};
    if (found.origin != nullptr) {
        if (is_loopback_origin(*found.origin)) return {};
        if (is_listed_origin(*found.origin, options.cors_origins)) return {};
        const std::string origin = shown(*found.origin);
        return json_line(
            "Origin '" + origin + "' is not allowed: start with --cors-origin '" + origin +
            "' to allow it");
    }
    if (found.fetch_site != nullptr && same_text(*found.fetch_site, "cross-site")) {
        return json_line(
            "A cross-site request without Origin is not allowed: start with "
            "--cors-origin '*' to allow it");
    }
    return {};
}

}  // namespace

guard::guard(guard_options o) : options_(std::move(o)) {}

std::string guard::refusal_of(const request& r) const {
    const evidence found = collect(r.fields);
    if (found.repeated) {
        return json_line(
            "Host, Origin and Sec-Fetch-Site may each come once; what --allowed-hosts "
            "and --cors-origin let in is not judged otherwise");
    }
    std::string refusal = host_refusal(found, r.from_loopback, options_);
    return refusal.empty() ? origin_refusal(found, options_) : refusal;
}

}  // namespace kinetide::http
