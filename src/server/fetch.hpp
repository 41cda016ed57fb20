// One GET to the server that was started with the same settings.
#pragma once

#include <string>
#include <string_view>

#include <kinetide/server/configuration.hpp>

namespace kinetide::program {

struct fetched {
    std::string problem;  // one line; empty when there is an answer, whatever its status
    std::string answer;   // as it came, up to 64 KiB

    [[nodiscard]] bool has_status(std::string_view status) const {
        return answer.starts_with("HTTP/1.1 " + std::string(status) + " ");
    }
    [[nodiscard]] std::string_view body() const;
};

// Within two seconds.
[[nodiscard]] fetched fetch(
    const configuration& c, const file_reader& read_file, const std::string& path);

}  // namespace kinetide::program
