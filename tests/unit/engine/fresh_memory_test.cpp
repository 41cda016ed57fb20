#include <gtest/gtest.h>
#include <sys/mman.h>

#include <algorithm>
#include <kinetide/engine/fresh_memory.hpp>
#include <optional>
#include <string>
#include <vector>

#include "../../../src/engine/block.hpp"
#include "support/engine_kit.hpp"

namespace kinetide::testing {
namespace {

constexpr std::size_t page_bytes = 4096;

// A block of a megabyte with one record.
class filled_block {
public:
    filled_block() { append(1'000); }

    void append(std::size_t bytes) {
        const std::string data(bytes, 'x');
        block.append({instant{1'000}, {}, "k", blob_view(data.data(), data.size())});
    }

    // Pages of [begin, end) that the system has given.
    std::ptrdiff_t pages_there(std::size_t begin, std::size_t end) {
        std::size_t first = 0;
        char* const record = const_cast<char*>(block.read(first).partition_key->data());
        char* const memory = record - reinterpret_cast<std::uintptr_t>(record) % page_bytes;
        std::vector<unsigned char> pages((end - begin) / page_bytes);
        EXPECT_EQ(mincore(memory + begin, end - begin, pages.data()), 0);
        return std::count_if(pages.begin(), pages.end(), [](unsigned char p) { return p & 1U; });
    }

    engine::block block{
        std::make_shared<engine::block_memory>(), std::size_t{1} << 20U, 1, instant{1'000}};
};

TEST(fresh_memory, is_there_when_it_was_asked_for) {
    filled_block b;
    const auto [begin, end] = b.block.claim_ahead();
    ASSERT_LT(begin, end);
    EXPECT_LE(end, b.block.capacity() / 4 + page_bytes) << "a quarter of a block is enough";
    EXPECT_EQ(b.pages_there(begin, end), 0);
    b.block.ask(begin, end);
    EXPECT_EQ(b.pages_there(begin, end), static_cast<std::ptrdiff_t>((end - begin) / page_bytes));
    EXPECT_EQ(b.pages_there(end, b.block.capacity()), 0);
}

TEST(fresh_memory, is_wanted_again_when_half_of_it_is_used) {
    filled_block b;
    const std::size_t first_end = b.block.claim_ahead().second;
    const auto wanted = [&] {
        const auto [begin, end] = b.block.claim_ahead();
        return end - begin;
    };
    EXPECT_EQ(wanted(), 0U);
    b.append(first_end / 2 - 10'000);
    EXPECT_EQ(wanted(), 0U);
    b.append(20'000);
    EXPECT_GT(wanted(), 100'000U);
    EXPECT_EQ(wanted(), 0U);
}

TEST(fresh_memory, is_the_blocks_as_long_as_somebody_wants_it) {
    engine_kit kit;
    auto s = kit.create("s", 1);
    const std::string data(100'000, 'x');
    std::optional<engine::fresh_memory> wanted(std::in_place);
    engine::put_entry e;
    e.data = blob_view(data.data(), data.size());
    engine::put_result r;
    for (int i = 0; i < 10; ++i) {
        ASSERT_TRUE(kit.engine.put(s, {&e, 1}, {&r, 1}, kit.answer_after, &*wanted));
    }
    ASSERT_FALSE(wanted->empty());
    kit.remove(s);
    kit.engine.run_due();
    s.reset();
    EXPECT_GT(kit.engine.block_bytes(), 0);
    wanted->ask();
    wanted.reset();
    EXPECT_EQ(kit.engine.block_bytes(), 0);
}

}  // namespace
}  // namespace kinetide::testing
