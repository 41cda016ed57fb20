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

std::optional<refusal> name_refusal(const std::string& name, std::string_view member) {
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
        "1 validation error detected: Value '" + name +
        "' failed to satisfy constraint: Member must satisfy regular expression pattern: "
        "[a-zA-Z0-9_.-]+");
}

// Of a provisioned table, else null.
result<json> throughput_of(const json& in) {
    const auto mode = text_member(in, "BillingMode");
    if (!mode) return mode.error();
    const json* const given = member(in, "ProvisionedThroughput");
    if (*mode == "PAY_PER_REQUEST") {
        if (given == nullptr) return json();
        return texts::parameter_invalid(
            "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is "
            "PAY_PER_REQUEST");
    }
    if (given == nullptr || !given->is_object()) {
        return texts::parameter_invalid(
            "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is "
            "PROVISIONED");
    }
    json units = json::object();
    for (const std::string_view name : {"ReadCapacityUnits", "WriteCapacityUnits"}) {
        const auto count = count_member(*given, name, 1, 0);
        if (!count) return count.error();
        if (*count == 0) return texts::member_missing(name);
        units[std::string(name)] = *count;
    }
    return units;
}

result<table::index> read_index(const json& given, const json& definitions) {
    if (!given.is_object()) return texts::member_of_another_type("GlobalSecondaryIndexes");
    const auto name = required_text(given, "IndexName");
    if (!name) return name.error();
    if (auto no = name_refusal(*name, "IndexName")) return *no;
    auto keys = read_key_schema(given.value("KeySchema", json()), definitions);
    if (!keys) return keys.error();
    json projection = given.value("Projection", json());
    const json type = projection.is_object() ? projection.value("ProjectionType", json()) : json();
    if (type == "INCLUDE") return texts::not_served("an index whose ProjectionType is INCLUDE");
    if (type != "KEYS_ONLY" && type != "ALL") {
        return texts::parameter_invalid("Unknown ProjectionType: null");
    }
    return table::index{*name, std::move(*keys), std::move(projection), {}};
}

json definitions_of(const json& in) {
    const json* const given = member(in, "AttributeDefinitions");
    return given == nullptr ? json::array() : *given;
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

std::optional<refusal> add_index(table& t, const json& given, const json& definitions) {
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

std::optional<refusal> change_indexes(table& t, const json& updates, const json& definitions) {
    if (!updates.is_array()) return texts::member_of_another_type("GlobalSecondaryIndexUpdates");
    for (const json& update : updates) {
        if (!update.is_object() || update.size() != 1) {
            return texts::parameter_invalid("One of Create or Delete is wanted for each index");
        }
        const json& change = update.front();
        if (update.contains("Create")) {
            if (auto no = add_index(t, change, definitions)) return no;
        } else if (update.contains("Delete")) {
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
    const json* const schema = member(c.in, "KeySchema");
    if (schema == nullptr) return texts::member_missing("KeySchema");
    json definitions = definitions_of(c.in);
    auto keys = read_key_schema(*schema, definitions);
    if (!keys) return keys.error();
    auto throughput = throughput_of(c.in);
    if (!throughput) return throughput.error();
    const auto is_protected = flag_member(c.in, "DeletionProtectionEnabled");
    if (!is_protected) return is_protected.error();
    const std::string arn =
        "arn:aws:dynamodb:" + c.caller.region + ":" + c.caller.account_id + ":table/" + *name;
    return std::make_shared<table>(table::facts{
        *name,
        arn,
        id_of(arn, c.now),
        c.now,
        std::move(*keys),
        std::move(definitions),
        *schema,
        std::move(*throughput),
        *is_protected});
}

}  // namespace

outcome create_table(const call& c) {
    auto made = new_table(c);
    if (!made) return made.error();
    if (const json* const indexes = member(c.in, "GlobalSecondaryIndexes")) {
        if (!indexes->is_array()) return texts::member_of_another_type("GlobalSecondaryIndexes");
        for (const json& one : *indexes) {
            if (auto no = add_index(**made, one, definitions_of(c.in))) return *no;
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
    if (const json* const updates = member(c.in, "GlobalSecondaryIndexUpdates")) {
        if (auto no = change_indexes(**found, *updates, definitions_of(c.in))) return *no;
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
    c.catalog.erase(c.caller, (*found)->told().name);
    const base::lock_guard lock((*found)->mutex);
    json shown = (*found)->described();
    shown["TableStatus"] = "DELETING";
    return json{{"TableDescription", std::move(shown)}};
}

outcome update_continuous_backups(const call& c) {
    const auto found = table_called(c);
    if (!found) return found.error();
    const json* const asked = member(c.in, "PointInTimeRecoverySpecification");
    const bool on = asked != nullptr && asked->is_object() &&
                    asked->value("PointInTimeRecoveryEnabled", json()) == true;
    const char* const status = on ? "ENABLED" : "DISABLED";
    return json{
        {"ContinuousBackupsDescription",
         {{"ContinuousBackupsStatus", "ENABLED"},
          {"PointInTimeRecoveryDescription", {{"PointInTimeRecoveryStatus", status}}}}}};
}

}  // namespace kinetide::leases
