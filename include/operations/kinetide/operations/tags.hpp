// What tags may be made of.
#pragma once

#include <string_view>

#include <kinetide/base/result.hpp>
#include <kinetide/engine/change.hpp>
#include <kinetide/wire/wire.hpp>

namespace kinetide::operations {

// Tags for a new stream, sorted by key; refuses characters, prefixes and numbers of them that the
// service does not take.
result<engine::tag_list> checked_tags(
    const wire::map& tags, std::string_view stream, std::string_view account);

}  // namespace kinetide::operations
