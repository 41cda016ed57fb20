// Configures as the program would, with a user's words and a file that needs no disk.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <kinetide/server/configuration.hpp>

namespace kinetide::testing {

inline constexpr const char* file_path = "kinetide.toml";

struct user {
    std::vector<std::string> arguments;
    program::environment variables = {};
    std::string file = {};  // when not empty, --config names it
};

inline program::configuration configure(user u) {
    if (!u.file.empty()) u.arguments.insert(u.arguments.end(), {"--config", file_path});
    return program::configure(u.arguments, u.variables, [&](const std::string& path) {
        return path == file_path ? std::optional(u.file) : std::nullopt;
    });
}

inline std::string complaint(const user& u) {
    try {
        static_cast<void>(configure(u));
    } catch (const program::wrong_setting& e) {
        return e.what();
    }
    return "none";
}

// The kinds with a time of their own, before the time that they share.
inline std::string times_of(const program::configuration& c) {
    const std::vector<std::string> names = {
        "create_stream",
        "delete_stream",
        "update_stream",
        "split_shard",
        "merge_shards",
        "update_shard_count",
        "update_stream_mode",
        "start_encryption",
        "stop_encryption",
        "register_consumer",
        "deregister_consumer"};
    std::string out;
    std::set<std::int64_t> times;
    for (const auto& [kind, time] : c.transitions) {
        out += (out.empty() ? "" : " ") + names.at(static_cast<std::size_t>(kind));
        times.insert(time.count());
    }
    for (const std::int64_t ms : times) out += "=" + std::to_string(ms);
    return out;
}

}  // namespace kinetide::testing
