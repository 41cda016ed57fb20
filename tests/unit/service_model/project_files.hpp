// The project's own files, which some tests read: by their paths from its root.
#pragma once

#include <string>
#include <vector>

namespace kinetide::testing {

std::string project_file(const std::string& path);

// Names of the files in a folder, without the extension, which is that one; sorted.
std::vector<std::string> files_in(const std::string& folder, const std::string& extension);

}  // namespace kinetide::testing
