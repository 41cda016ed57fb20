// Standard base64 with padding, both ways, on vector instructions where the machine has them.
#pragma once

#include <cstddef>
#include <string_view>

#include <kinetide/base/blob.hpp>

namespace kinetide::wire {

constexpr std::size_t base64_size(std::size_t bytes) { return (bytes + 2) / 3 * 4; }

// Writes base64_size(bytes.size) characters.
void base64_encode(blob_view bytes, char* out);

inline constexpr std::size_t not_base64 = ~std::size_t{0};

// How many bytes were written, at most text.size() / 4 * 3; or not_base64 when the length is no
// multiple of 4, a character is foreign or out of place, or bits are left over.
std::size_t base64_decode(std::string_view text, char* out);

// The parts, so that a test can hold one against the other.
namespace base64_parts {

void encode_scalar(const unsigned char* in, std::size_t size, char* out);
std::size_t decode_scalar(const char* in, std::size_t size, char* out);

// Only where has_avx2().  These take whole blocks from the front and say how many bytes of input
// that was; decoding stops early at a block with a character that is not of the alphabet.
std::size_t encode_avx2(const unsigned char* in, std::size_t size, char* out);
std::size_t decode_avx2(const char* in, std::size_t size, char* out);

}  // namespace base64_parts

}  // namespace kinetide::wire
