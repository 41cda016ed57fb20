#include <kinetide/operations/encryption.hpp>

#include <algorithm>
#include <string>

#include <kinetide/engine/limits.hpp>
#include <kinetide/operations/refusals.hpp>
#include <kinetide/operations/settings.hpp>

namespace kinetide::operations {
namespace {

bool is_hex(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    });
}

// 8-4-4-4-12
bool is_uuid(std::string_view text) {
    constexpr std::string_view form = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    if (text.size() != form.size()) return false;
    for (std::size_t i = 0; i < form.size(); ++i) {
        if (form[i] == '-' ? text[i] != '-' : !is_hex(text.substr(i, 1))) return false;
    }
    return true;
}

bool is_bare_key(std::string_view text) {
    constexpr std::string_view multi_region = "mrk-";
    constexpr std::size_t digits = 32;
    if (!text.starts_with(multi_region)) return is_uuid(text);
    const std::string_view rest = text.substr(multi_region.size());
    return rest.size() == digits && is_hex(rest);
}

bool is_alias(std::string_view text) {
    constexpr std::string_view head = "alias/";
    constexpr std::size_t length_max = 256;
    if (!text.starts_with(head) || text.size() <= head.size() || text.size() > length_max) {
        return false;
    }
    const std::string_view name = text.substr(head.size());
    return std::all_of(name.begin(), name.end(), [](char c) {
        return c == '/' || (c != '.' && is_name_text(std::string_view(&c, 1)));
    });
}

std::string_view take_part(std::string_view& text) {
    const auto colon = text.find(':');
    const std::string_view part = text.substr(0, colon);
    text.remove_prefix(colon == std::string_view::npos ? text.size() : colon + 1);
    return part;
}

}  // namespace

bool is_key_id(std::string_view text) {
    if (is_bare_key(text) || is_alias(text)) return true;
    // arn:<partition>:kms:<region>:<account>:key/<id> or :alias/<name>
    const bool head = take_part(text) == "arn" && take_part(text).starts_with("aws") &&
                      take_part(text) == "kms" && !take_part(text).empty() &&
                      is_account_id(take_part(text));
    constexpr std::string_view key = "key/";
    return head && (is_alias(text) || (text.starts_with(key) && is_bare_key(text.substr(4))));
}

result<nothing> switch_encryption(
    const encryption_input& in, call& c, const encryption_switch& how) {
    const engine::control_lock control = c.engine.control();
    const auto found = find_active_stream(c, in.stream);
    if (!found) return found.error();
    const engine::stream& stream = **found;
    if (in.type != engine::encryption_type::kms) return refusals::encryption_type_not_kms();
    const bool starts = how.to == engine::encryption_type::kms;
    // Of the two only StartStreamEncryption has errors of the key service.
    if (starts && !is_key_id(in.key_id)) return refusals::key_invalid(in.key_id);
    engine::stream_settings to = stream.settings();
    to.encryption = how.to;
    to.key_id = starts ? std::string(in.key_id) : std::string();
    if (to == stream.settings()) return nothing{};
    if (!quota_left(c, stream, how.counts_as, limits::encryption_switches_a_day_max)) {
        return refusals::too_many_encryption_switches(stream.id(), c.operation);
    }
    return change_settings(c, control, stream, to, {how.takes, how.counts_as});
}

}  // namespace kinetide::operations
