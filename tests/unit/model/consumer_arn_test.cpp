// A consumer's ARN is its stream's, its name and the second of its creation.

#include <gtest/gtest.h>

#include <kinetide/model/arn.hpp>

namespace kinetide::testing {
namespace {

const std::string stream = "arn:aws:kinesis:us-east-1:123456789012:stream/orders";

TEST(consumer_arn, prints_what_it_reads) {
    const std::string text = stream + "/consumer/billing_1.a-b:1700000000";
    const auto arn = consumer_arn::parse(text);
    ASSERT_TRUE(arn);
    EXPECT_EQ(arn->partition, "aws");
    EXPECT_EQ(arn->region, "us-east-1");
    EXPECT_EQ(arn->account_id, "123456789012");
    EXPECT_EQ(arn->stream_name, "orders");
    EXPECT_EQ(arn->consumer_name, "billing_1.a-b");
    EXPECT_EQ(arn->created_s, 1'700'000'000);
    EXPECT_EQ(arn->text(), text);
}

TEST(consumer_arn, is_no_other_resources) {
    for (const char* rest :
         {"",
          "/consumer/",
          "/consumer/billing",
          "/consumer/billing:",
          "/consumer/:1",
          "/consumer/billing:x",
          "/consumer/billing:-1",
          "/consumer/billing:1x",
          "/consumer/billing:01",
          "/consumer/bill ing:1",
          "/consumer/a/consumer/b:1",
          "/consumer/billing:99999999999999999999"}) {
        EXPECT_FALSE(consumer_arn::parse(stream + rest)) << rest;
    }
    EXPECT_FALSE(consumer_arn::parse("arn:aws:s3:us-east-1:123456789012:stream/s/consumer/c:1"));
    EXPECT_FALSE(
        consumer_arn::parse("arn:aws:kinesis:us-east-1:123456789012:queue/s/consumer/c:1"));
}

}  // namespace
}  // namespace kinetide::testing
