// Where values of settings come from, and under which names.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include <kinetide/server/configuration.hpp>
#include <kinetide/server/foreign_setting.hpp>
#include <kinetide/server/setting.hpp>

#include "command_line.hpp"

namespace kinetide::program {

struct given {
    std::string source;  // as the user gave it: `--port`, `KINETIDE_PORT`, `port in FILE`
    std::string value;
};

struct settings_file {
    std::string path;
    std::map<std::string, std::string> values;
};

struct sources {
    const command_line& line;
    const environment& variables;
    const settings_file& file;
};

// In a cluster, a service that is called kinetide puts KINETIDE_PORT=tcp://10.0.0.1:4567 and more
// into every container beside it, ours among them.  Nobody meant those for us.  One that still
// carries the name ferrokinesis does the same.
[[nodiscard]] bool is_service_link(std::string_view name, std::string_view value);

// What was said of a setting of ours by flag, variable or file, the strongest of them; what the
// variables of AWS tools say of it; and what was said of a foreign one.
[[nodiscard]] std::optional<given> said_of(const setting& s, const sources& all);
[[nodiscard]] std::optional<given> said_by_aws_tools(const setting& s, const sources& all);
[[nodiscard]] std::optional<given> said_of_flag(const foreign_setting& f, const sources& all);
[[nodiscard]] std::optional<given> said_of_variable(const foreign_setting& f, const sources& all);
[[nodiscard]] std::optional<given> said_of_key(const foreign_setting& f, const sources& all);

// The message is one line, whatever the value holds.
[[nodiscard]] std::string on_one_line(std::string text);

[[noreturn]] void refuse(const given& g, std::string_view accepted);

}  // namespace kinetide::program
