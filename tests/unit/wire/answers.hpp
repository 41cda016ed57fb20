// An answer with a member of every kind that answers may have, a sequence last.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "shapes.hpp"

namespace kinetide::wire_testing {

// Writes its number in five digits.
struct five_digits {
    std::uint32_t number = 0;

    static constexpr std::size_t text_bytes_max = 5;
    std::size_t write_text(char* out) const {
        std::uint32_t left = number;
        for (std::size_t i = 5; i-- > 0; left /= 10) out[i] = static_cast<char>('0' + left % 10);
        return 5;
    }
};

struct record {
    five_digits number;
    std::optional<instant> at;
    blob_view data;
    std::optional<std::string_view> key;

    static constexpr auto shape() {
        return wire::structure(
            wire::member("Number", &record::number),
            wire::member("At", &record::at),
            wire::member("Data", &record::data),
            wire::member("Key", &record::key));
    }
};

// Record i holds i bytes; every third one has a key.
struct page {
    using element = record;

    std::uint32_t count = 0;
    std::shared_ptr<const std::string> bytes = std::make_shared<std::string>(2000, 'z');

    class cursor {
    public:
        explicit cursor(const page& p) : page_(p) {}
        bool next(record& out) {
            if (index_ == page_.count) return false;
            out.number = {index_};
            out.at = instant{1603149588000 + index_};
            out.data = {page_.bytes->data(), index_};
            if (index_ % 3 == 0) out.key = "k\"\xc3\xa9\n";
            ++index_;
            return true;
        }

    private:
        const page& page_;
        std::uint32_t index_ = 0;
    };
};

struct answer {
    std::string text;
    std::vector<std::string> texts;
    std::vector<five_digits> numbers;
    std::optional<std::vector<details>> inner;
    std::optional<std::int64_t> behind;
    int limit = 0;
    bool more = false;
    color type = color::red;
    instant at;
    std::optional<page> records;

    static constexpr auto shape() {
        return wire::structure(
            wire::member("Text", &answer::text),
            wire::member("Texts", &answer::texts),
            wire::member("Numbers", &answer::numbers),
            wire::member("Inner", &answer::inner),
            wire::member("Behind", &answer::behind),
            wire::member("Limit", &answer::limit),
            wire::member("More", &answer::more),
            wire::member("Type", &answer::type),
            wire::member("At", &answer::at),
            wire::member("Records", &answer::records));
    }
};

struct empty_answer {
    static constexpr auto shape() { return wire::structure(); }
};

inline answer full_answer(std::uint32_t records) {
    answer a;
    a.text = "a\"b";
    a.texts = {"x", "", "\xc3\xa9"};
    a.numbers = {{7}, {12345}};
    a.inner = {{color::blue, 3}, {color::green, std::nullopt}};
    a.behind = -9'000'000'000;
    a.limit = -1;
    a.more = true;
    a.type = color::green;
    a.at = instant{1603149588042};
    a.records = page{records};
    return a;
}

}  // namespace kinetide::wire_testing
