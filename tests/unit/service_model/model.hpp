// The service model as AWS publishes it (tests/model): operations, their members and their errors.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "support/service_test.hpp"

namespace kinetide::testing {

// Shapes are told apart by their names, as in the model.
using shape_name = std::string;

const json& shape(const shape_name& name);
const json& modelled(const std::string& operation);

// Every operation but those of channels and queues.
std::set<std::string> classic_operations();
std::set<std::string> all_operations();
// What a place is to what holds it.  Faults of elements, keys and values that are no structures are
// told of the whole list or map.
enum class role { member, element, map_key, map_value };

// Where a value goes in a request.
struct place {
    json::json_pointer at;  // of a map's key: the map
    std::string path;       // as messages name it
    shape_name of;
    role as = role::member;
    bool required = false;

    struct container {
        json::json_pointer at;
        shape_name of;
    };
    std::vector<container> within;  // outermost first; without the request itself
};

// Every member of an operation's input, nested ones included.
std::vector<place> input_places(const std::string& operation);

// Of errors, in the model's order.
std::vector<std::string> errors_of(const std::string& operation);

}  // namespace kinetide::testing
