#include "metric_desk.hpp"

#include <array>
#include <string>

#include "authentication.hpp"
#include "aws_answers.hpp"

namespace kinetide::service {
namespace {

constexpr std::string_view target_prefix = "GraniteServiceVersion20100801.";
constexpr std::string_view path_prefix = "/service/GraniteServiceVersion20100801/operation/";
constexpr std::string_view version = "2010-08-01";

// A call and its body, which is `inflated` where it came smaller.
struct question {
    metrics::protocol in = metrics::protocol::query;
    std::string operation;
    std::string_view sent;
    std::optional<std::string> inflated;
    std::optional<refusal> wrong;

    [[nodiscard]] std::string_view body() const { return inflated ? *inflated : sent; }
};

bool is_gzip(const http::request& r) {
    const std::string_view* encoding = r.find("content-encoding");
    return encoding != nullptr && (*encoding == "gzip" || *encoding == "GZIP");
}

void read_body(const http::request& r, question& q) {
    q.sent = r.body;
    if (is_gzip(r)) {
        auto inflated = metrics::inflate(r.body, metrics::body_bytes_max);
        if (!inflated) {
            q.wrong = refusal{
                "InvalidParameterValueException",
                "The body is not gzip, or holds more than 1 MiB: send fewer values at once."};
            return;
        }
        q.inflated = std::move(*inflated);
    }
    if (q.body().size() > metrics::body_bytes_max) {
        q.wrong = refusal{
            "RequestEntityTooLarge",
            "The body holds more than 1 MiB: send fewer values at once.",
            413};
    }
}

// Nothing when it is not for CloudWatch.
std::optional<question> question_in(const http::request& r) {
    question q;
    const std::string_view* target = r.find("x-amz-target");
    if (r.method != "POST") return std::nullopt;
    if (target != nullptr && target->starts_with(target_prefix)) {
        q.in = metrics::protocol::json;
        q.operation = target->substr(target_prefix.size());
        read_body(r, q);
        return q;
    }
    if (r.target.starts_with(path_prefix)) {
        q.in = metrics::protocol::cbor;
        q.operation = r.target.substr(path_prefix.size());
        read_body(r, q);
        return q;
    }
    if (target != nullptr || content_type_in(r) != content_type_form) return std::nullopt;
    read_body(r, q);
    if (q.wrong && is_gzip(r)) return q;  // no other form comes smaller
    if (metrics::form_value(q.body(), "Version") != version) return std::nullopt;
    q.operation = metrics::form_value(q.body(), "Action").value_or("");
    return q;
}

}  // namespace

std::optional<http::response> metric_desk::answer(const visit& v) {
    auto asked = question_in(v.asked);
    if (!asked) return std::nullopt;
    if (v.note != nullptr) v.note->operation = "CloudWatch";
    const metrics::naming names{metrics::cloudwatch_namespace, asked->operation, v.request_id};
    if (auth_ != auth_mode::off && !asked->wrong) asked->wrong = signature_refusal(v.asked);
    if (asked->wrong) return refused(asked->in, std::move(*asked->wrong), names);

    const engine::tenant_id caller = caller_of(v.asked, defaults_);
    if (asked->operation != "PutMetricData") before_reading_();
    const auto out = cloudwatch_.answer(
        asked->in, asked->operation, asked->body(), {caller.account_id, caller.region});
    if (!out) return refused(asked->in, out.error(), names);
    return said(asked->in, *out, names);
}

}  // namespace kinetide::service
