// What a write demands of the item that is there, and what a read filters by: the same whether it
// came as an expression or as the older `Expected`.
#pragma once

#include <string>
#include <vector>

#include "item.hpp"

namespace kinetide::leases {

struct condition {
    enum class test {
        all,  // of the parts; true without any
        any,
        none,  // of the one part
        exists,
        absent,
        equal,
        unequal,  // also when there is none
        less,
        less_or_equal,
        greater,
        greater_or_equal,
    };

    test is = test::all;
    std::string attribute;
    leases::value value;  // of the request
    std::vector<condition> parts;
};

// `item` is none when there is none.
bool holds(const condition& c, value item);

// Of the older parameter; the values have been judged when this succeeds.
result<condition> condition_of_expected(value expected);

}  // namespace kinetide::leases
