// Prometheus' text format, version 0.0.4.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace kinetide::service {

class exposition {
public:
    using label = std::pair<std::string_view, std::string_view>;

    // `type` is counter, gauge, histogram or summary.
    void family(std::string_view name, std::string_view type, std::string_view help);
    // A line of the family that began last; `suffix` is "", "_sum", ...
    void sample(
        std::string_view suffix, std::initializer_list<label> labels, std::string_view value);
    void sample(std::string_view suffix, std::initializer_list<label> labels, std::uint64_t value);
    void sample(std::string_view suffix, std::initializer_list<label> labels, std::int64_t value);
    void sample(std::string_view suffix, std::initializer_list<label> labels, double value);

    void comment(std::string_view line);
    [[nodiscard]] const std::string& text() const { return text_; }

private:
    std::string name_;
    std::string text_;
};

std::string number_text(double value);

}  // namespace kinetide::service
