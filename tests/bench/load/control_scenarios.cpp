#include <string>

#include "scenario.hpp"
#include "text.hpp"

namespace kinetide::load {
namespace {

std::string naming(const options& o) { return R"({"StreamName":")" + o.stream + R"("})"; }

class summary final : public scenario {
public:
    explicit summary(const options& o)
        : request_(o.path, kinesis, "DescribeStreamSummary", naming(o)), stream_(o.stream) {}
    const request& next(unsigned) override { return request_; }
    std::size_t check(unsigned, const answer& a) override {
        std::string_view name = a.body;
        std::string_view status = a.body;
        if (a.status != 200 || take_text(name, "\"StreamName\"", false) != stream_ ||
            take_text(status, "\"StreamStatus\"", false) != "ACTIVE") {
            throw wrong_answer("not the summary of an active stream", a);
        }
        return 0;
    }

private:
    const request request_;
    const std::string stream_;
};

class shards final : public scenario {
public:
    explicit shards(const options& o)
        : request_(o.path, kinesis, "ListShards", naming(o)), count_(o.records) {}
    const request& next(unsigned) override { return request_; }
    std::size_t check(unsigned, const answer& a) override {
        if (a.status != 200) throw wrong_answer("ListShards is refused", a);
        std::string_view rest = a.body;
        unsigned found = 0;
        while (take_text(rest, "\"ShardId\"", false).starts_with("shardId-")) ++found;
        if (found != count_) throw wrong_answer("another number of shards", a);
        return 0;
    }

private:
    const request request_;
    const unsigned count_;
};

}  // namespace

std::unique_ptr<scenario> summary_scenario(const options& o) {
    return std::make_unique<summary>(o);
}
std::unique_ptr<scenario> shards_scenario(const options& o) { return std::make_unique<shards>(o); }

std::unique_ptr<scenario> scenario_of(const options& o) {
    if (o.scenario == "put") return put_scenario(o);
    if (o.scenario == "same_page") return same_page_scenario(o);
    if (o.scenario == "pages") return pages_scenario(o);
    if (o.scenario == "summary") return summary_scenario(o);
    if (o.scenario == "shards") return shards_scenario(o);
    if (o.scenario == "renewals") return renewal_scenario(o);
    throw std::runtime_error("there is no scenario '" + o.scenario + "'");
}

}  // namespace kinetide::load
