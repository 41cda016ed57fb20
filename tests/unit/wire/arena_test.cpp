// Memory by the piece: aligned, apart from each other, and bounded after a reset.

#include <kinetide/wire/arena.hpp>

#include <cstdint>
#include <cstring>
#include <vector>

#include <gtest/gtest.h>

namespace kinetide::wire_testing {
namespace {

TEST(wire_arena, pieces_are_aligned_and_apart) {
    wire::arena memory;
    std::vector<std::pair<char*, std::size_t>> pieces;
    for (std::size_t i = 0; i < 3000; ++i) {
        const std::size_t size = i * 7 % 501;
        const std::size_t alignment = std::size_t{1} << i % 5;
        auto* const at = static_cast<char*>(memory.allocate(size, alignment));
        EXPECT_EQ(reinterpret_cast<std::uintptr_t>(at) % alignment, 0U);
        if (size > 0) std::memset(at, static_cast<int>(i % 251), size);
        pieces.emplace_back(at, size);
    }
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const auto [at, size] = pieces[i];
        for (std::size_t k = 0; k < size; ++k) {
            ASSERT_EQ(static_cast<unsigned char>(at[k]), i % 251);
        }
    }
}

TEST(wire_arena, gives_the_rest_of_the_newest_piece_again) {
    wire::arena memory;
    char* const first = memory.text(100);
    memory.end_newest_at(first + 10);
    EXPECT_EQ(memory.text(5), first + 10);
    memory.text(100'000);
    char* const other = memory.text(100);
    memory.end_newest_at(other);
    EXPECT_EQ(memory.text(1), other);
}

TEST(wire_arena, uses_the_same_memory_after_a_reset) {
    wire::arena memory;
    const auto round = [&memory] {
        std::vector<char*> pieces;
        for (int i = 0; i < 500; ++i) pieces.push_back(memory.text(1024));
        memory.reset();
        return pieces;
    };
    round();
    round();  // by now one chunk holds it all
    EXPECT_EQ(round(), round());
}

TEST(wire_arena, lets_go_of_what_is_beyond_the_bound) {
    wire::arena memory(1 << 16);
    char* const small = memory.text(100);
    memory.text(1 << 20);
    memory.reset();
    EXPECT_EQ(memory.text(100), small);
    memory.reset();
    EXPECT_EQ(memory.text(100), small);
}

}  // namespace
}  // namespace kinetide::wire_testing
