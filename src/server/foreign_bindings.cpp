#include "foreign_bindings.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <string>
#include <utility>

#include <kinetide/server/setting.hpp>

#include "forms.hpp"

namespace kinetide::program {
namespace {

using kind = settings::transition_kind;

constexpr std::uint64_t day_ms = 24ULL * 60 * 60 * 1000;
// The API tells limits as 32-bit integers.
constexpr std::uint64_t unreachable = std::numeric_limits<std::int32_t>::max();
constexpr std::string_view any_text = "a text that is not empty";

void set_times(configuration& c, const transition_kinds& kinds, std::chrono::milliseconds time) {
    for (const kind k : kinds) c.transitions[k] = time;
}

foreign_setting limit_of(
    std::string_view ours,
    foreign_setting f,
    std::optional<std::int64_t> settings::*member,
    std::uint64_t least,
    std::string_view accepted) {
    f = same_as(ours, std::move(f));
    f.accepted = accepted;
    f.assign = [=](configuration& c, std::string_view text) {
        const auto value = text == "Infinity" ? std::optional(unreachable)
                                              : parse_number(text, least, unreachable);
        if (value) c.*member = static_cast<std::int64_t>(*value);
        return value.has_value();
    };
    return f;
}

template <class Take>
foreign_setting boolean_of(foreign_setting f, Take take) {
    f.boolean = true;
    f.accepted = boolean_form;
    f.assign = [take](configuration& c, std::string_view text) {
        const auto value = parse_boolean(text);
        if (value) take(c, *value);
        return value.has_value();
    };
    return f;
}

foreign_setting ignored(
    foreign_setting f,
    std::string_view accepted,
    std::string_view notice,
    std::function<bool(std::string_view)> fits) {
    f.meaning = "Accepted";
    f.accepted = accepted;
    f.notice = notice;
    f.assign = [fits = std::move(fits)](configuration&, std::string_view text) {
        return fits(text);
    };
    return f;
}

}  // namespace

transition_kinds every_kind() {
    transition_kinds all;
    for (auto k = kind::create_stream; k <= kind::deregister_consumer;
         k = static_cast<kind>(static_cast<int>(k) + 1)) {
        all.push_back(k);
    }
    return all;
}

transition_kinds updating_kinds() {
    return {
        kind::update_stream,
        kind::split_shard,
        kind::merge_shards,
        kind::update_shard_count,
        kind::update_stream_mode,
        kind::start_encryption,
        kind::stop_encryption};
}

foreign_setting same_as(std::string_view ours, foreign_setting f) {
    const auto& all = all_settings();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const setting& s) { return s.name == ours; });
    if (found == all.end()) throw std::logic_error("no setting " + std::string(ours));
    f.sets = found->name;
    f.meaning = found->meaning;
    f.accepted = found->accepted;
    f.assign = found->value.assign;
    return f;
}

foreign_setting milliseconds_of(
    foreign_setting f, transition_kinds kinds, std::string_view meaning) {
    f = same_as("transition-ms", std::move(f));
    f.meaning = meaning;
    f.assign = [kinds = std::move(kinds)](configuration& c, std::string_view text) {
        const auto ms = parse_number(text, 0, day_ms);
        if (ms) set_times(c, kinds, std::chrono::milliseconds(static_cast<std::int64_t>(*ms)));
        return ms.has_value();
    };
    return f;
}

foreign_setting duration_of(foreign_setting f, kind k, std::string_view meaning) {
    f = same_as("transition-ms", std::move(f));
    f.meaning = meaning;
    f.accepted = duration_form;
    f.assign = [k](configuration& c, std::string_view text) {
        const auto time = parse_duration(text);
        if (time) set_times(c, {k}, *time);
        return time.has_value();
    };
    return f;
}

foreign_setting shard_limit_of(foreign_setting f) {
    return limit_of(
        "shard-limit",
        std::move(f),
        &settings::shard_limit,
        1,
        "a number from 1 to 2147483647, or Infinity");
}

foreign_setting on_demand_limit_of(foreign_setting f) {
    return limit_of(
        "on-demand-stream-limit",
        std::move(f),
        &settings::on_demand_stream_limit,
        0,
        "a number from 0 to 2147483647, or Infinity");
}

foreign_setting log_level_of(foreign_setting f) {
    f = same_as("log-level", std::move(f));
    f.assign = [ours = f.assign](configuration& c, std::string_view text) {
        return ours(c, lower_case(text));
    };
    return f;
}

foreign_setting access_log_of(foreign_setting f) {
    f = boolean_of(same_as("log-level", std::move(f)), [](configuration& c, bool wanted) {
        if (wanted) c.log_level = std::min(c.log_level, log::level::debug);
    });
    f.meaning = "Logs each request: the log level is debug at most";
    return f;
}

foreign_setting enforce_limits_of(foreign_setting f) {
    using profile = settings::limits_profile;
    f = boolean_of(same_as("limits", std::move(f)), [](configuration& c, bool wanted) {
        c.limits = wanted ? profile::aws : profile::relaxed;
    });
    f.meaning = "true: rates and quotas are enforced as well (--limits aws)";
    return f;
}

foreign_setting ignored_text(foreign_setting f, std::string_view notice) {
    return ignored(std::move(f), any_text, notice, is_path);
}

foreign_setting ignored_boolean(foreign_setting f, std::string_view notice) {
    f.boolean = true;
    return ignored(std::move(f), boolean_form, notice, [](std::string_view text) {
        return parse_boolean(text).has_value();
    });
}

foreign_setting ignored_duration(foreign_setting f, std::string_view notice) {
    return ignored(std::move(f), duration_form, notice, [](std::string_view text) {
        return parse_duration(text).has_value();
    });
}

foreign_setting ignored_number(
    foreign_setting f, range r, std::string_view accepted, std::string_view notice) {
    return ignored(std::move(f), accepted, notice, [r](std::string_view text) {
        return parse_number(text, r.least, r.most).has_value();
    });
}

}  // namespace kinetide::program
