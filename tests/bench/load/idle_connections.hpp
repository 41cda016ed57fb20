#pragma once

#include <memory>
#include <vector>

#include "link.hpp"
#include "options.hpp"

namespace kinetide::load {

// Connections that were answered once and then say nothing, for as long as this lives.
class idle_connections {
public:
    explicit idle_connections(const options& o);

private:
    std::vector<std::unique_ptr<link>> all_;
};

}  // namespace kinetide::load
