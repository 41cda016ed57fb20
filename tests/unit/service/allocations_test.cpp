// That records have no allocations of their own, on their way in and out.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "support/allocation_count.hpp"
#include "support/quiet_service.hpp"

namespace kinetide::testing {
namespace {

class record_allocations : public ::testing::TestWithParam<wire::form> {
protected:
    // Of one such request, in the steady state; the least of some, for now and then one begins a
    // block of the log.
    std::int64_t least_of(const quiet_request& r) {
        std::int64_t least = 1'000'000;
        for (int i = 0; i < 20; ++i) {
            const std::int64_t before = allocations();
            EXPECT_EQ(service.serve(r), 200);
            least = std::min(least, allocations() - before);
        }
        return least;
    }

    quiet_request puts(int count) {
        json records = json::array();
        for (int i = 0; i < count; ++i) {
            records.push_back({{"PartitionKey", "k" + std::to_string(i)}, {"Data", data}});
        }
        return service.request("PutRecords", {{"StreamName", "orders"}, {"Records", records}});
    }

    quiet_request page_of(int count) {
        json asked = {{"ShardIterator", service.iterator("orders")}, {"Limit", count}};
        return service.request("GetRecords", asked);
    }

    const std::string data = base64(std::string(100, 'x'));
    quiet_service service{GetParam()};
};

// But for the answer's text, which doubles its room as it grows.
TEST_P(record_allocations, twice_as_many_records_are_put_with_one_more_of_them_at_most) {
    service.create("orders", 4);
    least_of(puts(500));  // what is made once
    EXPECT_LE(least_of(puts(500)), least_of(puts(250)) + 1);
}

TEST_P(record_allocations, four_times_as_many_records_are_read_with_no_more_of_them) {
    service.create("orders", 1);
    for (int i = 0; i < 4; ++i) EXPECT_EQ(service.serve(puts(500)), 200);
    least_of(page_of(2'000));  // what is made once
    EXPECT_LE(least_of(page_of(2'000)), least_of(page_of(500)));
}

INSTANTIATE_TEST_SUITE_P(wire, record_allocations, every_wire_form(), form_name);

}  // namespace
}  // namespace kinetide::testing
