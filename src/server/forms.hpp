// The forms that values of settings take, as plain predicates and readers.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <kinetide/server.hpp>

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

// Adds `text` if it is an IP literal, or a host's name that may begin with `*.`.
bool add_certificate_name(std::string_view text, std::vector<std::string>& out);

inline constexpr std::string_view streams_form =
    "name, name:shards or name:shards:region, separated by commas";
[[nodiscard]] std::optional<settings::initial_stream> parse_initial_stream(std::string_view text);

inline constexpr std::string_view probability_form = "a number from 0 to 1, like 0.25";
[[nodiscard]] std::optional<double> parse_probability(std::string_view text);
// As few digits as give the same number back.
[[nodiscard]] std::string shortest_text(double value);

// `500ms`, `5s`, `2 seconds` and the like; what is finer than a millisecond is rounded up.
inline constexpr std::string_view duration_form =
    "a duration of at most a day, like 500ms, 5s or 2 seconds";
[[nodiscard]] std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

// `true`, `false`, `1` or `0`, in either case.
inline constexpr std::string_view boolean_form = "true or false";
[[nodiscard]] std::optional<bool> parse_boolean(std::string_view text);

[[nodiscard]] std::string lower_case(std::string_view text);

[[nodiscard]] bool is_account_id(std::string_view text);
[[nodiscard]] bool is_region(std::string_view text);
[[nodiscard]] bool is_path(std::string_view text);

}  // namespace kinetide::program
