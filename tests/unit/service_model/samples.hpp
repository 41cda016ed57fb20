// Values for the shapes of the model: good ones, and ones at and past each bound, with what is to
// be said of them, in the words that were recorded from the service.
#pragma once

#include <string>
#include <vector>

#include "model.hpp"

namespace kinetide::testing {

// A pattern of the model and texts by which it is tried.  `grown` gives a matching text of that
// length; nullptr where the pattern leaves no choice.
struct pattern_samples {
    std::string pattern;
    std::string printed;  // in messages
    std::vector<std::string> matching;
    std::vector<std::string> others;
    std::string (*grown)(std::size_t length) = nullptr;
};

const std::vector<pattern_samples>& all_patterns();

// Satisfies its shape.  Different for each `number`, as far as that goes.
json good_value(const shape_name& name, std::size_t number = 0);

struct sample {
    json value;
    std::vector<std::string> faults;  // as a message has to tell them; none: it is good
};

// At each bound of the shape and one past it; every name of an enumeration and others; texts that
// match its pattern and others.
std::vector<sample> samples_of(const shape_name& name);

// Whether the model has nothing against a value of any origin.
bool is_good(const shape_name& name, const json& value);

// What is told of a list or map, one of whose elements, keys or values has a fault.
std::string whole_fault(role as, const shape_name& inner);

struct wrong_type {
    json value;
    std::string text;  // of the SerializationException
};
std::vector<wrong_type> wrong_types_of(const shape_name& name, wire::form form);

// Where the service does otherwise than the model says, with the reason.
struct deviation {
    std::string what;
    std::string reason;
};

}  // namespace kinetide::testing
