#include <kinetide/server/configuration.hpp>

#include <algorithm>
#include <string_view>
#include <utility>

#include <kinetide/server/setting.hpp>

#include "command_line.hpp"
#include "settings_file.hpp"

namespace kinetide::program {
namespace {

struct given {
    std::string source;  // as the user gave it: `--port`, `KINETIDE_PORT`, `port in FILE`
    std::string value;
};

struct settings_file {
    std::string path;
    std::map<std::string, std::string> values;
};

// In a cluster, a service that is called kinetide puts KINETIDE_PORT=tcp://10.0.0.1:4567 and more
// into every container beside it, ours among them.  Nobody meant those for us.
bool is_service_link(std::string_view name, std::string_view value) {
    return (name == "KINETIDE_PORT" && value.substr(0, 6) == "tcp://") ||
           name.substr(0, 17) == "KINETIDE_SERVICE_" ||
           (name.substr(0, 14) == "KINETIDE_PORT_" && name != "KINETIDE_PORT_FILE");
}

// An empty variable counts as absent: that is what `NAME=` means in most compose files.
std::optional<given> from_variable(const environment& variables, std::string_view name) {
    const auto found = variables.find(name);
    if (found == variables.end() || found->second.empty()) return std::nullopt;
    if (is_service_link(found->first, found->second)) return std::nullopt;
    return given{found->first, found->second};
}

std::optional<given> strongest(
    const setting& s,
    const command_line& line,
    const environment& variables,
    const settings_file& file) {
    if (const auto flag = line.values.find(s.name); flag != line.values.end()) {
        return given{s.flag(), flag->second};
    }
    if (auto variable = from_variable(variables, s.variable())) return variable;
    if (const auto key = file.values.find(s.key()); key != file.values.end()) {
        return given{s.key() + " in " + file.path, key->second};
    }
    for (const std::string_view name : s.aws_variables) {
        if (auto variable = from_variable(variables, name)) return variable;
    }
    return std::nullopt;
}

// The message is one line, whatever the value holds.
std::string on_one_line(std::string text) {
    const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20; };
    std::replace_if(text.begin(), text.end(), is_control, '?');
    return text;
}

void assign(const setting& s, const given& g, configuration& c) {
    if (s.value.assign(c, g.value)) return;
    throw wrong_setting(
        on_one_line(g.source + " is \"" + g.value + "\"; accepted: " + std::string(s.accepted)));
}

settings_file load(const std::string& path, const std::string& source, const file_reader& read) {
    const auto text = read(path);
    if (!text) throw wrong_setting(on_one_line(source + ": " + path + " cannot be read"));
    settings_file file{path, read_settings_file(*text, path)};
    const auto& all = all_settings();
    for (const auto& [key, value] : file.values) {
        const auto is_it = [&key = key](const setting& s) { return s.in_file && s.key() == key; };
        if (std::any_of(all.begin(), all.end(), is_it)) continue;
        throw wrong_setting(
            on_one_line("unknown key " + key + " in " + path) + "\nsee kinetide --help");
    }
    return file;
}

void warn_of_unknown_variables(const environment& variables, configuration& c) {
    const auto& all = all_settings();
    for (const auto& [name, value] : variables) {
        if (name.substr(0, 9) != "KINETIDE_" || is_service_link(name, value)) continue;
        const auto is_it = [&name = name](const setting& s) { return s.variable() == name; };
        if (std::any_of(all.begin(), all.end(), is_it)) continue;
        c.warnings.push_back(name + " is not a setting and has no effect");
    }
}

}  // namespace

configuration configure(
    const std::vector<std::string>& arguments,
    const environment& variables,
    const file_reader& read_file) {
    configuration c;
    const command_line line = read_command_line(arguments);
    c.wanted = line.wanted;
    // Those two answer whatever else is wrong.
    if (c.wanted == command::help || c.wanted == command::version) return c;

    settings_file file;
    for (const setting& s : all_settings()) {
        if (s.in_file) continue;  // the file's own path comes first
        const auto path = strongest(s, line, variables, {});
        if (!path) continue;
        assign(s, *path, c);
        file = load(c.config_file, path->source, read_file);
    }
    for (const setting& s : all_settings()) {
        if (const auto g = strongest(s, line, variables, file)) assign(s, *g, c);
    }
    warn_of_unknown_variables(variables, c);
    return c;
}

}  // namespace kinetide::program
