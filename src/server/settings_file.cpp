// The only file that includes toml++, which costs seconds of compile time.
#include <toml++/toml.h>

#include "settings_file.hpp"

#include <array>
#include <charconv>
#include <sstream>

#include <kinetide/server/configuration.hpp>

namespace kinetide::program {
namespace {

// Whatever has no sensible text is shown as it was written, and refused by its setting.
std::string text_of(const toml::node& node) {
    if (const auto text = node.value_exact<std::string>()) return *text;
    if (const toml::array* const items = node.as_array()) {
        std::string out;
        for (const toml::node& item : *items) {
            if (!out.empty()) out += ',';
            out += text_of(item);
        }
        return out;
    }
    if (const auto number = node.value_exact<double>()) {
        // No setting has an exponent, in which form a small number would be written.
        std::array<char, 512> digits{};
        const auto written = std::to_chars(
            digits.data(), digits.data() + digits.size(), *number, std::chars_format::fixed);
        if (written.ec == std::errc{}) return {digits.data(), written.ptr};
    }
    std::ostringstream out;
    node.visit([&out](const auto& value) { out << value; });
    return out.str();
}

}  // namespace

std::map<std::string, std::string> read_settings_file(
    const std::string& text, const std::string& path) {
    std::map<std::string, std::string> values;
    try {
        for (const auto& [key, node] : toml::parse(text, path)) {
            values[std::string(key.str())] = text_of(node);
        }
    } catch (const toml::parse_error& e) {
        throw wrong_setting(
            path + ", line " + std::to_string(e.source().begin.line) + ": " +
            std::string(e.description()));
    }
    return values;
}

}  // namespace kinetide::program
