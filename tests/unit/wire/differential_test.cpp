// The fast pass against the plain one, on random mutations of good bodies.  The fuzz targets do the
// same without end.

#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "both_passes.hpp"
#include "forms.hpp"

namespace kinetide::wire_testing {
namespace {

using wire::form;

const std::vector<std::string>& seeds() {
    static const std::vector<std::string> all{
        R"({"StreamName":"orders","StreamARN":"arn","Records":[{"PartitionKey":"k\u00e9",)"
        R"("ExplicitHashKey":"h","Data":"aGVsbG8="},{"Data":"aGk="}],"DryRun":true,"Limit":7})",
        R"({"Hours":8000000000,"Type":"BLUE","Blob":"\/\/\/\/","Tags":{"a":"b","c":"\ud83d\ude00"},)"
        R"("Keys":["x","y"],"Colors":["RED"],"Numbers":[1,-2,1e2]})",
        R"({"Inner":{"Mode":"GREEN","Hours":3},"x":{"y":[1,2.5e-3,true,false,null,{}]},"DryRun":null})",
        R"({"Name":"n","Data":"QQ==","Limit":1,"Hours":2,"DryRun":false,"At":1603149588,)"
        R"("Type":"RED","Records":[],"Tags":{},"Inner":{"Mode":"RED"}})",
    };
    return all;
}

class mutator {
public:
    explicit mutator(unsigned seed) : chance_(seed) {}

    std::string mutate(std::string body, const std::string& other) {
        for (std::size_t left = 1 + below(3); left > 0; --left) {
            const std::size_t at = below(body.size() + 1);
            const std::size_t size = below(std::min<std::size_t>(body.size() - at, 8) + 1);
            switch (below(5)) {
                case 0: body.erase(at, size); break;
                case 1: body.insert(at, body.substr(below(body.size() + 1), below(12))); break;
                case 2: body.insert(at, other.substr(below(other.size()), below(30))); break;
                case 3: body.insert(at, 1, interesting[below(interesting.size())]); break;
                default:
                    if (at < body.size()) body[at] = static_cast<char>(below(256));
            }
        }
        return body;
    }

private:
    static constexpr std::string_view interesting = "\"\\{}[],:0123456789eE.-+u/ =\x7f\xff\xc1";

    std::size_t below(std::size_t end) { return end == 0 ? 0 : chance_() % end; }

    std::mt19937 chance_;
};

class wire_differential : public ::testing::TestWithParam<form> {};
INSTANTIATE_TEST_SUITE_P(form, wire_differential, ::testing::Values(form::json, form::cbor));

TEST_P(wire_differential, both_passes_agree) {
    std::vector<std::string> bodies;
    for (const std::string& seed : seeds()) bodies.push_back(in_form(GetParam(), seed));
    mutator m(42);
    std::size_t fast = 0;
    for (std::size_t round = 0; round < 40'000; ++round) {
        const std::string body =
            m.mutate(bodies[round % bodies.size()], bodies[(round / 7) % bodies.size()]);
        ASSERT_EQ(disagreement<request>(GetParam(), body), "") << body;
        ASSERT_EQ(disagreement<strict_request>(GetParam(), body), "") << body;
        if (is_fast<request>(GetParam(), body)) ++fast;
    }
    EXPECT_GT(fast, 500U) << "mutations that leave nothing good prove nothing";
}

}  // namespace
}  // namespace kinetide::wire_testing
