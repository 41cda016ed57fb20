// The program's log: one line a call, to stderr.  spdlog stays inside log.cpp, since its templates
// are slow to compile.  Never pass record data, partition keys, Authorization or tokens.
#pragma once

#include <string_view>

namespace kinetide::log {

enum class level { trace, debug, info, warn, error, off };
enum class format { text, json };

// Once, before threads start.
void configure(level least, format form);

[[nodiscard]] bool enabled(level l);

// Any thread.
void write(level l, std::string_view message);

inline void debug(std::string_view message) { write(level::debug, message); }
inline void info(std::string_view message) { write(level::info, message); }
inline void warn(std::string_view message) { write(level::warn, message); }
inline void error(std::string_view message) { write(level::error, message); }

}  // namespace kinetide::log
