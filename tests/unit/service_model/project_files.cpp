#include "project_files.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace kinetide::testing {
namespace {

const std::filesystem::path root = KINETIDE_SOURCE_DIR;

}  // namespace

std::string project_file(const std::string& path) {
    std::ifstream in(root / path, std::ios::binary);
    std::ostringstream text;
    if (!(text << in.rdbuf())) throw std::runtime_error("cannot read " + path);
    return text.str();
}

std::vector<std::string> files_in(const std::string& folder, const std::string& extension) {
    std::vector<std::string> names;
    for (const auto& file : std::filesystem::directory_iterator(root / folder)) {
        if (file.path().extension() == extension) names.push_back(file.path().stem().string());
    }
    std::sort(names.begin(), names.end());
    return names;
}

}  // namespace kinetide::testing
