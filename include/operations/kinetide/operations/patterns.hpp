// Patterns of the service model: the regular expression as messages show it, and a plain predicate
// that does its work.  A test holds the two against each other.
#pragma once

#include <kinetide/model/names.hpp>
#include <kinetide/wire/wire.hpp>

namespace kinetide::operations::patterns {

bool is_decimal(std::string_view text, std::size_t digits_max);
bool is_hash_key(std::string_view text);
bool is_sequence_number(std::string_view text);
bool is_stream_arn(std::string_view text);
bool is_consumer_arn(std::string_view text);
bool is_resource_arn(std::string_view text);
bool is_stream_id(std::string_view text);

inline constexpr wire::pattern name{"[a-zA-Z0-9_.-]+", &is_name_text};
inline constexpr wire::pattern hash_key{R"(0|([1-9]\d{0,38}))", &is_hash_key};
inline constexpr wire::pattern sequence_number{R"(0|([1-9]\d{0,128}))", &is_sequence_number};
inline constexpr wire::pattern stream_arn{
    R"(arn:aws.*:kinesis:.*:\d{12}:stream/\S+)", &is_stream_arn};
inline constexpr wire::pattern consumer_arn{
    R"(^(arn):aws.*:kinesis:.*:\d{12}:.*stream\/[a-zA-Z0-9_.-]+\/consumer\/[a-zA-Z0-9_.-]+:[0-9]+)",
    &is_consumer_arn};
inline constexpr wire::pattern resource_arn{
    R"(arn:aws.*:kinesis:.*:\d{12}:.*(stream|channel|queue)/\S+)", &is_resource_arn};
inline constexpr wire::pattern stream_id{"[a-z0-9]{20}-[a-z0-9]{3}", &is_stream_id};

}  // namespace kinetide::operations::patterns
