// What the operations of the room share: a call, its outcome, and the table of them all.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "catalog.hpp"
#include "condition.hpp"
#include "expression.hpp"
#include "item.hpp"
#include "texts.hpp"

namespace kinetide::leases {

struct call {
    leases::catalog& catalog;
    const owner& caller;
    instant now;
    value in;  // an object whose members the operation knows
};

// A body, or a refusal with the members that its error has beside the message.
class outcome {
public:
    outcome(std::string body) : body_(std::move(body)) {}
    outcome(const json& body) : body_(body.dump()) {}
    outcome(refusal why, json more = {})
        : refused_(true), why_(std::move(why)), more_(std::move(more)) {}

    [[nodiscard]] bool refused() const { return refused_; }
    [[nodiscard]] const refusal& why() const { return why_; }
    [[nodiscard]] const json& more() const { return more_; }
    std::string take_body() { return std::move(body_); }

private:
    bool refused_ = false;
    std::string body_;
    refusal why_;
    json more_;
};

struct operation {
    std::string_view name;
    outcome (*run)(const call& c);
    std::span<const std::string_view> served;   // the members that it minds
    std::span<const std::string_view> ignored;  // and those that change nothing here
};

std::span<const operation> all_operations();

outcome create_table(const call& c);
outcome describe_table(const call& c);
outcome update_table(const call& c);
outcome delete_table(const call& c);
outcome update_continuous_backups(const call& c);
outcome put_item(const call& c);
outcome get_item(const call& c);
outcome update_item(const call& c);
outcome delete_item(const call& c);
outcome scan(const call& c);
outcome query(const call& c);
outcome transact_write_items(const call& c);

// --- Members of a request
// -------------------------------------------------------------------------

// Empty when it is absent.
result<std::string_view> text_member(value in, std::string_view name);
result<std::string_view> required_text(value in, std::string_view name);
result<bool> flag_member(value in, std::string_view name);
// `missing` when it is absent.
result<std::int64_t> count_member(
    value in, std::string_view name, std::int64_t least, std::int64_t missing);

// The table that TableName names.
result<std::shared_ptr<table>> table_of(const call& c);

// The write's condition: ConditionExpression, or else the older Expected.
result<condition> write_condition(value in, placeholders& p);

}  // namespace kinetide::leases
