#include "authority_page.hpp"

#include <utility>

#include "answers.hpp"

namespace kinetide::service {

bool asks_for_authority(const http::request& r) {
    return (r.method == "GET" || r.method == "HEAD") && r.target == "/_kinetide/ca.pem";
}

http::response authority_page(std::string pem) {
    http::response out;
    if (pem.empty()) {
        out.status = 404;
        out.fields.emplace_back("Content-Type", content_type_plain_json);
        out.body = R"({"message":"TLS is off, or has the certificate of --tls-cert"})"
                   "\n";
        return out;
    }
    out.fields.emplace_back("Content-Type", "application/x-pem-file");
    out.body = std::move(pem);
    return out;
}

}  // namespace kinetide::service
