// Byte strings, which requests and items have as base64.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace kinetide::leases {

// Nothing when the text is no base64 with its padding.
std::optional<std::string> bytes_of(std::string_view base64);

// How many they are; for what bytes_of() knows.
std::size_t byte_count(std::string_view base64);

}  // namespace kinetide::leases
