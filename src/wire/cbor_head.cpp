#include "cbor_head.hpp"

#include <bit>
#include <cmath>
#include <limits>

#include "number.hpp"

namespace kinetide::wire {
namespace {

double half_float(std::uint32_t bits) {
    const std::uint32_t exponent = bits >> 10U & 0x1fU;
    const double fraction = bits & 0x3ffU;
    double magnitude = 0;
    if (exponent == 0) {
        magnitude = std::ldexp(fraction, -24);
    } else if (exponent != 31) {
        magnitude = std::ldexp(fraction + 1024, static_cast<int>(exponent) - 25);
    } else {
        magnitude = fraction == 0 ? std::numeric_limits<double>::infinity()
                                  : std::numeric_limits<double>::quiet_NaN();
    }
    return (bits & 0x8000U) != 0 ? -magnitude : magnitude;
}

}  // namespace

double cbor_head::float_value() const {
    if (detail == 27) return std::bit_cast<double>(argument);
    if (detail == 26) return std::bit_cast<float>(static_cast<std::uint32_t>(argument));
    return half_float(static_cast<std::uint32_t>(argument));
}

std::int64_t cbor_head::whole_number() const {
    if (is_float()) return floor_of_double(float_value());
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    const bool fits = argument <= static_cast<std::uint64_t>(most);
    const std::int64_t magnitude = fits ? static_cast<std::int64_t>(argument) : most;
    return major == cbor_major::negative_integer ? -1 - magnitude : magnitude;
}

std::int64_t cbor_head::time_ms() const {
    return bounded_ms(is_float() ? ms_of_seconds(float_value()) : whole_number());
}

cbor_head read_cbor_head(const char* at, const char* end) {
    if (at == end) return {};
    const auto first = static_cast<std::uint8_t>(*at++);
    cbor_head head;
    head.major = static_cast<cbor_major>(first >> 5U);
    head.detail = first & 0x1fU;
    if (head.detail < 24) {
        head.argument = head.detail;
    } else if (head.detail <= 27) {
        const std::ptrdiff_t size = std::ptrdiff_t{1} << (head.detail - 24U);
        if (end - at < size) return {};
        for (std::ptrdiff_t i = 0; i < size; ++i) {
            head.argument = head.argument << 8U | static_cast<std::uint8_t>(*at++);
        }
        // A simple value below 32 has only its short form.
        if (head.major == cbor_major::simple && head.detail == 24 && head.argument < 32) return {};
    } else {
        const bool may_be_indefinite =
            head.major == cbor_major::simple ||
            (head.major >= cbor_major::bytes && head.major <= cbor_major::map);
        if (head.detail != 31 || !may_be_indefinite) return {};
    }
    head.behind = at;
    return head;
}

cbor_head read_cbor_value_head(const char* at, const char* end) {
    cbor_head head = read_cbor_head(at, end);
    while (head.behind != nullptr && head.major == cbor_major::tag) {
        head = read_cbor_head(head.behind, end);
    }
    return head;
}

}  // namespace kinetide::wire
