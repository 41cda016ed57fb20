// The only file that includes CLI11, which costs seconds of compile time.
#include <CLI/CLI.hpp>

#include "command_line.hpp"

#include <algorithm>
#include <utility>

#include <kinetide/server/foreign_setting.hpp>
#include <kinetide/server/setting.hpp>

namespace kinetide::program {
namespace {

constexpr std::string_view see_help = "\nsee kinetide --help";

CLI::Option* add_flag(CLI::App& app, const std::string& flag, CLI::MultiOptionPolicy policy) {
    return app.add_option(flag)
        ->expected(1)
        ->type_name("value")
        ->allow_extra_args(false)
        ->multi_option_policy(policy);
}

// The last value counts, so that a flag can be added to a ready command line; a list gathers all.
std::vector<std::pair<std::string, CLI::Option*>> add_flags(CLI::App& app) {
    using policy = CLI::MultiOptionPolicy;
    std::vector<std::pair<std::string, CLI::Option*>> flags;
    for (const setting& s : all_settings()) {
        const auto many = s.value.list ? policy::TakeAll : policy::TakeLast;
        flags.emplace_back(s.flag(), add_flag(app, s.flag(), many));
    }
    for (const foreign_setting& f : foreign_settings()) {
        if (f.flag.empty()) continue;
        CLI::Option* const option = add_flag(app, f.flag, policy::TakeLast);
        if (f.boolean) option->expected(0, 1)->default_str("true");
        flags.emplace_back(f.flag, option);
    }
    return flags;
}

// The order that CLI11 wants.  It would take `--port= --seed 1` for a port of `--seed`, hence an
// empty value becomes an argument of its own.
std::vector<std::string> last_first(const std::vector<std::string>& arguments) {
    std::vector<std::string> out;
    for (const std::string& argument : arguments) {
        if (argument.size() > 3 && argument.starts_with("--") && argument.back() == '=' &&
            argument.find('=') == argument.size() - 1) {
            out.push_back(argument.substr(0, argument.size() - 1));
            out.emplace_back();
        } else {
            out.push_back(argument);
        }
    }
    std::reverse(out.begin(), out.end());
    return out;
}

[[noreturn]] void refuse_unknown(const std::string& argument) {
    const bool flag = argument.size() > 1 && argument.front() == '-';
    const std::string name = flag ? argument.substr(0, argument.find('=')) : argument;
    throw wrong_setting(
        (flag ? "unknown flag " : "unknown command ") + name + std::string(see_help));
}

}  // namespace

command_line read_command_line(const std::vector<std::string>& arguments) {
    CLI::App app;
    app.set_help_flag();  // help is ours: it shows variables and keys as well
    app.allow_extras();   // so that the first of them can be named
    app.fallthrough();
    app.require_subcommand(0, 1);
    const CLI::App* const health = app.add_subcommand("health")->alias("health-check");
    CLI::App* const cert = app.add_subcommand("cert");
    const CLI::Option* const out_folder =
        add_flag(*cert, "--out", CLI::MultiOptionPolicy::TakeLast);
    app.add_subcommand("serve");
    const CLI::Option* const help = app.add_flag("-h,--help");
    const CLI::Option* const version = app.add_flag("-V,--version");
    const auto flags = add_flags(app);

    try {
        app.parse(last_first(arguments));
    } catch (const CLI::ParseError& e) {
        throw wrong_setting(e.what() + std::string(see_help));
    }
    command_line out;
    // Help is given even to a line that is otherwise wrong: that is when it is asked for.
    if (help->count() > 0) {
        out.wanted = command::help;
    } else if (version->count() > 0) {
        out.wanted = command::version;
    } else if (const auto extras = app.remaining(true); !extras.empty()) {
        refuse_unknown(extras.front());
    } else if (health->parsed()) {
        out.wanted = command::health;
    } else if (cert->parsed()) {
        out.wanted = command::cert;
        if (out_folder->count() > 0) out.out = out_folder->reduced_results().back();
    }

    for (const auto& [flag, option] : flags) {
        if (option->count() == 0) continue;
        std::string& value = out.values[flag];
        for (const std::string& part : option->reduced_results()) {
            if (!value.empty()) value += ',';
            value += part;
        }
    }
    return out;
}

}  // namespace kinetide::program
