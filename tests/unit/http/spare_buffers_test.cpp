#include "../../../src/http/spare_buffers.hpp"

#include <gtest/gtest.h>

namespace kinetide::testing {
namespace {

http::byte_buffer of(std::size_t bytes) {
    http::byte_buffer b;
    b.reserve(bytes);
    b.append("used");
    return b;
}

TEST(spare_buffers, give_the_last_one_first_and_empty) {
    http::spare_buffers spares(1'000);
    EXPECT_EQ(spares.take().capacity(), 0U);
    spares.give(of(100));
    spares.give(of(200));
    const http::byte_buffer got = spares.take();
    EXPECT_EQ(got.capacity(), 200U);
    EXPECT_EQ(got.size(), 0U);
    EXPECT_EQ(spares.take().capacity(), 100U);
    EXPECT_EQ(spares.bytes(), 0U);
}

TEST(spare_buffers, keep_no_more_than_they_may) {
    http::spare_buffers spares(1'000);
    spares.give(of(600));
    spares.give(of(401));
    EXPECT_EQ(spares.bytes(), 600U);
    spares.give(of(400));
    EXPECT_EQ(spares.bytes(), 1'000U);
}

TEST(spare_buffers, go_when_nobody_has_asked_for_one_between_two_sweeps) {
    http::spare_buffers spares(1'000);
    spares.give(spares.take());
    spares.give(of(100));
    spares.sweep();
    EXPECT_EQ(spares.bytes(), 100U);
    spares.sweep();
    EXPECT_EQ(spares.bytes(), 0U);
}

}  // namespace
}  // namespace kinetide::testing
