#include "page_check.hpp"

#include "scenario.hpp"
#include "text.hpp"

namespace kinetide::load {

// Data is stepped over without looking; in what is left between two of them there is one number,
// whether it stands before its data or behind.
std::size_t records_in(const answer& a, std::size_t record_bytes, rising& numbers) {
    const std::size_t text_bytes = (record_bytes + 2) / 3 * 4;
    constexpr std::string_view data = R"("Data":)";
    std::string_view rest = a.body;
    std::size_t records = 0;
    std::size_t numbered = 0;
    while (true) {
        const std::size_t at = rest.find(data);
        std::string_view between = rest.substr(0, at);
        const auto number = take_text(between, "\"SequenceNumber\"", false);
        if (!number.empty()) {
            if (!numbers.above(0, number)) throw wrong_answer("a number that does not rise", a);
            ++numbered;
        }
        if (at == std::string_view::npos) break;
        rest.remove_prefix(at + data.size());
        if (rest.starts_with(' ')) rest.remove_prefix(1);
        if (rest.size() < text_bytes + 2 || rest[0] != '"' || rest[text_bytes + 1] != '"') {
            throw wrong_answer("a record of another size", a);
        }
        rest.remove_prefix(text_bytes + 2);
        ++records;
    }
    if (numbered != records) throw wrong_answer("records without numbers", a);
    return records;
}

}  // namespace kinetide::load
