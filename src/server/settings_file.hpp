#pragma once

#include <map>
#include <string>

namespace kinetide::program {

// Key to value, as a flag would have it: an array's items are joined by commas.  Throws
// wrong_setting when `text` is not TOML; `path` is for the message.
[[nodiscard]] std::map<std::string, std::string> read_settings_file(
    const std::string& text, const std::string& path);

}  // namespace kinetide::program
