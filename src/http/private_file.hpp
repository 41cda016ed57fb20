// Files that only their owner may read, written so that a reader finds the whole text or the old
// one.
#pragma once

#include <optional>
#include <string>

namespace kinetide::http {

// Nothing when there is no such file.  Throws std::runtime_error with the system's reason.
[[nodiscard]] std::optional<std::string> read_private_file(const std::string& path);

// Mode 0600, safe on the disk when it returns.  Throws std::runtime_error with the system's reason.
void write_private_file(const std::string& path, const std::string& text);

// Makes the directory (mode 0700) when it is not there, and keeps other processes that ask the
// same out of it.  Throws std::runtime_error with the system's reason.
class private_directory {
public:
    explicit private_directory(const std::string& path);
    ~private_directory();
    private_directory(const private_directory&) = delete;
    private_directory& operator=(const private_directory&) = delete;

private:
    int descriptor_;
};

}  // namespace kinetide::http
