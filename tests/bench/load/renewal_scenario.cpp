#include <vector>

#include "scenario.hpp"

namespace kinetide::load {
namespace {

// The leases of tests/bench/leases.py, renewed in turn as the KCL does: a counter goes on if it is
// what it was left at.  Each slot has its own.
class renewals final : public scenario {
public:
    explicit renewals(const options& o) : path_(o.path), table_(o.stream) {
        const unsigned slots = o.connections * o.streams;
        holders_.resize(slots);
        for (unsigned lease = 0; lease < o.records; ++lease) {
            holders_[lease % slots].leases.push_back({lease, 0});
        }
        if (o.records < slots) throw std::runtime_error("there are more slots than leases");
    }

    const request& next(unsigned slot) override {
        holder& h = holders_[slot];
        h.at = (h.at + 1) % h.leases.size();
        held& l = h.leases[h.at];
        const std::string number = std::to_string(l.lease);
        const std::string name = "shardId-" + std::string(12 - number.size(), '0') + number;
        const std::string counter = std::to_string(l.counter);
        const std::string following = std::to_string(++l.counter);
        const std::string body =
            R"({"TableName":")" + table_ + R"(","Key":{"leaseKey":{"S":")" + name +
            R"("}},"Expected":{"leaseKey":{"Value":{"S":")" + name +
            R"("}},"leaseOwner":{"Value":{"S":"worker"}},"leaseCounter":{"Value":{"N":")" +
            counter + R"("}}},"AttributeUpdates":{"leaseCounter":{"Value":{"N":")" + following +
            R"("},"Action":"PUT"},"leaseOwner":{"Value":{"S":"worker"},"Action":"PUT"}}})";
        h.ask = request(path_, dynamodb, "UpdateItem", body);
        return h.ask;
    }

    std::size_t check(unsigned, const answer& a) override {
        if (a.status != 200 || a.body != "{}") throw wrong_answer("a renewal is refused", a);
        return 0;
    }

private:
    struct held {
        unsigned lease;
        std::uint64_t counter;
    };
    struct holder {
        std::vector<held> leases;
        std::size_t at = 0;
        request ask;
    };

    const std::string path_;
    const std::string table_;
    std::vector<holder> holders_;
};

}  // namespace

std::unique_ptr<scenario> renewal_scenario(const options& o) {
    return std::make_unique<renewals>(o);
}

}  // namespace kinetide::load
