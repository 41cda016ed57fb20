// CreateTable, DescribeTable, UpdateTable, DeleteTable and UpdateContinuousBackups.

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <utility>

#include "digest.hpp"
#include "operation.hpp"

namespace kinetide::leases {
namespace {

constexpr std::size_t indexes_max = 20;

std::optional<refusal> name_refusal(std::string_view name, std::string_view member) {
    constexpr std::size_t shortest = 3;
    constexpr std::size_t longest = 255;
    if (name.size() < shortest || name.size() > longest) {
        return texts::not_valid(
            std::string(member) +
            " must be at least 3 characters long and at most 255 characters long");
    }
    const bool plain = std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '-' || c == '.';
    });
    if (plain) return std::nullopt;
    return texts::not_valid(
        "1 validation error detected: Value '" + std::string(name) +
        "' failed to satisfy constraint: Member must satisfy regular expression pattern: "
        "[a-zA-Z0-9_.-]+");
}

// Of a provisioned table, else null.
result<json> throughput_of(value in) {
    const auto mode = text_member(in, "BillingMode");
    if (!mode) return mode.error();
    const value given = member(in, "ProvisionedThroughput");
    if (*mode == "PAY_PER_REQUEST") {
        if (!given) return json();
        return texts::parameter_invalid(
            "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is "
            "PAY_PER_REQUEST");
    }
    if (!given.is_object()) {
        return texts::parameter_invalid(
            "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is "
            "PROVISIONED");
    }
    json units = json::object();
    for (const std::string_view name : {"ReadCapacityUnits", "WriteCapacityUnits"}) {
        const auto count = count_member(given, name, 1, 0);
        if (!count) return count.error();
        if (*count == 0) return texts::member_missing(name);
        units[std::string(name)] = *count;
    }
    return units;
}

result<table::index> read_index(value given, value definitions) {
    if (!given.is_object()) return texts::member_of_another_type("GlobalSecondaryIndexes");
    const auto name = required_text(given, "IndexName");
    if (!name) return name.error();
    if (auto no = name_refusal(*name, "IndexName")) return *no;
    auto keys = read_key_schema(given.find("KeySchema"), definitions);
    if (!keys) return keys.error();
    const value projection = given.find("Projection");
    const std::string_view type = projection.find("ProjectionType").text();
    if (type == "INCLUDE") return texts::not_served("an index whose ProjectionType is INCLUDE");
    if (type != "KEYS_ONLY" && type != "ALL") {
        return texts::parameter_invalid("Unknown ProjectionType: null");
    }
    return table::index{std::string(*name), std::move(*keys), projection.to_json(), {}};
}

// In the form of a UUID; another for each table that was ever made.
std::string id_of(const std::string& arn, instant made) {
    const std::uint64_t one = digest(arn + "@" + std::to_string(made.ms));
    std::string id(36, '-');
    std::array<char, 33> hex{};
    std::snprintf(
        hex.data(),
        hex.size(),
        "%016llx%016llx",
        static_cast<unsigned long long>(one),
        static_cast<unsigned long long>(digest(arn, one)));
    for (std::size_t i = 0, from = 0; i < id.size(); ++i) {
        if (i != 8 && i != 13 && i != 18 && i != 23) id[i] = hex[from++];
    }
    return id;
}

std::optional<refusal> add_index(table& t, value given, value definitions) {
    auto made = read_index(given, definitions);
    if (!made) return made.error();
    const base::lock_guard lock(t.mutex);
    if (t.find_index(made->name) != nullptr) return texts::index_exists(made->name);
    if (t.indexes().size() == indexes_max) {
        return texts::parameter_invalid("Number of global secondary indexes exceeds 20");
    }
    t.add_index(std::move(*made), definitions);
    return std::nullopt;
}

std::optional<refusal> change_indexes(table& t, value updates, value definitions) {
    if (!updates.is_list()) return texts::member_of_another_type("GlobalSecondaryIndexUpdates");
    for (const value update : updates) {
        if (!update.is_object() || update.size() != 1) {
            return texts::parameter_invalid("One of Create or Delete is wanted for each index");
        }
        const value change = update.at(0);
        if (change.name() == "Create") {
            if (auto no = add_index(t, change, definitions)) return no;
        } else if (change.name() == "Delete") {
            const auto name = required_text(change, "IndexName");
            if (!name) return name.error();
            const base::lock_guard lock(t.mutex);
            if (t.find_index(*name) == nullptr) return texts::index_missing(*name);
            t.erase_index(*name);
        } else {
            return texts::not_served("a change of an index other than Create and Delete");
        }
    }
    return std::nullopt;
}

