// What is put must be a policy for this resource, and comes back byte for byte.

#include "support/policies.hpp"
#include "support/resource_test.hpp"

namespace kinetide::testing {
namespace {

class put_resource_policy : public resource_test {
protected:
    reply put(const std::string& arn, const std::string& policy) {
        return call("PutResourcePolicy", arn, {{"Policy", policy}});
    }
    std::string policy(const std::string& arn) {
        return call("GetResourcePolicy", arn).body["Policy"];
    }
    // Whether a policy is refused in these words, and none is there afterwards.
    ::testing::AssertionResult malformed(const std::string& text, const std::string& why) {
        auto no = refused(put(stream, text), "InvalidArgumentException", why);
        if (no && policy(stream) != "{}") return ::testing::AssertionFailure() << policy(stream);
        return no;
    }
    // A good statement but for one element.
    ::testing::AssertionResult malformed(
        const std::string& element, const json& value, const std::string& why) {
        json s = good();
        s[element] = value;
        return malformed(policy_of(s), "Policy is malformed: " + why);
    }
    json good() { return statement("111111111111", "kinesis:PutRecord", stream); }
};
INSTANTIATE_TEST_SUITE_P(wire, put_resource_policy, every_wire_form(), form_name);

TEST_P(put_resource_policy, keeps_every_byte) {
    const std::string odd = " {\"Statement\" : [ " + good().dump() +
                            "\t],\r\n \"Id\":\"\\u00e9 é \\\"{[\", \"Version\":\"2008-10-17\"}\n";
    EXPECT_TRUE(put(stream, odd).ok_and_empty());
    EXPECT_EQ(policy(stream), odd);
    EXPECT_EQ(service.summary("orders")["StreamStatus"], "ACTIVE");
    EXPECT_EQ(policy(consumer), "{}");
}

TEST_P(put_resource_policy, replaces_what_is_there) {
    EXPECT_TRUE(put(stream, policy_of(good())).ok());
    const std::string second = policy_of({good(), good()});
    EXPECT_TRUE(put(stream, second).ok_and_empty());
    EXPECT_TRUE(put(stream, second).ok_and_empty()) << "once more";
    EXPECT_EQ(policy(stream), second);
    EXPECT_EQ(put(stream, "{}").error_code, "InvalidArgumentException");
    EXPECT_EQ(policy(stream), second);
}

TEST_P(put_resource_policy, takes_every_form_of_the_elements) {
    json s = good();
    s["Sid"] = "any text";
    EXPECT_TRUE(put(stream, policy_of(s)).ok());
    s["Principal"]["AWS"] = {
        "111111111111",
        "arn:aws:iam::111111111111:root",
        "arn:aws:iam::222222222222:user/some/path/a.b+c=d,e@f_g-h",
        "arn:aws-us-gov:iam::222222222222:role/one"};
    s["Action"] = {
        "kinesis:DescribeStreamSummary",
        "kinesis:GetRecords",
        "kinesis:GetShardIterator",
        "kinesis:ListShards",
        "kinesis:PutRecord",
        "kinesis:PutRecords"};
    s["Resource"] = {stream};
    s["Effect"] = "Deny";
    EXPECT_TRUE(put(stream, policy_of({s, good()})).ok());
    EXPECT_TRUE(put(stream, json{{"Statement", s}}.dump()).ok()) << "without a version";

    const json shared = {"kinesis:DescribeStreamConsumer", "kinesis:SubscribeToShard"};
    const std::string of_consumer = policy_of(statement("111111111111", shared, consumer));
    EXPECT_TRUE(put(consumer, of_consumer).ok_and_empty());
    EXPECT_EQ(policy(consumer), of_consumer);
}

TEST_P(put_resource_policy, refuses_what_is_no_object) {
    for (const char* text : {"", "x", "1", "null", "[]", "\"{}\"", "{", "{} {}", "{\"a\":1,}"}) {
        EXPECT_TRUE(malformed(text, "Policy is not a JSON object.")) << text;
    }
    const std::string good_text = policy_of(good());
    EXPECT_TRUE(malformed(good_text + std::string(1, '\0'), "Policy is not a JSON object."));
    EXPECT_TRUE(malformed(std::string(20'000, '['), "Policy is nested deeper than 32 levels."));
    EXPECT_TRUE(malformed(
        "{\"Statement\":" + std::string(32, '['), "Policy is nested deeper than 32 levels."));
    EXPECT_TRUE(
        malformed("{\"Statement\":" + std::string(31, '['), "Policy is not a JSON object."));
    json sid = good();
    sid["Sid"] = std::string(40, '{') + "\\\"" + std::string(40, '[');
    EXPECT_TRUE(put(stream, policy_of(sid)).ok()) << "braces in a text";
}

TEST_P(put_resource_policy, has_a_length) {
    const std::string text = policy_of(good());
    const std::string longest = text + std::string(20'480 - text.size(), ' ');
    EXPECT_TRUE(malformed(
        longest + " ", "Policy of 20481 bytes is longer than the maximum of 20480 bytes."));
    EXPECT_TRUE(put(stream, longest).ok());
    EXPECT_EQ(policy(stream), longest);
}

TEST_P(put_resource_policy, refuses_documents_that_are_framed_otherwise) {
    const std::string statements =
        "Policy is malformed: Statement must be an object or a list of objects.";
    EXPECT_TRUE(malformed("{}", statements));
    for (const char* none : {"[]", "{}", "null", "\"x\"", "[1]", "[[]]"}) {
        EXPECT_TRUE(malformed("{\"Statement\":" + std::string(none) + "}", statements)) << none;
    }
    const auto framed = [&](const json& extra) {
        json document = {{"Statement", good()}};
        document.update(extra);
        return document.dump();
    };
    const std::string versions = "Policy is malformed: Version must be 2012-10-17 or 2008-10-17.";
    EXPECT_TRUE(malformed(framed({{"Version", "2013-10-17"}}), versions));
    EXPECT_TRUE(malformed(framed({{"Version", 1}}), versions));
    EXPECT_TRUE(malformed(framed({{"Id", 1}}), "Policy is malformed: Id must be a text."));
    EXPECT_TRUE(malformed(
        framed({{"Statements", 1}}), "Policy is malformed: Statements is not supported."));
    EXPECT_TRUE(put(stream, framed({{"Id", "any"}, {"Version", "2008-10-17"}})).ok());
}

TEST_P(put_resource_policy, refuses_statements_that_are_not_complete) {
    for (const char* element : {"Effect", "Principal", "Action", "Resource"}) {
        json s = good();
        s.erase(element);
        EXPECT_TRUE(malformed(
            policy_of(s), "Policy is malformed: " + std::string(element) + " must be present."));
    }
    EXPECT_TRUE(malformed("Effect", "allow", "Effect must be Allow or Deny."));
    EXPECT_TRUE(malformed("Sid", 1, "Sid must be a text."));
    for (const json& none : {json(1), json::array(), json::array({1}), json(nullptr)}) {
        EXPECT_TRUE(malformed("Action", none, "Action must be a text or a list of texts."));
        EXPECT_TRUE(malformed("Resource", none, "Resource must be a text or a list of texts."));
    }
    EXPECT_TRUE(malformed(
        policy_of({good(), json::object()}), "Policy is malformed: Effect must be present."))
        << "every statement is judged";
}

TEST_P(put_resource_policy, refuses_elements_that_it_would_not_apply) {
    for (const char* element :
         {"Condition", "NotPrincipal", "NotAction", "NotResource", "condition", "Other"}) {
        EXPECT_TRUE(
            malformed(element, json::object(), std::string(element) + " is not supported."));
    }
}

TEST_P(put_resource_policy, refuses_principals_that_are_no_accounts) {
    const std::string form =
        "Principal must be an object whose only member AWS is a text or a list of texts.";
    for (const json& principal :
         {json("*"),
          json("111111111111"),
          json::object(),
          json{{"Service", "x"}},
          json{{"AWS", "111111111111"}, {"Service", "x"}},
          json{{"AWS", json::array()}},
          json{{"AWS", 111111111111}}}) {
        EXPECT_TRUE(malformed("Principal", principal, form)) << principal;
    }
    for (const std::string& principal :
         {std::string("*"),
          std::string(""),
          std::string("11111111111"),
          std::string("arn:aws:iam::111111111111:*"),
          std::string("arn:aws:iam::*:root"),
          std::string("arn:aws:iam::111111111111:user/*"),
          std::string("arn:aws:iam::111111111111:user/"),
          std::string("arn:aws:iam::111111111111:role"),
          std::string("arn:aws:iam::111111111111:group/g"),
          std::string("arn:aws:iam::111111111111"),
          std::string("arn:aws:iam::11111111111x:root"),
          std::string("arn:x:iam::111111111111:root"),
          std::string("arn:aws:iam:us-east-1:111111111111:root"),
          std::string("arn:aws:s3::111111111111:root")}) {
        EXPECT_TRUE(malformed(
            "Principal",
            {{"AWS", {"111111111111", principal}}},
            "principal " + principal +
                " is neither an account nor the ARN of an account's root, user or role; wildcards "
                "are not supported."));
    }
}

TEST_P(put_resource_policy, refuses_actions_that_cannot_be_shared) {
    const auto why = [](const std::string& action) {
        return "action " + action +
               " cannot be shared for this type of resource; wildcards are not supported.";
    };
    for (const char* action :
         {"*",
          "kinesis:*",
          "kinesis:Put*",
          "kinesis:DeleteStream",
          "kinesis:SubscribeToShard",
          "kinesis:DescribeStream",
          "PutRecord",
          "s3:PutObject",
          ""}) {
        EXPECT_TRUE(malformed("Action", action, why(action)));
        EXPECT_TRUE(malformed("Action", {"kinesis:PutRecord", action}, why(action)));
    }
    EXPECT_TRUE(refused(
        put(consumer, policy_of(statement("111111111111", "kinesis:PutRecord", consumer))),
        "InvalidArgumentException",
        "Policy is malformed: " + why("kinesis:PutRecord")));
    EXPECT_EQ(policy(consumer), "{}");
}

TEST_P(put_resource_policy, refuses_other_resources) {
    for (const std::string& other :
         {std::string("*"), stream + "/*", arn_of("invoices"), consumer, std::string("")}) {
        EXPECT_TRUE(malformed(
            "Resource",
            {stream, other},
            "resource " + other + " is not the resource ARN " + stream + "."));
    }
}

TEST_P(put_resource_policy, needs_an_active_resource) {
    create_consumer("slow", 500);
    const std::string arn = consumer_arn("slow");
    const std::string text = policy_of(statement("111111111111", "kinesis:SubscribeToShard", arn));
    EXPECT_EQ(put(arn, text).error_code, "ResourceInUseException");
    service.clock.advance_ms(500);
    EXPECT_TRUE(put(arn, text).ok());

    service_kit slow(GetParam(), slow_transitions());
    slow.create_stream("orders");
    const json body = {{"ResourceARN", stream}, {"Policy", policy_of(good())}};
    EXPECT_TRUE(refused(
        slow.call("PutResourcePolicy", body),
        "ResourceInUseException",
        not_active("orders", "CREATING")));
    slow.clock.advance_ms(500);
    EXPECT_TRUE(slow.call("PutResourcePolicy", body).ok());
    EXPECT_EQ(slow.summary("orders")["StreamStatus"], "ACTIVE");
}

TEST_P(put_resource_policy, words_every_violation) {
    EXPECT_TRUE(refused(
        service.call("PutResourcePolicy", json::object()),
        "ValidationException",
        violations(
            {{"null", "resourceARN", must::not_be_null}, {"null", "policy", must::not_be_null}})));
    expect_resource_naming_refusals(service, "PutResourcePolicy", {{"Policy", policy_of(good())}});
    EXPECT_EQ(policy(stream) + policy(consumer), "{}{}");
    expect_account_rate_of_five(
        GetParam(), "PutResourcePolicy", {{"ResourceARN", stream}, {"Policy", policy_of(good())}});
}

}  // namespace
}  // namespace kinetide::testing
