#include "support/child_process.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <utility>

namespace kinetide::testing {
namespace {

constexpr int patience_ms = 10'000;

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in out{};
    out.sin_family = AF_INET;
    out.sin_port = htons(port);
    out.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return out;
}

struct pipe_ends {
    channel ours;
    channel theirs;
};

pipe_ends open_pipe() {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    return {channel(ends[0]), channel(ends[1])};
}

pipe_ends open_terminal() {
    channel ours(posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC));
    if (grantpt(ours.descriptor()) != 0 || unlockpt(ours.descriptor()) != 0) {
        throw std::runtime_error("no terminal");
    }
    channel theirs(open(ptsname(ours.descriptor()), O_RDWR | O_NOCTTY | O_CLOEXEC));
    return {std::move(ours), std::move(theirs)};
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> out;
    out.reserve(texts.size() + 1);
    for (std::string& text : texts) out.push_back(text.data());
    out.push_back(nullptr);
    return out;
}

}  // namespace

channel::~channel() {
    if (descriptor_ >= 0) close(descriptor_);
}

channel::channel(channel&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), unread_(std::move(other.unread_)) {}

channel& channel::operator=(channel&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    std::swap(unread_, other.unread_);
    return *this;
}

void channel::send(const std::string& text) const {
    EXPECT_EQ(
        ::send(descriptor_, text.data(), text.size(), MSG_NOSIGNAL),
        static_cast<ssize_t>(text.size()));
}

std::string channel::read_until(const std::string& end) {
    while (true) {
        const auto at = end.empty() ? std::string::npos : unread_.find(end);
        if (at != std::string::npos) {
            std::string out = unread_.substr(0, at + end.size());
            unread_.erase(0, out.size());
            return out;
        }
        pollfd readable{descriptor_, POLLIN, 0};
        std::array<char, 4096> piece{};
        const bool ready = poll(&readable, 1, patience_ms) == 1;
        EXPECT_TRUE(ready) << "nothing came within ten seconds";
        const ssize_t got = ready ? read(descriptor_, piece.data(), piece.size()) : 0;
        if (got <= 0) return std::exchange(unread_, {});
        unread_.append(piece.data(), static_cast<std::size_t>(got));
    }
}

child_process::child_process(
    std::vector<std::string> arguments, std::vector<std::string> variables, bool terminal) {
    pipe_ends out_pipe = open_pipe();
    pipe_ends err_pipe = terminal ? open_terminal() : open_pipe();
    arguments.insert(arguments.begin(), KINETIDE_BINARY);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, out_pipe.theirs.descriptor(), STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, err_pipe.theirs.descriptor(), STDERR_FILENO);
    const int failure = posix_spawn(
        &id_,
        KINETIDE_BINARY,
        &actions,
        nullptr,
        pointers(arguments).data(),
        pointers(variables).data());
    posix_spawn_file_actions_destroy(&actions);
    if (failure != 0) throw std::runtime_error("cannot run " KINETIDE_BINARY);
    out = std::move(out_pipe.ours);
    err = std::move(err_pipe.ours);
}

child_process::~child_process() {
    if (id_ < 0) return;
    signal(SIGKILL);
    exit_code();
}

void child_process::signal(int number) const { EXPECT_EQ(kill(id_, number), 0); }

int child_process::exit_code() {
    int status = 0;
    EXPECT_EQ(waitpid(id_, &status, 0), std::exchange(id_, -1));
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::uint16_t port_in(const std::string& line) {
    return static_cast<std::uint16_t>(std::atoi(line.substr(line.rfind(':') + 1).c_str()));
}

channel connect_to(std::uint16_t port) {
    channel out(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in peer = loopback(port);
    void* const address = &peer;
    EXPECT_EQ(connect(out.descriptor(), static_cast<sockaddr*>(address), sizeof(peer)), 0);
    return out;
}

channel listen_somewhere(std::uint16_t& port) {
    channel out(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in here = loopback(0);
    socklen_t size = sizeof(here);
    void* const address = &here;
    EXPECT_EQ(bind(out.descriptor(), static_cast<sockaddr*>(address), size), 0);
    EXPECT_EQ(listen(out.descriptor(), 1), 0);
    EXPECT_EQ(getsockname(out.descriptor(), static_cast<sockaddr*>(address), &size), 0);
    port = ntohs(here.sin_port);
    return out;
}

}  // namespace kinetide::testing
