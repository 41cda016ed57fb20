#pragma once

#include <map>
#include <string>
#include <vector>

#include <kinetide/server/configuration.hpp>

namespace kinetide::program {

struct command_line {
    command wanted = command::serve;
    std::string out;                                         // cert's
    std::map<std::string, std::string, std::less<>> values;  // by flag, foreign ones too
};

// The arguments after the program's name.  Values are not judged here.  Throws wrong_setting for
// what is neither a flag nor a command, and for a flag without its value.
[[nodiscard]] command_line read_command_line(const std::vector<std::string>& arguments);

}  // namespace kinetide::program
