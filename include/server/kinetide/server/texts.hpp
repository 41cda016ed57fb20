// What the program says of itself.
#pragma once

#include <string>
#include <string_view>

#include <kinetide/server/configuration.hpp>

namespace kinetide::program {

inline constexpr std::string_view version = "0.1.0";  // that of the top CMakeLists.txt: tested

[[nodiscard]] std::string help_text();

// A line for a shell that makes a stream and puts a record into it, with version 1 or 2 of the AWS
// CLI.  `address` is one of server::addresses().
[[nodiscard]] std::string first_record_line(std::string_view address, const settings& s);

}  // namespace kinetide::program
