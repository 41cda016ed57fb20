#include "answers.hpp"

#include <memory>
#include <utility>

namespace kinetide::service {
namespace {

// The transport knows no codec, and the codec no transport.
class encoded_body final : public http::body_source {
public:
    explicit encoded_body(std::unique_ptr<wire::body> inner) : inner_(std::move(inner)) {}
    [[nodiscard]] std::uint64_t size() const override { return inner_->size(); }
    bool next(std::string& out, std::size_t bytes_wanted) override {
        return inner_->next(out, bytes_wanted);
    }

private:
    std::unique_ptr<wire::body> inner_;
};

http::response with_content_type(int status, std::string_view type, std::string body) {
    http::response r;
    r.status = status;
    r.fields.emplace_back("Content-Type", type);
    r.body = std::move(body);
    return r;
}

}  // namespace

std::string_view content_type_of(wire::form f) {
    return f == wire::form::json ? content_type_json : content_type_cbor;
}

http::response success(wire::form f, operations::answer a) {
    constexpr std::uint64_t at_once_bytes_max = 64 * 1024;
    http::response r = with_content_type(200, content_type_of(f), std::move(a.bytes));
    if (!a.later) return r;
    const std::uint64_t size = a.later->size();
    if (size <= at_once_bytes_max) {
        r.body.reserve(size);
        while (a.later->next(r.body, size)) {
        }
    } else {
        r.source = std::make_unique<encoded_body>(std::move(a.later));
    }
    return r;
}

http::response events(std::unique_ptr<http::body_stream> messages) {
    http::response r = with_content_type(200, content_type_events, {});
    r.stream = std::move(messages);
    return r;
}

http::response error(wire::form f, const refusal& r) {
    const std::string* message = r.message.empty() ? nullptr : &r.message;
    http::response out = with_content_type(
        r.status, content_type_of(f), wire::encode_error(f, r.code, message, false));
    out.fields.emplace_back("x-amzn-ErrorType", r.code);
    return out;
}

http::response serialization_error(wire::form f, std::string_view message) {
    constexpr std::string_view type = "SerializationException";
    if (message.empty()) return error_without_message(f, type);
    const std::string text(message);
    // Capital Message: it is the framework's own error (observed).
    http::response out =
        with_content_type(400, content_type_of(f), wire::encode_error(f, type, &text, true));
    out.fields.emplace_back("x-amzn-ErrorType", type);
    return out;
}

http::response error_without_message(wire::form f, std::string_view type) {
    return error(f, refusal{type, {}});
}

http::response access_denied_xml() {
    http::response r;
    r.status = 403;
    r.body =
        "<AccessDeniedException>\n"
        "  <Message>Unable to determine service/operation name to be authorized</Message>\n"
        "</AccessDeniedException>\n";
    return r;
}

http::response unknown_operation_xml() {
    http::response r;
    r.status = 404;
    r.body = "<UnknownOperationException/>\n";
    return r;
}

http::response coral_error(int status, std::string_view type) {
    std::string body = R"({"Output":{"__type":"com.amazon.coral.service#)";
    body.append(type).append(R"("},"Version":"1.0"})");
    return with_content_type(status, content_type_plain_json, std::move(body));
}

http::response preflight(const http::request& asked) {
    http::response r;
    r.fields.emplace_back("Access-Control-Allow-Origin", "*");
    if (const auto* headers = asked.find("access-control-request-headers")) {
        r.fields.emplace_back("Access-Control-Allow-Headers", *headers);
    }
    if (const auto* method = asked.find("access-control-request-method")) {
        r.fields.emplace_back("Access-Control-Allow-Methods", *method);
    }
    r.fields.emplace_back("Access-Control-Max-Age", "172800");
    return r;
}

void allow_origin(http::response& r) {
    r.fields.emplace_back("Access-Control-Allow-Origin", "*");
    r.fields.emplace_back(
        "Access-Control-Expose-Headers",
        "x-amzn-RequestId,x-amzn-ErrorType,x-amz-request-id,x-amz-id-2,"
        "x-amzn-ErrorMessage,Date");
}

}  // namespace kinetide::service
