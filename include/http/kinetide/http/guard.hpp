// Who may speak to us: judged from a request's head alone, before any work.  The rules are in
// docs/configuration.md; refusals are 403 with one JSON line that names the flag.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kinetide::http {

struct guard_options {
    std::vector<std::string> allowed_hosts;  // --allowed-hosts: names, or "*"
    std::vector<std::string> cors_origins;   // --cors-origin: origins, or "*"
};

struct request;

class guard {
public:
    explicit guard(guard_options o);
    // Empty when the request may pass, else the JSON line of the refusal.
    [[nodiscard]] std::string refusal_of(const request& r) const;

private:
    guard_options options_;
};

}  // namespace kinetide::http
