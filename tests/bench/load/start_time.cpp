#include "start_time.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <optional>
#include <stdexcept>
#include <thread>

#include "client.hpp"
#include "figures.hpp"
#include "http1_answer.hpp"

namespace kinetide::load {
namespace {

class child {
public:
    explicit child(std::vector<std::string> command) {
        std::vector<char*> arguments;
        for (std::string& a : command) arguments.push_back(a.data());
        arguments.push_back(nullptr);
        posix_spawn_file_actions_t quiet;
        ::posix_spawn_file_actions_init(&quiet);
        for (const int out : {STDOUT_FILENO, STDERR_FILENO}) {
            ::posix_spawn_file_actions_addopen(&quiet, out, "/dev/null", O_WRONLY, 0);
        }
        const int failed =
            ::posix_spawnp(&process_, arguments[0], &quiet, nullptr, arguments.data(), environ);
        ::posix_spawn_file_actions_destroy(&quiet);
        if (failed != 0) throw std::runtime_error("cannot start " + command.front());
    }
    ~child() {
        ::kill(process_, SIGTERM);
        ::waitpid(process_, nullptr, 0);
    }
    child(const child&) = delete;
    child& operator=(const child&) = delete;
    [[nodiscard]] int process() const { return process_; }

private:
    pid_t process_ = 0;
};

bool answers(std::uint16_t port) {
    static const request ask("/", kinesis, "ListStreams", "{}");
    try {
        const auto l = connect(port, security::plain);
        std::string_view rest = ask.message();
        while (!rest.empty()) rest.remove_prefix(l->send(rest));
        std::string came;
        std::optional<http1_head> head;
        while (!head) {
            char some[4'096];
            came.append(some, l->receive(some, sizeof some));
            head = http1_head::in(came);
        }
        return head->status == 200;
    } catch (const std::runtime_error&) {
        return false;  // not yet
    }
}

}  // namespace

nlohmann::json run_starts(
    std::uint16_t port, unsigned starts, const std::vector<std::string>& command) {
    latencies took;
    std::vector<std::uint64_t> resident;
    for (unsigned i = 0; i < starts; ++i) {
        if (answers(port)) throw std::runtime_error("another server is at this port");
        const std::int64_t begin = now_ns();
        const child server(command);
        constexpr std::int64_t patience_ns = 20'000'000'000;
        while (!answers(port)) {
            if (now_ns() - begin > patience_ns) throw std::runtime_error("it does not start");
            std::this_thread::sleep_for(std::chrono::microseconds(50));
        }
        took.add(now_ns() - begin);
        resident.push_back(resident_bytes({server.process()}));
    }
    return {
        {"p50_ms", took.at(0.5)},
        {"max_ms", took.at(1)},
        {"requests", took.count()},
        {"resident_bytes", resident.back()}};
}

}  // namespace kinetide::load
