// arn:<partition>:kinesis:<region>:<account>:stream/<name>, and of a consumer that with
// /consumer/<name>:<creation, epoch seconds>
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kinetide {

struct stream_arn {
    std::string_view partition = "aws";
    std::string_view region;
    std::string_view account_id;
    std::string_view stream_name;

    [[nodiscard]] std::string text() const;

    // Views into `text`.  Nothing when it is not a stream's ARN; a consumer's is not one.
    static std::optional<stream_arn> parse(std::string_view text);
};

struct consumer_arn {
    std::string_view partition = "aws";
    std::string_view region;
    std::string_view account_id;
    std::string_view stream_name;
    std::string_view consumer_name;
    std::int64_t created_s = 0;

    [[nodiscard]] std::string text() const;

    // Views into `text`.  Nothing when it is not a consumer's ARN.
    static std::optional<consumer_arn> parse(std::string_view text);
};

// "aws", or the partition that regions of that name belong to.
std::string_view partition_of(std::string_view region);

}  // namespace kinetide
