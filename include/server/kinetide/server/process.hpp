// What a running program does to its process and its surroundings, and a server inside another
// process must not.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace kinetide::program {

// Nothing when there is no such file, or none that can be read.
[[nodiscard]] std::optional<std::string> read_file(const std::string& path);

// Every connection takes a descriptor, and the usual soft limit of 1024 is soon reached.
void raise_descriptor_limit();

// Before threads start, which inherit it: SIGTERM and SIGINT wait for stop_signal(), and writing to
// a closed pipe is an error like others.
void hold_signals();
// Waits for SIGTERM or SIGINT.  Afterwards the next one ends the process at once.
[[nodiscard]] int stop_signal();

// A reader finds the whole number or no file.  Throws std::runtime_error with one line.
void write_port_file(const std::string& path, std::uint16_t port);

}  // namespace kinetide::program
