// The settings of other Kinesis emulators, declared once: reading, documentation and the message
// for a wrong value all come from this table.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <kinetide/server/configuration.hpp>

namespace kinetide::program {

enum class emulator { localstack, ferrokinesis, kinesalite, kinesis_mock };

[[nodiscard]] std::string_view name_of(emulator e);

struct foreign_setting {
    emulator from = emulator::kinesis_mock;
    // As its users write it; empty where there is none.
    std::string flag;
    std::string variable;
    std::string key;
    // The name of the setting of ours that it is a form of, which is stronger; empty: none.
    std::string_view sets;
    std::string_view meaning;   // here, in one line
    std::string_view accepted;  // continues the words "accepted: "
    // False when the text is not in the accepted form; the configuration is unchanged then.
    std::function<bool(configuration&, std::string_view)> assign;
    // What is said of it in the log, behind its name; empty: nothing.
    std::string_view notice = {};
    bool boolean = false;  // the flag's value may be left out, and `false` asks for nothing
};

// In the order of the documentation, and of strength: of two that mean the same, the later one
// counts.
[[nodiscard]] const std::vector<foreign_setting>& foreign_settings();

}  // namespace kinetide::program
