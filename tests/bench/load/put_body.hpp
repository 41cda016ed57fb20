#pragma once

#include <string>

#include "client.hpp"
#include "options.hpp"

namespace kinetide::load {

// A PutRecord, or a PutRecords of more than one; random data and keys.
request put_request(const options& o, unsigned records);

}  // namespace kinetide::load
