// Looking into answers without parsing them: cheap, so that the server is what is measured.
#pragma once

#include <string>
#include <string_view>

namespace kinetide::load {

// The text value of the first member of that name, in JSON or CBOR; `rest` then begins behind it.
// Empty when there is none.
std::string_view take_text(std::string_view& rest, std::string_view member, bool cbor);

// The number of a member, in the same way; -1 when there is none.
long long take_number(std::string_view& rest, std::string_view member, bool cbor);

// Random bytes, the same ones in every run.
std::string random_bytes(std::size_t count);
std::string base64(std::string_view bytes);

}  // namespace kinetide::load
