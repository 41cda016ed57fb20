// The program: configure, start the server, say where it listens, wait for a signal, drain.

#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

#include <kinetide/base/log.hpp>
#include <kinetide/server.hpp>
#include <kinetide/server/cert.hpp>
#include <kinetide/server/configuration.hpp>
#include <kinetide/server/health.hpp>
#include <kinetide/server/process.hpp>
#include <kinetide/server/texts.hpp>

extern char** environ;

namespace kinetide::program {
namespace {

constexpr int exit_failed = 1;
constexpr int exit_misconfigured = 2;

environment own_environment() {
    environment out;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string_view text = *entry;
        const auto equals = text.find('=');
        if (equals == std::string_view::npos) continue;
        out.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
    return out;
}

// To stdout go these lines and nothing else: test harnesses wait for them.
void say_where(const server& s, const settings& c) {
    std::string lines;
    for (const std::string& address : s.addresses()) lines += "Listening at " + address + "\n";
    std::fputs(lines.c_str(), stdout);
    std::fflush(stdout);
    // With TLS alone a client has to be told first what to trust.
    if (isatty(STDERR_FILENO) == 0 || c.tls == settings::tls_mode::only) return;
    const std::string line = first_record_line(s.addresses().front(), c);
    std::fprintf(stderr, "A first record: %s\n", line.c_str());
}

int serve(const configuration& c) {
    log::configure(c.log_level, c.log_format);
    for (const std::string& warning : c.warnings) log::warn(warning);
    raise_descriptor_limit();
    hold_signals();

    server s(c);
    s.start();
    // Before the line, so that whoever has read it finds the file.
    if (!c.port_file.empty()) write_port_file(c.port_file, s.port());
    say_where(s, c);

    const int signal = stop_signal();
    log::info("stopping: " + std::string(signal == SIGINT ? "SIGINT" : "SIGTERM"));
    s.stop();
    // A file that outlived its server would send the next reader to a dead port.
    if (!c.port_file.empty()) std::remove(c.port_file.c_str());
    return 0;
}

int health(const configuration& c) {
    const std::string problem = health_problem(c, read_file);
    if (problem.empty()) return 0;
    std::fprintf(stderr, "kinetide health: %s\n", problem.c_str());
    return exit_failed;
}

int run(const std::vector<std::string>& arguments) {
    const configuration c = configure(arguments, own_environment(), read_file);
    switch (c.wanted) {
        case command::help: std::fputs(help_text().c_str(), stdout); return 0;
        case command::version: std::printf("kinetide %s\n", version.data()); return 0;
        case command::health: return health(c);
        case command::cert:
            std::printf("wrote %s\n", write_certificates(c, read_file).c_str());
            return 0;
        case command::serve: break;
    }
    return serve(c);
}

}  // namespace
}  // namespace kinetide::program

int main(int argc, char** argv) {
    using namespace kinetide::program;
    try {
        return run({argv + 1, argv + argc});
    } catch (const wrong_setting& e) {
        std::fprintf(stderr, "kinetide: %s\n", e.what());
        return exit_misconfigured;
    } catch (const std::exception& e) {
        std::fprintf(stderr, "kinetide: %s\n", e.what());
        return exit_failed;
    }
}
