// A body in pieces of any size is the whole answer, and its size is known before.

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "answers.hpp"

namespace kinetide::wire_testing {
namespace {

using wire::form;

class wire_body : public ::testing::TestWithParam<form> {};
INSTANTIATE_TEST_SUITE_P(form, wire_body, ::testing::Values(form::json, form::cbor));

template <class T>
void expect_whole(form f, const T& value, std::size_t wanted) {
    const std::string whole = encoded(f, value);
    const auto later = wire::encode_later(f, value);
    ASSERT_EQ(later->size(), whole.size());
    std::string joined;
    bool more = true;
    while (more) {
        std::string piece;
        more = later->next(piece, wanted);
        joined += piece;
    }
    ASSERT_EQ(joined, whole) << "in pieces of " << wanted;
    std::string nothing;
    EXPECT_FALSE(later->next(nothing, wanted));
    EXPECT_EQ(nothing, "");
}

TEST_P(wire_body, in_pieces_is_the_whole) {
    for (const std::uint32_t records : {0U, 1U, 2U, 40U}) {
        const answer a = full_answer(records);
        const std::size_t size = encoded(GetParam(), a).size();
        for (std::size_t wanted = 0; wanted <= size + 1; ++wanted) {
            expect_whole(GetParam(), a, wanted);
        }
    }
}

TEST_P(wire_body, of_many_records_is_the_whole) {
    for (const std::size_t wanted : {1U, 1000U, 65536U, 10'000'000U}) {
        expect_whole(GetParam(), full_answer(2000), wanted);
    }
}

TEST_P(wire_body, may_have_no_sequence) {
    expect_whole(GetParam(), answer{}, 1);
    expect_whole(GetParam(), empty_answer{}, 1);
    expect_whole(GetParam(), details{color::blue, 5}, 1);
}

TEST_P(wire_body, is_not_much_longer_than_wanted) {
    const auto later = wire::encode_later(GetParam(), full_answer(2000));
    bool more = true;
    while (more) {
        std::string piece;
        more = later->next(piece, 10'000);
        EXPECT_LT(piece.size(), 13'000U);
        EXPECT_TRUE(!more || piece.size() >= 10'000);
    }
}

// Of elements from none to many times a piece, in all places of a group of base64.
struct blobs {
    using element = record;
    std::vector<std::string> all;

    class cursor {
    public:
        explicit cursor(const blobs& b) : all_(b.all) {}
        bool next(record& out) {
            if (index_ == all_.size()) return false;
            out.number = {static_cast<std::uint32_t>(index_)};
            out.data = blob_view(std::string_view(all_[index_]));
            out.key = "k\"\xc3\xa9\n";
            ++index_;
            return true;
        }

    private:
        const std::vector<std::string>& all_;
        std::size_t index_ = 0;
    };
};

struct large_answer {
    std::int64_t head = 0;
    blobs records;

    static constexpr auto shape() {
        return wire::structure(
            wire::member("Head", &large_answer::head),
            wire::member("Records", &large_answer::records));
    }
};

TEST_P(wire_body, divides_large_elements) {
    large_answer a;
    for (const std::size_t bytes : {10U, 500'000U, 65'536U, 0U, 49'001U, 300'001U, 300'002U}) {
        std::string data(bytes, 'x');
        for (std::size_t i = 0; i < bytes; i += 7) data[i] = static_cast<char>(i);
        a.records.all.push_back(data);
    }
    for (const std::size_t wanted : {0U, 1'000U, 65'536U, 65'537U, 70'001U, 400'000U, 9'000'000U}) {
        expect_whole(GetParam(), a, wanted);
        const auto later = wire::encode_later(GetParam(), a);
        bool more = true;
        while (more && wanted < 400'000U) {
            std::string piece;
            more = later->next(piece, wanted);
            EXPECT_LT(piece.size(), std::max<std::size_t>(wanted, 65'536) + 100);
        }
    }
}

TEST_P(wire_body, appends_and_owns_its_value) {
    std::string out = "before";
    auto value = full_answer(3);
    const std::string whole = encoded(GetParam(), value);
    const std::weak_ptr<const std::string> pinned = value.records->bytes;
    auto later = wire::encode_later(GetParam(), std::move(value));
    EXPECT_FALSE(pinned.expired());
    EXPECT_FALSE(later->next(out, 1'000'000));
    EXPECT_EQ(out, "before" + whole);
    later.reset();
    EXPECT_TRUE(pinned.expired());
}

}  // namespace
}  // namespace kinetide::wire_testing
