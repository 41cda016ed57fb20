// Successful answers by the model: what it requires is there, what is there is in it and within its
// bounds, and every member of it is told somewhere.

#include <algorithm>
#include <map>

#include "requests.hpp"
#include "samples.hpp"

namespace kinetide::testing {
namespace {

// Members of answers that are never told.  Elsewhere than named here each is told by some request.
const std::vector<deviation>& never_told() {
    static const std::vector<deviation> all{
        {"DescribeStreamSummary/StreamDescriptionSummary/StreamId",
         "a client that learns one leaves a custom endpoint for AWS"},
        {"DescribeStreamSummary/StreamDescriptionSummary/ChannelCount", "no channels yet"},
        {"DescribeStreamSummary/StreamDescriptionSummary/QueueCount", "no queues yet"},
        {"DescribeLimits/ChannelCount", "no channels yet"},
        {"DescribeLimits/ChannelCountLimit", "no channels yet"},
        {"SubscribeToShard/EventStream/SubscribeToShardEvent/Records/EncryptionType",
         "not among the members that were seen in events"}};
    return all;
}

// Exceptions within a stream of events, which come when it has begun, if at all.
bool is_told_later(const std::string& path) {
    const std::string events = "SubscribeToShard/EventStream/";
    return path.starts_with(events) && !path.starts_with(events + "SubscribeToShardEvent");
}

// What the model requires, and is absent all the same where there is nothing to tell.
const std::vector<deviation>& required_in_vain() {
    static const std::vector<deviation> all{
        {"SubscribeToShard/EventStream/SubscribeToShardEvent/ContinuationSequenceNumber",
         "a shard's end is told by its absence (clients rely on it)"}};
    return all;
}

// Shapes whose bounds hold for requests only.
const std::vector<deviation>& unbounded_in_answers() {
    static const std::vector<deviation> all{
        {"MetricsNameList", "no metric is an empty list (recorded from DescribeStream)"},
        {"FailedRecordCount", "0 when none failed, though a PositiveIntegerObject (recorded)"}};
    return all;
}

bool names(const std::vector<deviation>& all, const std::string& what) {
    return std::any_of(all.begin(), all.end(), [&](const deviation& d) { return d.what == what; });
}

// Paths from the operation, without the places in lists.
class output_walk {
public:
    std::set<std::string> told;

    void structure(const std::string& path, const shape_name& name, const json& value) {
        const json& of = shape(name);
        ASSERT_TRUE(value.is_object()) << path << " is " << value;
        for (const json& required : of.value("required", json::array())) {
            const std::string inner = path + "/" + required.get<std::string>();
            if (names(required_in_vain(), inner)) continue;
            EXPECT_TRUE(value.contains(required)) << path << " lacks " << required;
        }
        for (const auto& [member, one] : value.items()) {
            const std::string inner = path + "/" + member;
            if (!of["members"].contains(member)) {
                ADD_FAILURE() << inner << " is not in the model";
                continue;
            }
            told.insert(inner);
            any(inner, of["members"][member]["shape"], one);
        }
    }

private:
    void any(const std::string& path, const shape_name& name, const json& value) {
        const std::string type = shape(name)["type"];
        if (type == "structure") {
            structure(path, name, value);
        } else if (type == "list") {
            ASSERT_TRUE(value.is_array()) << path << " is " << value;
            for (const json& one : value) any(path, shape(name)["member"]["shape"], one);
        }
        EXPECT_TRUE(is_of(type, value)) << path << " is " << value;
        const std::string member = path.substr(path.rfind('/') + 1);
        const auto& unbounded = unbounded_in_answers();
        if (names(unbounded, name) || names(unbounded, member)) return;
        EXPECT_TRUE(is_good(name, value)) << path << " is " << value << ", which is no " << name;
    }

    static bool is_of(const std::string& type, const json& value) {
        if (type == "string" || type == "blob") return value.is_string();
        if (type == "integer" || type == "long") return value.is_number_integer();
        if (type == "boolean") return value.is_boolean();
        if (type == "timestamp") return value.is_number();
        return type == "structure" ? value.is_object() : value.is_array();
    }
};

// Where a path leads when all that may be there is there.
void all_paths(const std::string& path, const shape_name& name, std::set<std::string>& out) {
    const json& of = shape(name);
    if (of["type"] == "list") all_paths(path, of["member"]["shape"], out);
    if (of["type"] != "structure") return;
    for (const auto& [member, one] : of["members"].items()) {
        out.insert(path + "/" + member);
        all_paths(path + "/" + member, one["shape"], out);
    }
}

KINETIDE_EACH_OPERATION(service_model_outputs);

TEST_P(service_model_outputs, have_what_the_model_has) {
    if (!modelled(operation).contains("output")) return;
    const shape_name name = modelled(operation)["output"]["shape"];
    output_walk walk;
    std::vector<request> all = base_requests();
    all.insert(all.end(), more_requests().begin(), more_requests().end());
    for (const request& r : all) {
        if (r.operation != operation) continue;
        service_kit service(form, aws_limits());
        const json body = r.prepare(service);
        SCOPED_TRACE(operation + " of " + body.dump().substr(0, 200));
        const reply answer = service.call(operation, body);
        ASSERT_TRUE(answer.ok()) << answer.error_code << ": " << answer.message;
        walk.structure(operation, name, answer.body);
    }

    std::set<std::string> expected;
    all_paths(operation, name, expected);
    std::erase_if(expected, [](const std::string& path) {
        return names(never_told(), path) || is_told_later(path);
    });
    for (const std::string& path : expected) {
        EXPECT_TRUE(walk.told.count(path) == 1) << path << " is told by no request";
    }
    for (const std::string& path : walk.told) {
        EXPECT_TRUE(expected.count(path) == 1) << path << " is told after all";
    }
}

}  // namespace
}  // namespace kinetide::testing
