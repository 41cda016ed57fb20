// What other accounts may do with a stream: what its policy allows them, by its ARN.

#include <kinetide/operations/policy.hpp>

#include "support/policies.hpp"
#include "support/resource_test.hpp"

namespace kinetide::testing {
namespace {

const std::string owner = "000000000000";
const std::string friendly = "111111111111";
const std::string stranger = "222222222222";

const std::vector<std::string> shareable{
    "DescribeStreamSummary",
    "GetRecords",
    "GetShardIterator",
    "ListShards",
    "PutRecord",
    "PutRecords"};

std::string denial(
    const std::string& account, const std::string& operation, const std::string& arn) {
    return "User: arn:aws:iam::" + account +
           ":root is not authorized to perform: kinesis:" + operation + " on resource: " + arn;
}

class policies_applied : public service_test {
protected:
    policies_applied() {
        service.create_stream("orders", {.shards = 3});
        service.put("orders", "key", "first");
    }
    void put_policy(const json& statements) {
        service.act_as(owner, "us-east-1");
        const reply r = service.call(
            "PutResourcePolicy", {{"ResourceARN", stream}, {"Policy", policy_of(statements)}});
        ASSERT_TRUE(r.ok()) << r.message;
    }
    reply as(const std::string& account, const std::string& operation, json body = json::object()) {
        service.act_as(account, "us-east-1");
        body["StreamARN"] = stream;
        return service.call(operation, body);
    }
    // A good call of a shareable operation.
    reply share(const std::string& account, const std::string& operation) {
        json body = json::object();
        if (operation == "GetRecords") {
            service.act_as(owner, "us-east-1");
            body["ShardIterator"] = service.iterator("orders", "TRIM_HORIZON");
        } else if (operation == "GetShardIterator") {
            body = {{"ShardId", "shardId-0"}, {"ShardIteratorType", "LATEST"}};
        } else if (operation == "PutRecord") {
            body = {{"PartitionKey", "k"}, {"Data", base64("d")}};
        } else if (operation == "PutRecords") {
            const json record = {{"PartitionKey", "k"}, {"Data", base64("d")}};
            body["Records"] = json::array({record});
        }
        return as(account, operation, body);
    }
    ::testing::AssertionResult silent(const reply& r, const std::string& operation) {
        return refused(
            r,
            "AccessDeniedException",
            denial(friendly, operation, stream) + " because no resource-based policy allows the " +
                "kinesis:" + operation + " action");
    }

