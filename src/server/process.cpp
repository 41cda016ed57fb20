#include <kinetide/server/process.hpp>

#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <stdexcept>
#include <system_error>

namespace kinetide::program {
namespace {

sigset_t stop_signals() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    return set;
}

constexpr int killed_by_signal = 128;  // as shells count
void end_at_once(int signal) { _exit(killed_by_signal + signal); }

std::string reason(int error) { return std::generic_category().message(error); }

}  // namespace

std::optional<std::string> read_file(const std::string& path) {
    std::FILE* const file = std::fopen(path.c_str(), "re");
    if (file == nullptr) return std::nullopt;
    std::string text;
    std::array<char, 4096> piece{};
    while (const auto got = std::fread(piece.data(), 1, piece.size(), file)) {
        text.append(piece.data(), got);
    }
    const bool failed = std::ferror(file) != 0;  // a folder opens, but cannot be read
    std::fclose(file);
    if (failed) return std::nullopt;
    return text;
}

void raise_descriptor_limit() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);  // where it fails, the old limit serves
}

void hold_signals() {
    const sigset_t set = stop_signals();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
}

int stop_signal() {
    const sigset_t set = stop_signals();
    int signal = 0;
    while (sigwait(&set, &signal) != 0) {
    }
    std::signal(SIGTERM, end_at_once);
    std::signal(SIGINT, end_at_once);
    pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
    return signal;
}

void write_port_file(const std::string& path, std::uint16_t port) {
    const std::string unfinished = path + "." + std::to_string(getpid());
    const std::string text = std::to_string(port) + "\n";
    std::FILE* const file = std::fopen(unfinished.c_str(), "we");
    if (file == nullptr) {
        throw std::runtime_error("--port-file " + path + " cannot be written: " + reason(errno));
    }
    const bool written = std::fputs(text.c_str(), file) >= 0;
    const bool closed = std::fclose(file) == 0;
    if (written && closed && std::rename(unfinished.c_str(), path.c_str()) == 0) return;
    const int error = errno;
    std::remove(unfinished.c_str());
    throw std::runtime_error("--port-file " + path + " cannot be written: " + reason(error));
}

}  // namespace kinetide::program
