#include "sources.hpp"

#include <algorithm>

namespace kinetide::program {
namespace {

// An empty variable counts as absent: that is what `NAME=` means in most compose files.
std::optional<given> from_variable(const environment& variables, std::string_view name) {
    const auto found = variables.find(name);
    if (found == variables.end() || found->second.empty()) return std::nullopt;
    if (is_service_link(found->first, found->second)) return std::nullopt;
    return given{found->first, found->second};
}

std::optional<given> from_file(const settings_file& file, const std::string& key) {
    const auto found = file.values.find(key);
    if (found == file.values.end()) return std::nullopt;
    return given{key + " in " + file.path, found->second};
}

std::optional<given> from_line(
    const std::map<std::string, std::string, std::less<>>& values, const std::string& flag) {
    const auto found = values.find(flag);
    if (found == values.end()) return std::nullopt;
    return given{flag, found->second};
}

}  // namespace

bool is_service_link(std::string_view name, std::string_view value) {
    for (const std::string_view service : {"KINETIDE_", "FERROKINESIS_"}) {
        if (!name.starts_with(service)) continue;
        const std::string_view rest = name.substr(service.size());
        return (rest == "PORT" && value.starts_with("tcp://")) || rest.starts_with("SERVICE_") ||
               (rest.starts_with("PORT_") && rest != "PORT_FILE");
    }
    return false;
}

std::optional<given> said_of(const setting& s, const sources& all) {
    if (auto flag = from_line(all.line.values, s.flag())) return flag;
    if (auto variable = from_variable(all.variables, s.variable())) return variable;
    return from_file(all.file, s.key());
}

std::optional<given> said_by_aws_tools(const setting& s, const sources& all) {
    for (const std::string_view name : s.aws_variables) {
        if (auto variable = from_variable(all.variables, name)) return variable;
    }
    return std::nullopt;
}

std::optional<given> said_of_flag(const foreign_setting& f, const sources& all) {
    return f.flag.empty() ? std::nullopt : from_line(all.line.values, f.flag);
}

std::optional<given> said_of_variable(const foreign_setting& f, const sources& all) {
    return f.variable.empty() ? std::nullopt : from_variable(all.variables, f.variable);
}

std::optional<given> said_of_key(const foreign_setting& f, const sources& all) {
    return f.key.empty() ? std::nullopt : from_file(all.file, f.key);
}

std::string on_one_line(std::string text) {
    const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20; };
    std::replace_if(text.begin(), text.end(), is_control, '?');
    return text;
}

void refuse(const given& g, std::string_view accepted) {
    throw wrong_setting(
        on_one_line(g.source + " is \"" + g.value + "\"; accepted: " + std::string(accepted)));
}

}  // namespace kinetide::program
