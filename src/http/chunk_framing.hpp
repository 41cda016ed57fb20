// What stands between the chunks of a chunked body: size lines, extensions, trailers.  Extensions
// and trailers are read past and dropped.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "http1_head.hpp"

namespace kinetide::http {

class chunk_framing {
public:
    // data_bytes_max bounds all chunks together, extra_bytes_max all extensions and trailers.
    chunk_framing(std::uint64_t data_bytes_max, std::size_t extra_bytes_max)
        : data_bytes_left_(data_bytes_max), extra_bytes_left_(extra_bytes_max) {}

    enum class step { more, data, end, refused };
    // Reads from the front of `bytes` up to the next chunk's data, of which `data_bytes` are due.
    step read(std::string_view& bytes);

    [[nodiscard]] std::uint64_t data_bytes() const {
        return state_ == state::data ? chunk_bytes_ : 0;
    }
    void took(std::uint64_t data_bytes) { chunk_bytes_ -= data_bytes; }
    [[nodiscard]] objection why() const { return why_; }

private:
    enum class state {
        size_first,
        size,
        extension,
        size_lf,
        data,
        data_cr,
        data_lf,
        trailer_first,
        trailer_name,
        trailer_value,
        trailer_lf,
        end_lf,
        end
    };
    state after(char c);
    state after_size_digit(char c);
    state after_size(char c);
    state trailer(state next);
    state refuse(int status, std::string_view reason);

    state state_ = state::size_first;
    std::uint64_t chunk_bytes_ = 0;
    std::uint64_t data_bytes_left_;
    std::size_t extra_bytes_left_;
    int digits_ = 0;
    bool refused_ = false;
    objection why_;
};

}  // namespace kinetide::http