    const std::string stream = arn_of("orders");
};
INSTANTIATE_TEST_SUITE_P(wire, policies_applied, every_wire_form(), form_name);

TEST_P(policies_applied, each_operation_is_shared_by_itself) {
    for (const std::string& operation : shareable) {
        EXPECT_TRUE(silent(share(friendly, operation), operation)) << "without a policy";
        put_policy(statement(friendly, "kinesis:" + operation, stream));
        for (const std::string& other : shareable) {
            const reply r = share(friendly, other);
            if (other == operation) {
                EXPECT_TRUE(r.ok()) << other << " " << r.message;
            } else {
                EXPECT_TRUE(silent(r, other)) << "by the policy of " << operation;
            }
            EXPECT_EQ(share(stranger, other).error_code, "AccessDeniedException") << other;
            EXPECT_TRUE(share(owner, other).ok()) << "the owner needs none";
        }
        service.act_as(owner, "us-east-1");
        EXPECT_TRUE(service.call("DeleteResourcePolicy", {{"ResourceARN", stream}}).ok());
        EXPECT_TRUE(silent(share(friendly, operation), operation)) << "no more";
    }
}

TEST_P(policies_applied, another_account_writes_and_reads_the_owners_records) {
    put_policy(statement(
        json(friendly),
        {"kinesis:PutRecord", "kinesis:GetShardIterator", "kinesis:GetRecords"},
        stream));
    const json record = {
        {"PartitionKey", "k"}, {"ExplicitHashKey", "0"}, {"Data", base64("theirs")}};
    EXPECT_TRUE(as(friendly, "PutRecord", record).ok());
    const std::string iterator =
        as(friendly,
           "GetShardIterator",
           {{"ShardId", "shardId-0"}, {"ShardIteratorType", "TRIM_HORIZON"}})
            .body["ShardIterator"];
    const json read = as(friendly, "GetRecords", {{"ShardIterator", iterator}}).body;
    EXPECT_EQ(from_base64(read["Records"].back()["Data"].get<std::string>()), "theirs");
    const std::string next = read["NextShardIterator"];
    EXPECT_TRUE(as(friendly, "GetRecords", {{"ShardIterator", next}}).ok());

    EXPECT_TRUE(refused(service.read(next), "InvalidArgumentException", "Invalid ShardIterator."))
        << "calls from another account name the stream";
    service.act_as(owner, "us-east-1");
    EXPECT_EQ(service.data_from(next), std::vector<std::string>{});
    EXPECT_EQ(service.all_data("orders", 0).back(), "theirs");
}

TEST_P(policies_applied, pages_of_shards_go_on_as_long_as_the_policy_allows) {
    put_policy(statement(friendly, "kinesis:ListShards", stream));
    const reply first = as(friendly, "ListShards", {{"MaxResults", 2}});
    const json next = {{"NextToken", first.body.value("NextToken", "")}};
    const reply second = service.call("ListShards", next);
    ASSERT_TRUE(second.ok()) << second.message;
    EXPECT_EQ(second.body["Shards"].size(), 1U);
    service.act_as(stranger, "us-east-1");
    EXPECT_TRUE(refused(
        service.call("ListShards", next), "InvalidArgumentException", "Invalid NextToken."));

    service.act_as(owner, "us-east-1");
    EXPECT_TRUE(service.call("ListShards", next).ok());
    service.call("DeleteResourcePolicy", {{"ResourceARN", stream}});
    service.act_as(friendly, "us-east-1");
    EXPECT_TRUE(refused(
        service.call("ListShards", next), "InvalidArgumentException", "Invalid NextToken."));
}

TEST_P(policies_applied, every_principal_stands_for_its_account) {
    for (const std::string& principal :
         {friendly,
          "arn:aws:iam::" + friendly + ":root",
          "arn:aws:iam::" + friendly + ":user/me",
          "arn:aws-cn:iam::" + friendly + ":role/a/b"}) {
        put_policy(statement({stranger, principal}, "kinesis:PutRecord", stream));
        EXPECT_TRUE(share(friendly, "PutRecord").ok()) << principal;
        EXPECT_TRUE(share(stranger, "PutRecord").ok());
        EXPECT_EQ(share("333333333333", "PutRecord").error_code, "AccessDeniedException");
    }
}

TEST_P(policies_applied, one_deny_outweighs_every_allow) {
    const json actions = {"kinesis:PutRecord", "kinesis:ListShards"};
    const json allow = statement({friendly, stranger}, actions, stream);
    put_policy(
        {allow,
         statement(friendly, "kinesis:PutRecord", stream, "Deny"),
         statement(owner, actions, stream, "Deny"),
         allow});
    EXPECT_TRUE(refused(
        share(friendly, "PutRecord"),
        "AccessDeniedException",
        denial(friendly, "PutRecord", stream) +
            " with an explicit deny in a resource-based policy"));
    EXPECT_TRUE(share(friendly, "ListShards").ok());
    EXPECT_TRUE(share(stranger, "PutRecord").ok());
    EXPECT_TRUE(share(owner, "PutRecord").ok()) << "no policy is asked about its own account";
}

TEST_P(policies_applied, nothing_else_is_shared) {
    json all = json::array();
    for (const std::string& operation : shareable) all.push_back("kinesis:" + operation);
    put_policy(statement(friendly, all, stream));
    for (const char* operation : {"DescribeStream", "DeleteStream", "ListTagsForStream"}) {
        EXPECT_TRUE(silent(as(friendly, operation), operation));
    }
    for (const char* operation :
         {"ListTagsForResource", "GetResourcePolicy", "DeleteResourcePolicy"}) {
        EXPECT_TRUE(silent(service.call(operation, {{"ResourceARN", stream}}), operation));
    }
    service.act_as(friendly, "us-east-1");
    EXPECT_EQ(
        service.call("DescribeStreamSummary", {{"StreamName", "orders"}}).error_code,
        "ResourceNotFoundException")
        << "names mean one's own streams";
}

TEST_P(policies_applied, a_stream_of_the_same_name_inherits_none) {
    put_policy(statement(friendly, "kinesis:PutRecord", stream));
    service.call("DeleteStream", {{"StreamName", "orders"}});
    EXPECT_TRUE(silent(share(friendly, "PutRecord"), "PutRecord")) << "there is no stream";
    service.act_as(owner, "us-east-1");
    service.create_stream("orders");
    EXPECT_TRUE(silent(share(friendly, "PutRecord"), "PutRecord"));
}

TEST_P(policies_applied, none_is_where_nobody_is_asked_who_they_are) {
    service::options o;
    o.auth = service::auth_mode::off;
    service_kit open(GetParam(), o);
    open.create_stream("orders");
    open.act_as(friendly, "us-east-1");
    const json arn = {{"StreamARN", stream}};
    EXPECT_TRUE(open.call("DescribeStreamSummary", arn).ok());
    EXPECT_TRUE(open.call("GetResourcePolicy", {{"ResourceARN", stream}}).ok());
    EXPECT_TRUE(open.call("DeleteStream", arn).ok());
}

// Of consumers: as the operations ask it.
class consumer_policies : public resource_test {
protected:
    std::optional<refusal> judged(
        const std::string& operation, const std::string& account, const std::string& name) {
        const engine::tenant_id caller{account, "us-east-1"};
        const operations::call c{
            engine.engine, caller, operation, operations::without_rate, engine.engine.now()};
        return operations::consumer_policy_refusal(c, {test_tenant, "orders"}, name);
    }
};
INSTANTIATE_TEST_SUITE_P(wire, consumer_policies, ::testing::Values(wire::form::json), form_name);

TEST_P(consumer_policies, are_the_consumers_own) {
    const std::string subscribe = "SubscribeToShard";
    const auto refused_text = [&](const std::string& account, const std::string& name) {
        const auto no = judged(subscribe, account, name);
        return no ? no->message : "";
    };
    const std::string silent =
        denial(friendly, subscribe, stream + "/consumer/billing") +
        " because no resource-based policy allows the kinesis:SubscribeToShard action";
    EXPECT_EQ(refused_text(friendly, "billing"), silent);
    EXPECT_EQ(refused_text(owner, "billing"), "");
    EXPECT_EQ(refused_text(owner, "absent"), "");

    const json s = statement(friendly, "kinesis:" + subscribe, consumer);
    EXPECT_TRUE(call("PutResourcePolicy", consumer, {{"Policy", policy_of(s)}}).ok());
    EXPECT_EQ(refused_text(friendly, "billing"), "");
    EXPECT_NE(refused_text(friendly, "absent"), "");
    EXPECT_NE(refused_text(stranger, "billing"), "");
    EXPECT_TRUE(judged("DescribeStreamConsumer", friendly, "billing"));

    json deny = s;
    deny["Effect"] = "Deny";
    EXPECT_TRUE(call("PutResourcePolicy", consumer, {{"Policy", policy_of({s, deny})}}).ok());
    EXPECT_EQ(
        refused_text(friendly, "billing"),
        denial(friendly, subscribe, stream + "/consumer/billing") +
            " with an explicit deny in a resource-based policy");
    EXPECT_TRUE(call("DeleteResourcePolicy", consumer).ok());
    EXPECT_EQ(refused_text(friendly, "billing"), silent);
}

}  // namespace
}  // namespace kinetide::testing
