// A stream that is to be there before the first request.
#pragma once

#include <cstdint>
#include <string>

namespace kinetide::service {

struct initial_stream {
    std::string name;
    std::int32_t shards = 0;
    std::string region;  // empty: the service's own
};

}  // namespace kinetide::service
