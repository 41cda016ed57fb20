#include "authority_page.hpp"

#include "answers.hpp"

namespace kinetide::service {

std::optional<http::response> authority_page::answer(const visit& v) {
    const bool reads = v.asked.method == "GET" || v.asked.method == "HEAD";
    if (!pem_ || !reads || v.asked.target != "/_kinetide/ca.pem") return std::nullopt;
    http::response out;
    out.body = pem_();
    if (out.body.empty()) {
        out.status = 404;
        out.fields.emplace_back("Content-Type", content_type_plain_json);
        out.body = R"({"message":"TLS is off, or has the certificate of --tls-cert"})"
                   "\n";
        return out;
    }
    out.fields.emplace_back("Content-Type", "application/x-pem-file");
    return out;
}

}  // namespace kinetide::service
