// ARNs print as they were read, and only in one spelling.

#include <gtest/gtest.h>

#include <kinetide/model/arn.hpp>
#include <string>

namespace kinetide {
namespace {

const std::string of_stream = "arn:aws:kinesis:us-east-1:000000000000:stream/orders";

TEST(arn, of_a_consumer_has_five_parts_and_a_second) {
    const std::string text =
        "arn:aws-cn:kinesis:cn-north-1:123456789012:stream/o.r_d/consumer/b-1:42";
    const auto arn = consumer_arn::parse(text);
    ASSERT_TRUE(arn);
    EXPECT_EQ(arn->partition, "aws-cn");
    EXPECT_EQ(arn->region, "cn-north-1");
    EXPECT_EQ(arn->account_id, "123456789012");
    EXPECT_EQ(arn->stream_name, "o.r_d");
    EXPECT_EQ(arn->consumer_name, "b-1");
    EXPECT_EQ(arn->created_s, 42);
    EXPECT_EQ(arn->text(), text);
}

TEST(arn, of_a_consumer_has_one_spelling) {
    const std::string head = of_stream + "/consumer/";
    EXPECT_TRUE(consumer_arn::parse(head + "c:0"));
    EXPECT_TRUE(consumer_arn::parse(head + "c:9223372036854775807"));
    EXPECT_TRUE(consumer_arn::parse(head + std::string(128, 'c') + ":1"));
    for (const std::string& tail :
         {std::string("c"),
          std::string("c:"),
          std::string(":1"),
          std::string("c:01"),
          std::string("c:-1"),
          std::string("c:+1"),
          std::string("c:1 "),
          std::string("c:1:2"),
          std::string("c/d:1"),
          std::string("c:9223372036854775808"),
          std::string(129, 'c') + ":1"}) {
        EXPECT_FALSE(consumer_arn::parse(head + tail)) << tail;
    }
    EXPECT_FALSE(consumer_arn::parse(of_stream));
    EXPECT_FALSE(consumer_arn::parse(of_stream + ":1"));
    EXPECT_FALSE(consumer_arn::parse("arn:aws:kinesis:us-east-1:0:stream/orders/consumer/c:1"));
    EXPECT_FALSE(consumer_arn::parse("arn:aws:sqs:us-east-1:000000000000:stream/o/consumer/c:1"));
}

TEST(arn, of_a_stream_is_no_consumers) {
    EXPECT_TRUE(stream_arn::parse(of_stream));
    EXPECT_FALSE(stream_arn::parse(of_stream + "/consumer/c:1"));
}

}  // namespace
}  // namespace kinetide
