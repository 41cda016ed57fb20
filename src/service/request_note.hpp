// What a request turned out to be, for the log.
#pragma once

#include <string>
#include <string_view>

namespace kinetide::service {

struct request_note {
    std::string_view operation;
    std::string stream;
};

}  // namespace kinetide::service
