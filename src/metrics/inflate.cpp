#include <zlib.h>

#include <algorithm>
#include <array>

#include <kinetide/metrics/protocol.hpp>

namespace kinetide::metrics {

std::optional<std::string> inflate(std::string_view gzip, std::size_t bytes_max) {
    constexpr int gzip_only = 16 + MAX_WBITS;
    z_stream z{};
    if (inflateInit2(&z, gzip_only) != Z_OK) return std::nullopt;
    std::string in(gzip);  // zlib's input is not const
    z.next_in = reinterpret_cast<Bytef*>(in.data());
    z.avail_in = static_cast<uInt>(in.size());
    std::string out;
    std::array<char, 16 * 1024> piece{};
    int state = Z_OK;
    while (state == Z_OK && out.size() <= bytes_max) {
        z.next_out = reinterpret_cast<Bytef*>(piece.data());
        z.avail_out = static_cast<uInt>(piece.size());
        state = ::inflate(&z, Z_NO_FLUSH);
        out.append(piece.data(), piece.size() - z.avail_out);
    }
    inflateEnd(&z);
    if (state != Z_STREAM_END || out.size() > bytes_max) return std::nullopt;
    return out;
}

}  // namespace kinetide::metrics
