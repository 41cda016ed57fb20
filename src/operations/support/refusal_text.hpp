// What the makers of refusals share: the codes, and text joined from pieces.
#pragma once

#include <string>
#include <string_view>

#include <kinetide/operations/refusals.hpp>

namespace kinetide::operations::refusals {

inline constexpr std::string_view access_denied_code = "AccessDeniedException";
inline constexpr std::string_view expired_iterator = "ExpiredIteratorException";
inline constexpr std::string_view expired_next_token = "ExpiredNextTokenException";
inline constexpr std::string_view invalid_argument = "InvalidArgumentException";
inline constexpr std::string_view limit_exceeded = "LimitExceededException";
inline constexpr std::string_view not_found = "ResourceNotFoundException";
inline constexpr std::string_view in_use = "ResourceInUseException";
inline constexpr std::string_view throughput_exceeded = "ProvisionedThroughputExceededException";
inline constexpr std::string_view throttling = "ThrottlingException";
inline constexpr std::string_view validation = "ValidationException";

inline std::string piece(std::string_view text) { return std::string(text); }
inline std::string piece(std::int64_t number) { return std::to_string(number); }

template <class... Pieces>
std::string text(const Pieces&... pieces) {
    std::string out;
    (out.append(piece(pieces)), ...);
    return out;
}

// "<S> under account <acct>"
inline std::string named(const engine::stream_id& stream) {
    return text(stream.name, " under account ", stream.tenant.account_id);
}
inline std::string in_stream(const engine::stream_id& stream) {
    return text(" in stream ", named(stream));
}
inline std::string in_stream(std::string_view stream, std::string_view account) {
    return text(" in stream ", stream, " under account ", account);
}

// "Thu Jan 22 01:22:02 UTC 2015"
std::string java_date(instant t);

}  // namespace kinetide::operations::refusals
