// The forms that values of settings take, as plain predicates and readers.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kinetide::program {

using instant_ms = std::chrono::sys_time<std::chrono::milliseconds>;

// The values between commas, without blanks around them.  Empty text holds none; two commas in a
// row hold an empty one, which no form accepts.
[[nodiscard]] std::vector<std::string_view> split(std::string_view text);

// Decimal digits only: no sign, no blank, no unit.
[[nodiscard]] std::optional<std::uint64_t> parse_number(
    std::string_view text, std::uint64_t least, std::uint64_t most);

// 2026-01-01T00:00:00Z, from 1970 on, with at most three digits of a second's fraction.
[[nodiscard]] std::optional<instant_ms> parse_instant(std::string_view text);
[[nodiscard]] std::string instant_text(instant_ms t);

// Adds the IP literals that `text` means; false when it means none.
bool add_addresses(std::string_view text, std::vector<std::string>& out);
// Adds `text` if it is an origin as browsers send it, or `*`.
bool add_origin(std::string_view text, std::vector<std::string>& out);
// Adds `text` if it is a host's name without port, a dot and a domain, or `*`.
bool add_host_name(std::string_view text, std::vector<std::string>& out);

[[nodiscard]] bool is_account_id(std::string_view text);
[[nodiscard]] bool is_region(std::string_view text);
[[nodiscard]] bool is_path(std::string_view text);

}  // namespace kinetide::program
