#include <kinetide/model/arn.hpp>

#include <charconv>

#include <kinetide/model/names.hpp>

namespace kinetide {
namespace {

constexpr std::string_view resource = "stream/";
constexpr std::string_view consumer = "/consumer/";

// The text up to the next ':', which is dropped; nothing when there is none.
std::optional<std::string_view> take_part(std::string_view& rest) {
    const auto colon = rest.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const std::string_view part = rest.substr(0, colon);
    rest.remove_prefix(colon + 1);
    return part;
}

// Digits without a leading zero, so that no second spelling of an ARN is taken.
std::optional<std::int64_t> canonical_number(std::string_view text) {
    const bool digits = !text.empty() && text.front() >= '0' && text.front() <= '9';
    if (!digits || (text.size() > 1 && text.front() == '0')) return std::nullopt;
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace

std::string stream_arn::text() const {
    std::string out = "arn:";
    out.append(partition).append(":kinesis:").append(region).append(":");
    out.append(account_id).append(":").append(resource).append(stream_name);
    return out;
}

std::optional<stream_arn> stream_arn::parse(std::string_view text) {
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

std::string consumer_arn::text() const {
    std::string out = stream_arn{partition, region, account_id, stream_name}.text();
    out.append(consumer).append(consumer_name).append(":").append(std::to_string(created_s));
    return out;
}

std::optional<consumer_arn> consumer_arn::parse(std::string_view text) {
    const auto slash = text.find(consumer);
    if (slash == std::string_view::npos) return std::nullopt;
    const auto stream = stream_arn::parse(text.substr(0, slash));
    std::string_view rest = text.substr(slash + consumer.size());
    const auto name = take_part(rest);
    // A consumer's name is made like a stream's.
    if (!stream || !name || !is_stream_name(*name)) return std::nullopt;
    const auto created_s = canonical_number(rest);
    if (!created_s) return std::nullopt;
    return consumer_arn{
        stream->partition,
        stream->region,
        stream->account_id,
        stream->stream_name,
        *name,
        *created_s};
}

std::string_view partition_of(std::string_view region) {
    if (region.starts_with("cn-")) return "aws-cn";
    if (region.starts_with("us-gov-")) return "aws-us-gov";
    return "aws";
}

}  // namespace kinetide
