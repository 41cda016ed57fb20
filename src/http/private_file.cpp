#include "private_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <stdexcept>
#include <system_error>

namespace kinetide::http {
namespace {

[[noreturn]] void fail(int error) {
    throw std::runtime_error(std::generic_category().message(error));
}

class descriptor {
public:
    explicit descriptor(int number) : number_(number) {
        if (number_ < 0) fail(errno);
    }
    ~descriptor() { close(number_); }
    descriptor(const descriptor&) = delete;
    descriptor& operator=(const descriptor&) = delete;
    [[nodiscard]] int get() const { return number_; }

private:
    int number_;
};

void write_all(int file, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = write(file, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) fail(errno);
        text.remove_prefix(static_cast<std::size_t>(written));
    }
}

}  // namespace

std::optional<std::string> read_private_file(const std::string& path) {
    const int number = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (number < 0 && errno == ENOENT) return std::nullopt;
    const descriptor file(number);
    std::string text;
    std::array<char, 4096> piece{};
    while (true) {
        const ssize_t got = read(file.get(), piece.data(), piece.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail(errno);
        if (got == 0) return text;
        text.append(piece.data(), static_cast<std::size_t>(got));
    }
}

void write_private_file(const std::string& path, const std::string& text) {
    const std::string unfinished = path + "." + std::to_string(getpid());
    std::remove(unfinished.c_str());
    try {
        const descriptor file(
            open(unfinished.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
        write_all(file.get(), text);
        if (fsync(file.get()) != 0) fail(errno);
        if (std::rename(unfinished.c_str(), path.c_str()) != 0) fail(errno);
    } catch (const std::runtime_error&) {
        std::remove(unfinished.c_str());
        throw;
    }
}

private_directory::private_directory(const std::string& path) : descriptor_(-1) {
    std::error_code error;
    const auto parent = std::filesystem::absolute(path, error).parent_path();
    std::filesystem::create_directories(parent, error);
    if (error) fail(error.value());
    if (mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) fail(errno);
    descriptor_ = open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor_ < 0) fail(errno);
    while (flock(descriptor_, LOCK_EX) != 0 && errno == EINTR) {
    }
}

private_directory::~private_directory() { close(descriptor_); }

}  // namespace kinetide::http
