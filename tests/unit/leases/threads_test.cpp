// Optimistic locking from many threads, and transactions over the same tables in both orders.

#include <thread>
#include <vector>

#include "lease_kit.hpp"

namespace kinetide::testing {
namespace {

TEST_F(leases_test, counts_each_renewal_once) {
    put({{"leaseKey", text("a")}, {"n", numeric("0")}});
    constexpr int threads = 4;
    constexpr int renewals = 100;
    const auto renew = [&] {
        for (int done = 0; done < renewals;) {
            const std::string seen = get("a")["n"]["N"];
            const lease_reply r = update(
                "a",
                {{"Expected", {{"n", {{"Value", numeric(seen)}}}}},
                 {"AttributeUpdates", {{"n", {{"Value", numeric("1")}, {"Action", "ADD"}}}}}});
            if (r.status == 200) ++done;
        }
    };
    std::vector<std::thread> all;
    for (int i = 0; i < threads; ++i) all.emplace_back(renew);
    for (std::thread& one : all) one.join();
    EXPECT_EQ(get("a")["n"], numeric(std::to_string(threads * renewals)));
}

TEST_F(leases_test, transactions_do_not_wait_for_each_other_forever) {
    create_table("u.2");
    const auto put_in = [](const std::string& table) {
        return json{{"Put", {{"TableName", table}, {"Item", {{"leaseKey", text("k")}}}}}};
    };
    const auto run = [&](const json& actions) {
        for (int i = 0; i < 200; ++i) {
            EXPECT_EQ(call("TransactWriteItems", {{"TransactItems", actions}}).status, 200);
        }
    };
    std::thread other([&] { run({put_in("u.2"), put_in("app")}); });
    run({put_in("app"), put_in("u.2")});
    other.join();
}

}  // namespace
}  // namespace kinetide::testing
