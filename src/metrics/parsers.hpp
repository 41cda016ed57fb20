// From a body to a tree, each protocol in its own way.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace kinetide::metrics {

// No call of CloudWatch is nested as deeply.
inline constexpr int depth_max = 16;

std::optional<nlohmann::json> parse_form(std::string_view body);

// One whole CBOR item, not too deep, whose lengths do not exceed it, without its tags: what the
// library can be given, which recurses and refuses a time's tag.  Nothing for anything else.
std::optional<std::string> untagged_cbor(std::string_view body);

}  // namespace kinetide::metrics
