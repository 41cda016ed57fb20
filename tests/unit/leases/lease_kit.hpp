// The lease tables without a service: an operation and its JSON in, what it says out.
#pragma once

#include <gtest/gtest.h>

#include <kinetide/base/clock.hpp>
#include <kinetide/leases/store.hpp>
#include <nlohmann/json.hpp>
#include <string>

namespace kinetide::testing {

using json = nlohmann::json;

struct lease_reply {
    int status = 0;
    std::string error;  // without its name space
    std::string message;
    json body;
};

class lease_kit {
public:
    manual_clock clock{instant{1'800'000'000'123}};
    leases::store store{clock};
    leases::owner owner{"000000000000", "us-east-1"};

    lease_reply call(const std::string& operation, const json& in) {
        return raw(operation, in.dump());
    }

    lease_reply raw(const std::string& operation, const std::string& body) {
        const leases::reply r = store.answer(owner, operation, body);
        lease_reply out{r.status, {}, {}, json::parse(r.body)};
        const std::string type = out.body.value("__type", "");
        out.error = type.substr(type.find('#') + 1);
        out.message = out.body.value("message", "");
        return out;
    }

    // A table `app` like the KCL's.
    void create_table(const std::string& name = "app") {
        ASSERT_EQ(call("CreateTable", table_input(name)).status, 200);
    }
    static json table_input(const std::string& name) {
        return {
            {"TableName", name},
            {"BillingMode", "PAY_PER_REQUEST"},
            {"KeySchema", {{{"AttributeName", "leaseKey"}, {"KeyType", "HASH"}}}},
            {"AttributeDefinitions", {{{"AttributeName", "leaseKey"}, {"AttributeType", "S"}}}}};
    }

    lease_reply put(const json& item) {
        return call("PutItem", {{"TableName", "app"}, {"Item", item}});
    }
    json get(const std::string& key) {
        const json in{{"TableName", "app"}, {"Key", {{"leaseKey", {{"S", key}}}}}};
        return call("GetItem", in).body.value("Item", json());
    }
    // `more` beside table and key.
    lease_reply update(const std::string& key, json more) {
        more["TableName"] = "app";
        more["Key"] = {{"leaseKey", {{"S", key}}}};
        return call("UpdateItem", more);
    }
    // All of a table's items.
    json everything(const std::string& table = "app") {
        return call("Scan", {{"TableName", table}}).body["Items"];
    }
};

inline json text(const std::string& s) { return {{"S", s}}; }
inline json numeric(const std::string& n) { return {{"N", n}}; }

class leases_test : public ::testing::Test, protected lease_kit {
protected:
    leases_test() { create_table(); }
};

}  // namespace kinetide::testing
