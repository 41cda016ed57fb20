// Makes the entries of the table of foreign settings.  Each takes an entry that has its names, and
// adds what a value of it means here.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include <kinetide/server/foreign_setting.hpp>

#include "bindings.hpp"

namespace kinetide::program {

using transition_kinds = std::vector<settings::transition_kind>;

[[nodiscard]] transition_kinds every_kind();
// What kinesalite and ferrokinesis know as one.
[[nodiscard]] transition_kinds updating_kinds();

// The same values as the setting of ours with this name.
[[nodiscard]] foreign_setting same_as(std::string_view ours, foreign_setting f);

// The time of these transitions: a number of milliseconds, or a duration.
[[nodiscard]] foreign_setting milliseconds_of(
    foreign_setting f, transition_kinds kinds, std::string_view meaning);
[[nodiscard]] foreign_setting duration_of(
    foreign_setting f, settings::transition_kind kind, std::string_view meaning);

// `Infinity` is a limit that nobody reaches.
[[nodiscard]] foreign_setting shard_limit_of(foreign_setting f);
[[nodiscard]] foreign_setting on_demand_limit_of(foreign_setting f);

// The names of our levels, in capitals or not.
[[nodiscard]] foreign_setting log_level_of(foreign_setting f);
[[nodiscard]] foreign_setting access_log_of(foreign_setting f);
[[nodiscard]] foreign_setting enforce_limits_of(foreign_setting f);

// Those without an effect, which is what `notice` says.  Their values are judged all the same.
[[nodiscard]] foreign_setting ignored_text(foreign_setting f, std::string_view notice);
[[nodiscard]] foreign_setting ignored_boolean(foreign_setting f, std::string_view notice);
[[nodiscard]] foreign_setting ignored_duration(foreign_setting f, std::string_view notice);
[[nodiscard]] foreign_setting ignored_number(
    foreign_setting f, range r, std::string_view accepted, std::string_view notice);

// The setting of ours with this name, in a coarser unit.
template <class Owner, class Member>
[[nodiscard]] foreign_setting scaled(
    std::string_view ours,
    foreign_setting f,
    Member Owner::*member,
    range r,
    std::uint64_t factor,
    std::string_view accepted) {
    f = same_as(ours, std::move(f));
    f.accepted = accepted;
    f.assign = [=](configuration& c, std::string_view text) {
        const auto value = parse_number(text, r.least, r.most);
        if (value) c.*member = number_member<Member>::of(*value * factor);
        return value.has_value();
    };
    return f;
}

}  // namespace kinetide::program
