// What the program was told: by flags, variables and the settings file.  Pure: whatever it reads is
// handed in.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include <kinetide/base/log.hpp>
#include <kinetide/server.hpp>

namespace kinetide::program {

enum class command { serve, health, cert, help, version };

// What a server needs, and beside it what only a process has.
struct configuration : settings {
    command wanted = command::serve;
    std::string port_file;    // empty: none
    std::string config_file;  // empty: none
    std::string out;          // cert's --out; empty: not given
    log::level log_level = log::level::info;
    log::format log_format = log::format::text;
    std::vector<std::string> warnings;  // for the log, once it is configured
};

// The program cannot start like this.  what() is for the user: which setting (as it was given),
// which value, and what is accepted.
class wrong_setting : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

using environment = std::map<std::string, std::string, std::less<>>;
// A file's text, or nothing when it cannot be read.
using file_reader = std::function<std::optional<std::string>(const std::string& path)>;

// Flag over KINETIDE_* over settings file over the settings of other emulators over AWS_* over
// default.  Only the strongest value of a setting is looked at, so a wrong one can be overruled.
// Throws wrong_setting.
[[nodiscard]] configuration configure(
    const std::vector<std::string>& arguments,
    const environment& variables,
    const file_reader& read_file);

}  // namespace kinetide::program
