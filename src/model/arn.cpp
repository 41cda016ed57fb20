#include <kinetide/model/arn.hpp>

#include <kinetide/model/names.hpp>

namespace kinetide {
namespace {

// The text up to the next ':', which is dropped; nothing when there is none.
std::optional<std::string_view> take_part(std::string_view& rest) {
    const auto colon = rest.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const std::string_view part = rest.substr(0, colon);
    rest.remove_prefix(colon + 1);
    return part;
}

}  // namespace

std::string stream_arn::text() const {
    std::string out = "arn:";
    out.append(partition).append(":kinesis:").append(region).append(":");
    out.append(account_id).append(":stream/").append(stream_name);
    return out;
}

std::optional<stream_arn> stream_arn::parse(std::string_view text) {
    constexpr std::string_view resource = "stream/";
    const auto scheme = take_part(text);
    const auto partition = take_part(text);
    const auto service = take_part(text);
    const auto region = take_part(text);
    const auto account = take_part(text);
    if (!account || *scheme != "arn" || *service != "kinesis") return std::nullopt;
    if (!partition->starts_with("aws") || !is_account_id(*account)) return std::nullopt;
    if (!text.starts_with(resource)) return std::nullopt;
    text.remove_prefix(resource.size());
    if (!is_stream_name(text)) return std::nullopt;
    return stream_arn{*partition, *region, *account, text};
}

std::string_view partition_of(std::string_view region) {
    if (region.starts_with("cn-")) return "aws-cn";
    if (region.starts_with("us-gov-")) return "aws-us-gov";
    return "aws";
}

}  // namespace kinetide
