#include "support/resource_test.hpp"

namespace kinetide::testing {

resource_test::resource_test() {
    engine.create("orders", 1);
    create_consumer("billing");
    consumer = consumer_arn();
}

reply resource_test::call(std::string_view operation, const std::string& arn, json rest) {
    rest["ResourceARN"] = arn;
    return service.call(operation, rest);
}

void resource_test::create_consumer(const std::string& name, std::int64_t creating_ms) {
    engine.engine.run_due();  // an earlier one of the name may be gone by now
    const auto found = engine.engine.find(test_tenant, "orders");
    {
        const auto control = engine.engine.control();
        engine::consumer_registered change;
        change.stream = found->id();
        change.name = name;
        change.created = found->consumers().next_creation(engine.engine.now());
        change.settles_at = engine.engine.now() + creating_ms;
        engine.engine.commit(control, change, engine.answer_after);
    }
    engine.engine.run_due();
}

void resource_test::deregister_consumer(const std::string& name, std::int64_t deleting_ms) {
    const auto found = engine.engine.find(test_tenant, "orders");
    {
        const auto control = engine.engine.control();
        const engine::consumer_deregistering change{
            found->id(), name, engine.engine.now() + deleting_ms};
        engine.engine.commit(control, change, engine.answer_after);
    }
    engine.engine.run_due();
}

std::string resource_test::consumer_arn(const std::string& name) const {
    const auto found = engine.engine.find(test_tenant, "orders")->consumers().find(name);
    return stream + "/consumer/" + name + ":" + std::to_string(found->created.seconds());
}

void expect_resource_naming_refusals(
    service_kit& service, std::string_view operation, const json& rest) {
    const auto of = [&](const std::string& arn) {
        json body = rest;
        body["ResourceARN"] = arn;
        return service.call(operation, body);
    };
    const auto absent = [&](const std::string& arn, const std::string& text) {
        return refused(of(arn), "ResourceNotFoundException", text);
    };
    const std::string start = "arn:aws:kinesis:us-east-1:000000000000:";
    EXPECT_TRUE(absent(arn_of("absent"), not_found("absent")));
    EXPECT_TRUE(absent(arn_of("absent") + "/consumer/billing:1", not_found("absent")));
    EXPECT_TRUE(absent(
        arn_of("orders") + "/consumer/absent:1",
        "Consumer absent, account 000000000000 not found."));
    EXPECT_TRUE(absent(
        arn_of("orders") + "/consumer/billing:1",
        "Consumer billing, account 000000000000 not found."))
        << "an earlier consumer of that name";
    for (const std::string& none : {start + "channel/abc", start + "queue/abc"}) {
        EXPECT_TRUE(absent(none, "Resource " + none + " not found."));
    }
    EXPECT_TRUE(absent(arn_of("orders", "000000000000", "eu-west-1"), not_found("orders")));

    const auto denied = [&](const std::string& arn, const std::string& resource) {
        return refused(
            of(arn),
            "AccessDeniedException",
            "User: arn:aws:iam::000000000000:root is not authorized to perform: kinesis:" +
                std::string(operation) + " on resource: " + resource +
                " because no resource-based policy allows the kinesis:" + std::string(operation) +
                " action");
    };
    const std::string foreign = arn_of("orders", "111111111111");
    EXPECT_TRUE(denied(foreign, foreign));
    EXPECT_TRUE(denied(foreign + "/consumer/billing:1", foreign + "/consumer/billing"));
    const std::string queue = "arn:aws:kinesis:us-east-1:111111111111:queue/abc";
    EXPECT_TRUE(denied(queue, queue));

    for (const std::string& odd : {start + "stream/orders/x", start + "x/stream/orders"}) {
        EXPECT_TRUE(refused(
            of(odd),
            "InvalidArgumentException",
            "ResourceARN " + odd + " is not the ARN of a stream, consumer, channel or queue."));
    }
    const auto invalid = [&](const reply& r, const violation& v) {
        return refused(r, "ValidationException", violations({v}));
    };
    const std::string pattern = R"(arn:aws.*:kinesis:.*:\d{12}:.*(stream|channel|queue)/\S+)";
    EXPECT_TRUE(invalid(service.call(operation, rest), {"null", "resourceARN", must::not_be_null}));
    EXPECT_TRUE(invalid(of("orders"), {"'orders'", "resourceARN", must::match(pattern)}));
    const std::string long_arn = arn_of(std::string(2049 - arn_of("").size(), 'n'));
    EXPECT_TRUE(
        invalid(of(long_arn), {"'" + long_arn + "'", "resourceARN", must::have_length_to(2048)}));
    json with_id = rest;
    with_id["ResourceARN"] = arn_of("absent");
    with_id["StreamId"] = "abcdefghij0123456789-xyz";
    EXPECT_TRUE(refused(
        service.call(operation, with_id), "ResourceNotFoundException", not_found("absent")));
}

void expect_account_rate_of_five(wire::form form, std::string_view operation, const json& body) {
    service_kit aws(form, aws_limits());
    aws.create_stream("orders");
    for (int i = 0; i < 5; ++i) {
        EXPECT_NE(aws.call(operation, body).error_code, "LimitExceededException") << i;
    }
    EXPECT_TRUE(refused(
        aws.call(operation, body),
        "LimitExceededException",
        "Rate exceeded for account 000000000000."));
    aws.act_as("111111111111", "us-east-1");
    EXPECT_NE(aws.call(operation, body).error_code, "LimitExceededException") << "another account";
}

}  // namespace kinetide::testing
