#include "identity_desk.hpp"

#include <string>

#include <kinetide/model/arn.hpp>

#include "authentication.hpp"
#include "aws_answers.hpp"

namespace kinetide::service {
namespace {

constexpr std::string_view version = "2011-06-15";
constexpr std::string_view xml_namespace = "https://sts.amazonaws.com/doc/2011-06-15/";
constexpr std::string_view get_caller_identity = "GetCallerIdentity";
constexpr std::size_t body_bytes_max = 64 * 1024;  // of a call that has no members of its own

bool asks_sts(const http::request& r) {
    return r.method == "POST" && content_type_in(r) == content_type_form &&
           r.body.size() <= body_bytes_max && metrics::form_value(r.body, "Version") == version;
}

}  // namespace

std::optional<http::response> identity_desk::answer(const visit& v) {
    if (!asks_sts(v.asked)) return std::nullopt;
    constexpr auto query = metrics::protocol::query;
    const std::string action = metrics::form_value(v.asked.body, "Action").value_or("");
    const metrics::naming names{xml_namespace, action, v.request_id};
    if (v.note != nullptr) v.note->operation = get_caller_identity;
    if (auth_ != auth_mode::off) {
        if (auto wrong = signature_refusal(v.asked)) {
            return refused(query, std::move(*wrong), names);
        }
    }
    if (action != get_caller_identity) {
        return refused(
            query,
            {"InvalidAction", "Kinetide serves GetCallerIdentity of STS, and nothing else."},
            names);
    }
    const engine::tenant_id caller = caller_of(v.asked, defaults_);
    const std::string& account = caller.account_id;
    const std::string arn =
        "arn:" + std::string(partition_of(caller.region)) + ":iam::" + account + ":root";
    const metrics::value_members identity{{"Arn", arn}, {"UserId", account}, {"Account", account}};
    return said(query, identity, names);
}

}  // namespace kinetide::service
