#include "aws_answers.hpp"

#include <utility>

namespace kinetide::service {
namespace {

std::string_view content_type_of(metrics::protocol p) {
    switch (p) {
        case metrics::protocol::query: return "text/xml";
        case metrics::protocol::json: return "application/x-amz-json-1.0";
        case metrics::protocol::cbor: return "application/cbor";
    }
    return {};
}

http::response with_headers(metrics::protocol p, int status, std::string body) {
    http::response out;
    out.status = status;
    out.body = std::move(body);
    out.fields.emplace_back("Content-Type", content_type_of(p));
    // Some SDKs take no answer for one without it.
    if (p == metrics::protocol::cbor) out.fields.emplace_back("smithy-protocol", "rpc-v2-cbor");
    return out;
}

}  // namespace

std::string_view content_type_in(const http::request& r) {
    const std::string_view* field = r.find("content-type");
    if (field == nullptr) return {};
    std::string_view type = field->substr(0, field->find(';'));
    while (type.starts_with(' ')) type.remove_prefix(1);
    while (type.ends_with(' ')) type.remove_suffix(1);
    return type;
}

http::response said(
    metrics::protocol p, const metrics::value_members& what, const metrics::naming& names) {
    return with_headers(p, 200, metrics::encode(p, what, names));
}

http::response refused(metrics::protocol p, refusal why, const metrics::naming& names) {
    http::response out = with_headers(p, why.status, metrics::encode_error(p, why, names));
    if (p == metrics::protocol::query) return out;
    // The SDKs of today still know these errors by the codes of the query protocol.
    std::string code(metrics::query_code(why.code));
    code += why.status < 500 ? ";Sender" : ";Receiver";
    out.fields.emplace_back("x-amzn-query-error", std::move(code));
    out.fields.emplace_back("x-amzn-ErrorType", why.code);
    return out;
}

}  // namespace kinetide::service
