// DescribeAccountSettings: whether the account has committed itself to a minimum throughput.

#include <kinetide/operations/account.hpp>
#include <kinetide/operations/operation.hpp>

namespace kinetide::operations {
namespace {

struct input {
    static constexpr auto shape() { return wire::structure(); }
};

result<account_settings> handle(const input&, call& c) { return describe_account(c); }

}  // namespace

operation describe_account_settings() {
    return define<&handle>("DescribeAccountSettings", per_account(5));
}

}  // namespace kinetide::operations