outcome described(table& t, const char* member_name) {
    const base::lock_guard lock(t.mutex);
    return json{{member_name, t.described()}};
}

result<std::shared_ptr<table>> table_called(const call& c) {
    const auto name = required_text(c.in, "TableName");
    if (!name) return name.error();
    auto found = c.catalog.find(c.caller, *name);
    if (found == nullptr) return texts::table_missing(*name);
    return found;
}

result<std::shared_ptr<table>> new_table(const call& c) {
    const auto name = required_text(c.in, "TableName");
    if (!name) return name.error();
    if (auto no = name_refusal(*name, "TableName")) return *no;
    const value schema = member(c.in, "KeySchema");
    if (!schema) return texts::member_missing("KeySchema");
    const value definitions = member(c.in, "AttributeDefinitions");
    auto keys = read_key_schema(schema, definitions);
    if (!keys) return keys.error();
    auto throughput = throughput_of(c.in);
    if (!throughput) return throughput.error();
    const auto is_protected = flag_member(c.in, "DeletionProtectionEnabled");
    if (!is_protected) return is_protected.error();
    const std::string arn = "arn:aws:dynamodb:" + c.caller.region + ":" + c.caller.account_id +
                            ":table/" + std::string(*name);
    return std::make_shared<table>(table::facts{
        std::string(*name),
        arn,
        id_of(arn, c.now),
        c.now,
        std::move(*keys),
        definitions ? definitions.to_json() : json::array(),
        schema.to_json(),
        std::move(*throughput),
        *is_protected});
}

}  // namespace

outcome create_table(const call& c) {
    auto made = new_table(c);
    if (!made) return made.error();
    if (const value indexes = member(c.in, "GlobalSecondaryIndexes")) {
        if (!indexes.is_list()) return texts::member_of_another_type("GlobalSecondaryIndexes");
        for (const value one : indexes) {
            if (auto no = add_index(**made, one, member(c.in, "AttributeDefinitions"))) return *no;
        }
    }
    if (!c.catalog.add(c.caller, *made)) return texts::table_exists((*made)->told().name);
    return described(**made, "TableDescription");
}

outcome describe_table(const call& c) {
    const auto found = table_called(c);
    if (!found) return found.error();
    return described(**found, "Table");
}

outcome update_table(const call& c) {
    const auto found = table_called(c);
    if (!found) return found.error();
    if (const value updates = member(c.in, "GlobalSecondaryIndexUpdates")) {
        if (auto no = change_indexes(**found, updates, member(c.in, "AttributeDefinitions")))
            return *no;
    }
    return described(**found, "TableDescription");
}

outcome delete_table(const call& c) {
    const auto found = table_called(c);
    if (!found) return found.error();
    if ((*found)->told().protected_from_deletion) {
        return texts::not_valid(
            "Resource cannot be deleted as it is currently protected against deletion. Disable "
            "deletion protection first.");
    }
    if (!c.catalog.erase(c.caller, **found)) return texts::table_missing();
    const base::lock_guard lock((*found)->mutex);
    json shown = (*found)->described();
    shown["TableStatus"] = "DELETING";
    return json{{"TableDescription", std::move(shown)}};
}

outcome update_continuous_backups(const call& c) {
    const auto found = table_called(c);
    if (!found) return found.error();
    const value asked = member(c.in, "PointInTimeRecoverySpecification");
    const bool on = asked.find("PointInTimeRecoveryEnabled").truth();
    const char* const status = on ? "ENABLED" : "DISABLED";
    return json{
        {"ContinuousBackupsDescription",
         {{"ContinuousBackupsStatus", "ENABLED"},
          {"PointInTimeRecoveryDescription", {{"PointInTimeRecoveryStatus", status}}}}}};
}

}  // namespace kinetide::leases
