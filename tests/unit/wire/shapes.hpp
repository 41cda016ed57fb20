// A request with a member of every kind, and ways to make bodies for it in both forms.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include <kinetide/base/blob.hpp>
#include <kinetide/base/clock.hpp>
#include <kinetide/wire/wire.hpp>

namespace kinetide::wire_testing {

enum class color { red, green, blue };

}  // namespace kinetide::wire_testing

template <>
inline constexpr std::array<std::string_view, 3>
    kinetide::wire::enum_names<kinetide::wire_testing::color>{"RED", "GREEN", "BLUE"};
template <>
inline constexpr std::array<std::string_view, 3>
    kinetide::wire::enum_names_printed<kinetide::wire_testing::color>{"BLUE", "RED", "GREEN"};

namespace kinetide::wire_testing {

inline bool is_lower_case(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

inline constexpr wire::pattern lower_case{"[a-z]+", &is_lower_case};

struct place {
    std::optional<std::string_view> name;
    std::optional<std::string_view> arn;

    static constexpr auto shape() {
        return wire::structure(
            wire::member("StreamName", &place::name, lower_case, wire::length{1, 8}),
            wire::member("StreamARN", &place::arn, wire::length{1, 20}));
    }
};

struct entry {
    std::optional<std::string_view> partition_key;
    std::optional<std::string_view> hash_key;
    blob_view data;

    static constexpr auto shape() {
        return wire::structure(
            "Entry",
            wire::member("PartitionKey", &entry::partition_key, wire::length{1, 4}),
            wire::member("ExplicitHashKey", &entry::hash_key, lower_case),
            wire::member("Data", &entry::data, wire::length{0, 6}));
    }
};

struct details {
    color mode = color::red;
    std::optional<std::int64_t> hours;

    static constexpr auto shape() {
        return wire::structure(
            wire::member("Mode", &details::mode),
            wire::member("Hours", &details::hours, wire::range{1}));
    }
};

struct request {
    place stream;
    std::optional<wire::list<entry>> records;
    std::optional<bool> dry_run;
    std::optional<std::int32_t> limit;
    std::optional<std::int64_t> hours;
    std::optional<instant> at;
    std::optional<color> type;
    std::optional<blob_view> blob;
    std::optional<wire::map> tags;
    std::optional<wire::list<std::string_view>> keys;
    std::optional<wire::list<color>> colors;
    std::optional<wire::list<std::int32_t>> numbers;
    std::optional<details> inner;

    static constexpr auto shape() {
        return wire::structure(
            wire::inline_members(&request::stream),
            wire::member("Records", &request::records, wire::count{1, 3}),
            wire::member("DryRun", &request::dry_run),
            wire::member("Limit", &request::limit, wire::range{1, 100}),
            wire::member("Hours", &request::hours),
            wire::member("At", &request::at),
            wire::member("Type", &request::type),
            wire::member("Blob", &request::blob, wire::length{0, 9}),
            wire::member(
                "Tags",
                &request::tags,
                wire::count{1, 2},
                wire::keys(wire::length{1, 4}),
                wire::values(wire::length{0, 5})),
            wire::member("Keys", &request::keys, wire::count{1, 3}, wire::each(wire::length{1, 4})),
            wire::member("Colors", &request::colors),
            wire::member("Numbers", &request::numbers),
            wire::member("Inner", &request::inner));
    }
};

// Nothing in it is optional.
struct strict_request {
    std::string_view name;
    blob_view data;
    std::int32_t limit = 0;
    std::int64_t hours = 0;
    bool dry_run = false;
    instant at;
    color type = color::red;
    wire::list<entry> records;
    wire::map tags;
    details inner;

    static constexpr auto shape() {
        return wire::structure(
            wire::member("Name", &strict_request::name),
            wire::member("Data", &strict_request::data),
            wire::member("Limit", &strict_request::limit),
            wire::member("Hours", &strict_request::hours),
            wire::member("DryRun", &strict_request::dry_run),
            wire::member("At", &strict_request::at),
            wire::member("Type", &strict_request::type),
            wire::member("Records", &strict_request::records),
            wire::member("Tags", &strict_request::tags),
            wire::member("Inner", &strict_request::inner));
    }
};

template <class T>
std::string encoded(wire::form f, const T& value) {
    std::string out;
    wire::encode(f, value, out);
    return out;
}

// What came of a body, in one line: its values again as JSON, or what is wrong with it.
template <class T>
std::string told(const std::variant<T, wire::failure>& answer) {
    if (const auto* bad = std::get_if<wire::failure>(&answer)) {
        switch (bad->kind) {
            case wire::failure_kind::unparsable: return "unparsable";
            case wire::failure_kind::serialization: return "serialization: " + bad->message;
            case wire::failure_kind::validation: return "validation: " + bad->message;
        }
    }
    return encoded(wire::form::json, std::get<T>(answer));
}

template <class T = request>
std::string decoded(wire::form f, std::string_view body) {
    wire::arena memory;
    return told(wire::decode<T>(f, body, memory));
}

inline std::string from_json(std::string_view body) { return decoded(wire::form::json, body); }

}  // namespace kinetide::wire_testing
