// Every setting, declared once: flag, variable, key of the settings file, help, documentation and
// the message for a wrong value all come from this table.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <kinetide/server/configuration.hpp>

namespace kinetide::program {

// How text becomes a member of the configuration, and back.
struct binding {
    bool list = false;  // commas separate values, and the flag may be repeated
    // False when the text is not in the accepted form; the configuration is unchanged then.
    std::function<bool(configuration&, std::string_view)> assign;
    std::function<std::string(const configuration&)> show;
};

struct setting {
    std::string_view name;      // `shard-limit`: --shard-limit, KINETIDE_SHARD_LIMIT, shard_limit
    std::string_view meaning;   // one line
    std::string_view accepted;  // continues the words "accepted: "
    binding value;
    std::vector<std::string_view> aws_variables = {};  // weaker than all but the default
    bool in_file = true;

    [[nodiscard]] std::string flag() const;
    [[nodiscard]] std::string variable() const;
    [[nodiscard]] std::string key() const;
    [[nodiscard]] std::string default_text() const;
};

// In the order of help and documentation.
[[nodiscard]] const std::vector<setting>& all_settings();

}  // namespace kinetide::program
