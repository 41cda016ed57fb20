// `kinetide health`: asks a running server with the same settings how it is.
#pragma once

#include <string>

#include <kinetide/server/configuration.hpp>

namespace kinetide::program {

// Empty when GET /health was answered with 200 within two seconds, else one line that says what
// was wrong.
[[nodiscard]] std::string health_problem(const configuration& c, const file_reader& read_file);

}  // namespace kinetide::program
