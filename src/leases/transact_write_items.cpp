// TransactWriteItems: all of its writes, or none.

#include <algorithm>
#include <set>
#include <utility>

#include "operation.hpp"

namespace kinetide::leases {
namespace {

constexpr std::size_t actions_max = 100;

// One action, understood.
struct step {
    std::shared_ptr<leases::table> table;
    item_key key;
    value given;            // the item of a Put, else the key
    std::string_view does;  // ConditionCheck, Put, Update or Delete
    condition must_hold;
    std::vector<attribute_change> changes;
    bool shows_item_on_failure = false;
    std::optional<document> after;  // the item as it will be, found while judging
};

std::optional<refusal> read_place(const call& c, value in, step& s) {
    const auto found = table_of({c.catalog, c.caller, c.now, in});
    if (!found) return found.error();
    s.table = *found;
    const key_schema& keys = s.table->told().keys;
    const std::string_view named = s.does == "Put" ? "Item" : "Key";
    s.given = member(in, named);
    if (!s.given) return texts::member_missing(named);
    if (auto no = item_refusal(s.given)) return no;
    const auto key = s.does == "Put" ? key_of_item(keys, s.given) : key_of(keys, s.given);
    if (!key) return key.error();
    s.key = *key;
    if (s.does == "Put" && item_bytes(s.given) > item_bytes_max) {
        return texts::item_too_large(false);
    }
    return std::nullopt;
}

std::optional<refusal> read_expressions(value in, step& s) {
    auto p = placeholders::of(in);
    if (!p) return p.error();
    auto must_hold = write_condition(in, *p);
    if (!must_hold) return must_hold.error();
    s.must_hold = std::move(*must_hold);
    if (s.does == "ConditionCheck" && !member(in, "ConditionExpression")) {
        return texts::member_missing("ConditionExpression");
    }
    if (s.does == "Update") {
        const auto text = required_text(in, "UpdateExpression");
        if (!text) return text.error();
        auto changes = parse_update(*text, *p);
        if (!changes) return changes.error();
        s.changes = std::move(*changes);
        for (const attribute_change& change : s.changes) {
            if (s.table->told().keys.has(change.attribute)) {
                return texts::key_is_fixed(change.attribute);
            }
        }
    }
    const auto on_failure = text_member(in, "ReturnValuesOnConditionCheckFailure");
    if (!on_failure) return on_failure.error();
    s.shows_item_on_failure = *on_failure == "ALL_OLD";
    return p->unused();
}

result<step> read_step(const call& c, value action) {
    if (!action.is_object() || action.size() != 1) {
        return texts::not_valid(
            "TransactItems can only contain one of Check, Put, Update or Delete");
    }
    step s;
    for (const std::string_view known : {"ConditionCheck", "Put", "Update", "Delete"}) {
        if (action.at(0).name() == known) s.does = known;
    }
    const value in = action.at(0);
    if (s.does.empty() || !in.is_object()) {
        return texts::member_of_another_type("TransactItems");
    }
    if (auto no = read_place(c, in, s)) return *no;
    if (auto no = read_expressions(in, s)) return *no;
    return s;
}

result<std::vector<step>> read_steps(const call& c) {
    const value actions = member(c.in, "TransactItems");
    if (!actions) return texts::member_missing("TransactItems");
    if (!actions.is_list()) return texts::member_of_another_type("TransactItems");
    if (actions.empty() || actions.size() > actions_max) {
        return texts::not_valid(
            "1 validation error detected: Value at 'transactItems' failed to satisfy constraint: "
            "Member must have length between 1 and 100");
    }
    std::vector<step> steps;
    std::set<std::pair<const table*, item_key>> seen;
    for (const value action : actions) {
        auto one = read_step(c, action);
        if (!one) return one.error();
        if (!seen.emplace(one->table.get(), one->key).second) {
            return texts::not_valid(
                "Transaction request cannot include multiple operations on one item");
        }
        steps.push_back(std::move(*one));
    }
    return steps;
}

// What is in the way of a step, as a CancellationReason.
json reason_of(step& s) REQUIRES(s.table->mutex) {
    const value there = s.table->find(s.key);
    if (!holds(s.must_hold, there)) {
        json reason{
            {"Code", "ConditionalCheckFailed"}, {"Message", "The conditional request failed"}};
        if (s.shows_item_on_failure && there) reason["Item"] = there.to_json();
        return reason;
    }
    std::optional<refusal> no;
    if (s.does == "Put") s.after = copied(s.given);
    if (s.does == "Update") {
        auto made = changed(s.changes, there ? there : s.given);
        if (!made) {
            no = made.error();
        } else if (item_bytes(made->top()) > item_bytes_max) {
            no = texts::item_too_large(true);
        } else {
            s.after = std::move(*made);
        }
    }
    if (!no) return {{"Code", "None"}};
    return {{"Code", "ValidationError"}, {"Message", no->message}};
}

outcome cancelled(const json& reasons) {
    std::string codes;
    for (const json& one : reasons) {
        if (!codes.empty()) codes += ", ";
        codes += one["Code"].get<std::string>();
    }
    return {
        refusal{
            "TransactionCanceledException",
            "Transaction cancelled, please refer cancellation reasons for specific reasons [" +
                codes + "]"},
        {{"CancellationReasons", reasons}}};
}

void carry_out(step& s) REQUIRES(s.table->mutex) {
    if (s.does == "Delete") s.table->erase(s.key);
    if (s.after) s.table->put(s.key, std::move(*s.after));
}

// Locks the tables in one order for all, so that two transactions never wait for each other.
class tables_lock {
public:
    explicit tables_lock(const std::vector<step>& steps)
        KINETIDE_THREAD_ANNOTATION(no_thread_safety_analysis) {
        for (const step& s : steps) tables_.insert(s.table.get());
        for (table* const one : tables_) one->mutex.lock();
    }
    ~tables_lock() KINETIDE_THREAD_ANNOTATION(no_thread_safety_analysis) {
        for (table* const one : tables_) one->mutex.unlock();
    }
    tables_lock(const tables_lock&) = delete;
    tables_lock& operator=(const tables_lock&) = delete;

private:
    std::set<table*> tables_;
};

outcome carried_out(std::vector<step>& steps)
    KINETIDE_THREAD_ANNOTATION(no_thread_safety_analysis) {
    const tables_lock lock(steps);
    json reasons = json::array();
    bool stands = true;
    for (step& s : steps) {
        reasons.push_back(reason_of(s));
        stands = stands && reasons.back()["Code"] == "None";
    }
    if (!stands) return cancelled(reasons);
    for (step& s : steps) carry_out(s);
    return std::string("{}");
}

}  // namespace

outcome transact_write_items(const call& c) {
    auto steps = read_steps(c);
    if (!steps) return steps.error();
    return carried_out(*steps);
}

}  // namespace kinetide::leases
