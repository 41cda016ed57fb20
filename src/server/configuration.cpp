#include <kinetide/server/configuration.hpp>

#include <algorithm>
#include <string_view>
#include <utility>

#include <kinetide/server/foreign_setting.hpp>
#include <kinetide/server/setting.hpp>

#include "assign_foreign.hpp"
#include "command_line.hpp"
#include "settings_file.hpp"
#include "sources.hpp"

namespace kinetide::program {
namespace {

void assign(const setting& s, const given& g, configuration& c) {
    if (!s.value.assign(c, g.value)) refuse(g, s.accepted);
}

settings_file load(const std::string& path, const std::string& source, const file_reader& read) {
    const auto text = read(path);
    if (!text) throw wrong_setting(on_one_line(source + ": " + path + " cannot be read"));
    settings_file file{path, read_settings_file(*text, path)};
    const auto& all = all_settings();
    const auto& foreign = foreign_settings();
    for (const auto& [key, value] : file.values) {
        const auto is_it = [&key = key](const setting& s) { return s.in_file && s.key() == key; };
        const auto is_foreign = [&key = key](const foreign_setting& f) { return f.key == key; };
        if (std::any_of(all.begin(), all.end(), is_it)) continue;
        if (std::any_of(foreign.begin(), foreign.end(), is_foreign)) continue;
        throw wrong_setting(
            on_one_line("unknown key " + key + " in " + path) + "\nsee kinetide --help");
    }
    return file;
}

bool is_known_variable(const std::string& name) {
    const auto& ours = all_settings();
    const auto& foreign = foreign_settings();
    return std::any_of(
               ours.begin(), ours.end(), [&](const setting& s) { return s.variable() == name; }) ||
           std::any_of(foreign.begin(), foreign.end(), [&](const foreign_setting& f) {
               return f.variable == name;
           });
}

void warn_of_unknown_variables(const environment& variables, configuration& c) {
    for (const auto& [name, value] : variables) {
        const bool meant = name.starts_with("KINETIDE_") || name.starts_with("FERROKINESIS_");
        if (!meant || is_service_link(name, value) || is_known_variable(name)) continue;
        c.warnings.push_back(name + " is not a setting and has no effect");
    }
}

// Its own path comes before all other settings.
settings_file file_named_by(const sources& all, const file_reader& read, configuration& c) {
    for (const setting& s : all_settings()) {
        if (s.in_file) continue;
        auto path = said_of(s, all);
        for (const foreign_setting& f : foreign_settings()) {
            if (!path && f.sets == s.name) path = said_of_variable(f, all);
        }
        if (!path) continue;
        assign(s, *path, c);
        return load(c.config_file, path->source, read);
    }
    return {};
}

}  // namespace

configuration configure(
    const std::vector<std::string>& arguments,
    const environment& variables,
    const file_reader& read_file) {
    configuration c;
    const command_line line = read_command_line(arguments);
    c.wanted = line.wanted;
    c.out = line.out;
    // Those two answer whatever else is wrong.
    if (c.wanted == command::help || c.wanted == command::version) return c;

    const settings_file file = file_named_by({line, variables, {}}, read_file, c);
    const sources all{line, variables, file};
    for (const setting& s : all_settings()) {
        auto said = said_of(s, all);
        if (!said) said = said_by_aws_tools(s, all);
        if (said) assign(s, *said, c);
    }
    assign_foreign(all, c);
    warn_of_unknown_variables(variables, c);
    return c;
}

}  // namespace kinetide::program
