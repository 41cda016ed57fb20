#include <kinetide/metrics/protocol.hpp>

#include "parsers.hpp"

namespace kinetide::metrics {
namespace {

using nlohmann::json;

std::optional<json> object_only(json tree) {
    if (!tree.is_object()) return std::nullopt;
    return tree;
}

std::optional<json> parse_json(std::string_view body) {
    bool deep = false;
    const auto shallow = [&](int depth, json::parse_event_t, json&) {
        deep = deep || depth > depth_max;
        return !deep;
    };
    json tree = json::parse(body, shallow, false);
    if (deep) return std::nullopt;
    return object_only(std::move(tree));
}

// An empty body is a call without members.
std::optional<json> parse_cbor(std::string_view body) {
    if (body.empty()) return json::object();
    const auto plain = untagged_cbor(body);
    if (!plain) return std::nullopt;
    return object_only(json::from_cbor(*plain, true, false));
}

}  // namespace

std::optional<json> parse(protocol p, std::string_view body) {
    switch (p) {
        case protocol::query: return parse_form(body);
        case protocol::json: return parse_json(body);
        case protocol::cbor: return parse_cbor(body);
    }
    return std::nullopt;
}

}  // namespace kinetide::metrics
