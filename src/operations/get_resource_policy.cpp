// GetResourcePolicy: byte for byte as it was put.  A resource without one has the policy {}.

#include <kinetide/operations/operation.hpp>
#include <kinetide/operations/resource_reference.hpp>

namespace kinetide::operations {
namespace {

struct output {
    std::string policy;

    static constexpr auto shape() {
        return wire::structure(wire::member("Policy", &output::policy));
    }
};

result<output> handle(const resource_reference& in, call& c) {
    const auto found = find_settled_resource(c, in);
    if (!found) return found.error();
    output out{found->policy()};
    if (out.policy.empty()) out.policy = "{}";
    return out;
}

}  // namespace

operation get_resource_policy() { return define<&handle>("GetResourcePolicy", per_account(5)); }

}  // namespace kinetide::operations
