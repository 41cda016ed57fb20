// Ids that tell one answer from another.  They are random in every run: a seed does not reach them.
#pragma once

#include <string>

namespace kinetide::service {

// A lower-case UUID, for x-amzn-RequestId.
std::string new_request_id();

// About 72 random bytes in base64, for x-amz-id-2.
std::string new_extended_id();

}  // namespace kinetide::service
