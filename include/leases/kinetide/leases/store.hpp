// The closed part of DynamoDB in which the KCL and other checkpointers keep their leases.  It knows
// nothing of Kinesis and nothing of HTTP: the name of an operation and a JSON body come in, a body
// goes out.  Everything is consistent at once, and tables and indexes are ACTIVE in the first
// answer.
#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include <kinetide/base/clock.hpp>

namespace kinetide::leases {

// Tables of different owners never meet.
struct owner {
    std::string account_id;
    std::string region;

    friend auto operator<=>(const owner&, const owner&) = default;
};

struct reply {
    int status = 200;
    std::string body;
};

// A table, each of its items as it stood at some moment of the call.
struct table_view {
    leases::owner owner;
    std::string name;
    std::string hash_key;               // the attribute's name
    std::vector<nlohmann::json> items;  // attribute name to attribute value, {"S": "..."}
};

// Any thread.
class store {
public:
    explicit store(const clock& c);
    ~store();
    store(const store&) = delete;
    store& operator=(const store&) = delete;

    // Errors have a body of `__type` and `message`, and come with 400.
    reply answer(const owner& caller, std::string_view operation, std::string_view body);

    // An error in the form of the service, for whoever refuses before the store is asked.
    static reply error(std::string_view code, std::string_view message);

    // The tables that have this hash key, for a page of people's.
    [[nodiscard]] std::vector<table_view> tables_keyed_by(std::string_view hash_key) const;

private:
    class impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace kinetide::leases
