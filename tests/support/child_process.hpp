// Runs the real program for a test, and talks to it as a shell and a client would.  Nothing here
// sleeps: it reads until a line, an answer or the end comes, and gives up after ten seconds.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

namespace kinetide::testing {

// One end of a pipe, a socket or a terminal.
class channel {
public:
    explicit channel(int descriptor = -1) : descriptor_(descriptor) {}
    ~channel();
    channel(channel&& other) noexcept;
    channel& operator=(channel&& other) noexcept;

    [[nodiscard]] int descriptor() const { return descriptor_; }
    void send(const std::string& text) const;
    // Up to and with `end`, or all there is when the other side closes or time is up.
    std::string read_until(const std::string& end);
    std::string read_line() { return read_until("\n"); }
    std::string read_all() { return read_until(std::string()); }

private:
    int descriptor_;
    std::string unread_;
};

class child_process {
public:
    // With no environment but `variables` (`NAME=value`).  With `terminal`, stderr is one.
    explicit child_process(
        std::vector<std::string> arguments,
        std::vector<std::string> variables = {},
        bool terminal = false);
    ~child_process();  // kills it if it still runs
    child_process(const child_process&) = delete;
    child_process& operator=(const child_process&) = delete;

    [[nodiscard]] pid_t id() const { return id_; }
    void signal(int number) const;
    // Waits for the end; -1 when it did not end by itself.
    int exit_code();

    channel out;
    channel err;

private:
    pid_t id_ = -1;
};

// The port in a line like `Listening at http://127.0.0.1:4567`.
std::uint16_t port_in(const std::string& line);

// A connection to 127.0.0.1.
channel connect_to(std::uint16_t port);

// A listening socket on a free port of 127.0.0.1.
channel listen_somewhere(std::uint16_t& port);

}  // namespace kinetide::testing
