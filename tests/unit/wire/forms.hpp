// One body in both forms: written as JSON, turned into CBOR by another library.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include <kinetide/wire/form.hpp>

#include "../../../src/wire/base64.hpp"

namespace kinetide::wire_testing {

// Members called Data or Blob become bytes where their text is base64.
inline void make_bytes(nlohmann::json& value) {
    if (!value.is_structured()) return;
    for (auto& [name, inner] : value.items()) {
        make_bytes(inner);
        if ((name != "Data" && name != "Blob") || !inner.is_string()) continue;
        const auto text = inner.get<std::string>();
        std::string bytes(text.size(), '\0');
        const std::size_t size = wire::base64_decode(text, bytes.data());
        if (size == wire::not_base64) continue;
        bytes.resize(size);
        inner = nlohmann::json::binary({bytes.begin(), bytes.end()});
    }
}

inline std::string in_form(wire::form f, std::string_view json) {
    if (f == wire::form::json) return std::string(json);
    auto value = nlohmann::json::parse(json);
    make_bytes(value);
    const std::vector<std::uint8_t> bytes = nlohmann::json::to_cbor(value);
    return {bytes.begin(), bytes.end()};
}

// Of hex digits; blanks between them do not count.
inline std::string bytes_of(std::string_view hex) {
    std::string digits;
    for (const char c : hex) {
        if (c != ' ') digits += c;
    }
    std::string bytes;
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
        bytes += static_cast<char>(std::stoi(digits.substr(i, 2), nullptr, 16));
    }
    return bytes;
}

}  // namespace kinetide::wire_testing
