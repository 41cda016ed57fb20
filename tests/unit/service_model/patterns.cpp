// The patterns of the model, each with texts by which it is tried.

#include <algorithm>

#include "samples.hpp"

namespace kinetide::testing {
namespace {

const std::string consumer_head = "arn:aws:kinesis:us-east-1:000000000000:stream/orders/consumer/";

std::string arn_grown(std::size_t length) {
    const std::string head = arn_of("");
    return head + std::string(length - std::min(length, head.size()), 'n');
}

std::string consumer_arn_grown(std::size_t length) {
    const std::string tail = ":1";
    const std::size_t rest = length - std::min(length, consumer_head.size() + tail.size());
    return consumer_head + std::string(rest, 'n') + tail;
}

std::string name_grown(std::size_t length) { return std::string(length, 'n'); }

}  // namespace

const std::vector<pattern_samples>& all_patterns() {
    const std::string arn = "arn:aws:kinesis:us-east-1:000000000000:";
    const std::string decimal_39(39, '9');
    const std::string decimal_129(129, '9');
    static const std::vector<pattern_samples> all{
        {"[a-zA-Z0-9_.-]+",
         "[a-zA-Z0-9_.-]+",
         {"orders", "shardId-000000000000", "aZ_0.-"},
         {"", "a b", "a/b", "a:b", "\u043a", "a\n"},
         &name_grown},
        {R"(arn:aws.*:kinesis:.*:\d{12}:stream/\S+)",
         R"(arn:aws.*:kinesis:.*:\d{12}:stream/\S+)",
         {arn + "stream/orders", "arn:aws-cn:kinesis:cn-north-1:123456789012:stream/a/b"},
         {"", "orders", arn + "stream/", arn + "queue/orders", arn + "stream/a b", "x" + arn},
         &arn_grown},
        {R"(arn:aws.*:kinesis:.*:\d{12}:.*(stream|channel|queue)/\S+)",
         R"(arn:aws.*:kinesis:.*:\d{12}:.*(stream|channel|queue)/\S+)",
         {arn + "stream/orders", arn + "channel/c", arn + "queue/q", consumer_head + "c:1"},
         {"", "orders", arn + "stream/", arn + "topic/orders", arn + "stream/a b"},
         &arn_grown},
        {R"(^(arn):aws.*:kinesis:.*:\d{12}:.*stream\/[a-zA-Z0-9_.-]+\/consumer\/)"
         R"([a-zA-Z0-9_.-]+:[0-9]+)",
         R"(^(arn):aws.*:kinesis:.*:\d{12}:.*stream\/[a-zA-Z0-9_.-]+\/consumer\/)"
         R"([a-zA-Z0-9_.-]+:[0-9]+)",
         {consumer_head + "c:1"},
         {"", arn + "stream/orders", consumer_head + "c", consumer_head + ":1"},
         &consumer_arn_grown},
        {"[a-z0-9]{20}-[a-z0-9]{3}",
         "[a-z0-9]{20}-[a-z0-9]{3}",
         {"abcdefghij0123456789-xyz"},
         {"", "abcdefghij0123456789xyz", "ABCDEFGHIJ0123456789-xyz", "abcdefghij0123456789-xy"}},
        // Printed as they were recorded, before the model anchored them.
        {R"(^(0|([1-9]\d{0,38}))$)",
         R"(0|([1-9]\d{0,38}))",
         {"0", "1", "10", decimal_39},
         {"", "00", "01", "-1", "1a", "1.0", " 1", decimal_39 + "9"}},
        {R"(^(0|([1-9]\d{0,128}))$)",
         R"(0|([1-9]\d{0,128}))",
         {"0", "1", "10", decimal_129},
         {"", "00", "01", "-1", "1a", "1.0", " 1", decimal_129 + "9"}}};
    return all;
}

}  // namespace kinetide::testing
