#include "lease_desk.hpp"

#include <zlib.h>

#include <string>
#include <utility>

#include "authentication.hpp"

namespace kinetide::service {
namespace {

constexpr std::string_view target_prefix = "DynamoDB_20120810.";

// The Go SDK warns of every answer without it.
std::string checksum(std::string_view body) {
    const auto* const at = reinterpret_cast<const Bytef*>(body.data());
    return std::to_string(crc32_z(0, at, body.size()));
}

http::response response_of(leases::reply said) {
    http::response out;
    out.status = said.status;
    out.fields.emplace_back("Content-Type", "application/x-amz-json-1.0");
    out.fields.emplace_back("x-amz-crc32", checksum(said.body));
    out.body = std::move(said.body);
    return out;
}

}  // namespace

std::optional<http::response> lease_desk::answer(const visit& v) {
    const std::string_view* const target = v.asked.find("x-amz-target");
    if (target == nullptr || !target->starts_with(target_prefix)) return std::nullopt;
    const std::string_view operation = target->substr(target_prefix.size());
    if (v.note != nullptr) v.note->operation = operation;
    if (auth_ != auth_mode::off) {
        if (const auto no = signature_refusal(v.asked)) {
            return response_of(leases::store::error(no->code, no->message));
        }
    }
    const engine::tenant_id caller = caller_of(v.asked, defaults_);
    return response_of(store_.answer({caller.account_id, caller.region}, operation, v.asked.body));
}

}  // namespace kinetide::service
