// arn:<partition>:kinesis:<region>:<account>:stream/<name>
#pragma once

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

// "aws", or the partition that regions of that name belong to.
std::string_view partition_of(std::string_view region);

}  // namespace kinetide
