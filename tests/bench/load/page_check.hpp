#pragma once

#include <cstddef>

#include "client.hpp"
#include "rising.hpp"

namespace kinetide::load {

// Reads a GetRecords answer in JSON: each record has so many bytes of data, and a number above the
// one before.  Gives how many records there are; throws wrong_answer.
std::size_t records_in(const answer& a, std::size_t record_bytes, rising& numbers);

}  // namespace kinetide::load
