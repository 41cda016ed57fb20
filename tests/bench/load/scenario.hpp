// What is asked again and again, and what is right as an answer.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>

#include "client.hpp"
#include "options.hpp"

namespace kinetide::load {

// An answer that is wrong: the run ends with it.
class wrong_answer : public std::runtime_error {
public:
    wrong_answer(const std::string& why, const answer& a)
        : std::runtime_error(
              why + ": status " + std::to_string(a.status) + ", " + std::to_string(a.size) +
              " bytes: " + std::string(a.body.substr(0, 300))) {}
};

class scenario {
public:
    virtual ~scenario() = default;
    // Slots are those of all connections, from 0.  The request stays until it is answered.
    virtual const request& next(unsigned slot) = 0;
    // Throws wrong_answer; gives how many records the answer stands for.
    virtual std::size_t check(unsigned slot, const answer& a) = 0;
};

// Those called put, same_page, pages, summary, shards and renewals; throws for other names.
std::unique_ptr<scenario> scenario_of(const options& o);

std::unique_ptr<scenario> put_scenario(const options& o);
std::unique_ptr<scenario> same_page_scenario(const options& o);
std::unique_ptr<scenario> pages_scenario(const options& o);
std::unique_ptr<scenario> summary_scenario(const options& o);
std::unique_ptr<scenario> shards_scenario(const options& o);
std::unique_ptr<scenario> renewal_scenario(const options& o);

}  // namespace kinetide::load
