// A number of DynamoDB: decimal and exact, with up to 38 digits.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace kinetide::leases {

class number {
public:
    // Nothing when the text is no number, or one of more digits or another magnitude than is kept.
    static std::optional<number> parse(std::string_view text);

    friend std::strong_ordering operator<=>(const number& a, const number& b);
    friend bool operator==(const number& a, const number& b) = default;

    // Nothing when the sum needs more digits than are kept.
    [[nodiscard]] std::optional<number> plus(const number& other) const;

    // Without an exponent and without needless zeros.
    [[nodiscard]] std::string text() const;

    // Texts that compare, byte by byte, as the numbers do.
    [[nodiscard]] std::string sortable() const;

private:
    static std::optional<number> normal(bool negative, std::string digits, int exponent);
    [[nodiscard]] std::string padded(int last, int first) const;

    // 0.DIGITS times ten to the exponent.  No zeros at the ends of the digits; none at all is zero,
    // which has no sign and exponent 0.
    bool negative_ = false;
    std::string digits_;
    int exponent_ = 0;
};

}  // namespace kinetide::leases
