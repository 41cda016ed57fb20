// CloudWatch and STS at the front: how each protocol is recognised, and with which headers it is
// answered.

#include <zlib.h>

#include "metric_calls.hpp"

namespace kinetide::testing {
namespace {

using fields = std::vector<std::pair<std::string, std::string>>;

const std::string form_type = "application/x-www-form-urlencoded";
const std::string cbor_path = "/service/GraniteServiceVersion20100801/operation/";
const std::string put_form =
    "Action=PutMetricData&Version=2010-08-01&Namespace=app&MetricData.member.1.MetricName=m"
    "&MetricData.member.1.Value=2";

fields signed_with(fields more) {
    more.emplace_back("Authorization", std::string(well_signed));
    more.emplace_back("X-Amz-Date", "20260101T000000Z");
    return more;
}

raw_request form(const std::string& body, fields more = {}) {
    more.emplace_back("Content-Type", form_type + "; charset=utf-8");
    return {"POST", "/", signed_with(std::move(more)), body};
}

raw_request rpc(const std::string& operation, const json& members) {
    const auto bytes = json::to_cbor(members);
    return {
        "POST",
        cbor_path + operation,
        signed_with({{"Content-Type", "application/cbor"}, {"smithy-protocol", "rpc-v2-cbor"}}),
        std::string(bytes.begin(), bytes.end())};
}

std::string gzip(const std::string& text) {
    z_stream z{};
    deflateInit2(&z, 9, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
    std::string in = text;
    std::string out(text.size() + 1000, '\0');
    z.next_in = reinterpret_cast<Bytef*>(in.data());
    z.avail_in = static_cast<uInt>(in.size());
    z.next_out = reinterpret_cast<Bytef*>(out.data());
    z.avail_out = static_cast<uInt>(out.size());
    deflate(&z, Z_FINISH);
    out.resize(out.size() - z.avail_out);
    deflateEnd(&z);
    return out;
}

struct metric_desk : ::testing::Test {
    service_kit service{wire::form::json};

    // The values of app's m so far.
    std::int64_t kept() {
        const std::int64_t now_s = service.clock.now().seconds();
        const json out = cloudwatch(
            service,
            "GetMetricStatistics",
            {{"Namespace", "app"},
             {"MetricName", "m"},
             {"Period", 60},
             {"StartTime", now_s - 60},
             {"EndTime", now_s + 60},
             {"Statistics", {"SampleCount"}}});
        return out["Datapoints"].empty() ? 0 : out["Datapoints"][0]["SampleCount"].get<int>();
    }
};

TEST_F(metric_desk, takes_a_form) {
    const reply r = service.send(form(put_form));
    EXPECT_EQ(r.status, 200);
    EXPECT_EQ(r.field("Content-Type"), "text/xml");
    EXPECT_EQ(
        r.bytes,
        "<PutMetricDataResponse xmlns=\"http://monitoring.amazonaws.com/doc/2010-08-01/\">"
        "<ResponseMetadata><RequestId>" +
            r.field("x-amzn-RequestId") +
            "</RequestId></ResponseMetadata></PutMetricDataResponse>");
    EXPECT_EQ(kept(), 1);
}

TEST_F(metric_desk, takes_cbor_by_its_path) {
    const json members = {
        {"Namespace", "app"}, {"MetricData", {{{"MetricName", "m"}, {"Value", 1.5}}}}};
    const reply r = service.send(rpc("PutMetricData", members));
    EXPECT_EQ(r.status, 200);
    EXPECT_EQ(r.field("Content-Type"), "application/cbor");
    EXPECT_EQ(r.field("smithy-protocol"), "rpc-v2-cbor");
    EXPECT_EQ(r.bytes, "\xa0");
    EXPECT_EQ(kept(), 1);
}

TEST_F(metric_desk, takes_json_by_its_target) {
    const json members = {
        {"Namespace", "app"}, {"MetricData", {{{"MetricName", "m"}, {"Value", 1.5}}}}};
    EXPECT_EQ(cloudwatch(service, "PutMetricData", members), json::object());
    EXPECT_EQ(kept(), 1);
}

TEST_F(metric_desk, takes_what_gzip_made_smaller) {
    EXPECT_EQ(service.send(form(gzip(put_form), {{"Content-Encoding", "gzip"}})).status, 200);
    raw_request cbor =
        rpc("PutMetricData",
            {{"Namespace", "app"}, {"MetricData", {{{"MetricName", "m"}, {"Value", 1.5}}}}});
    cbor.body = gzip(cbor.body);
    cbor.fields.emplace_back("Content-Encoding", "gzip");
    EXPECT_EQ(service.send(cbor).status, 200);
    EXPECT_EQ(kept(), 2);
    cbor.body = gzip(std::string(1024 * 1024 + 1, 'x'));
    const reply bomb = service.send(cbor);
    EXPECT_EQ(bomb.status, 400);
    EXPECT_EQ(bomb.field("x-amzn-query-error"), "InvalidParameterValue;Sender");
    cbor.body = "not gzip";
    EXPECT_EQ(service.send(cbor).status, 400);
}

TEST_F(metric_desk, takes_a_mebibyte) {
    const std::string full = put_form + "&x=" + std::string(1024 * 1024 - put_form.size() - 3, 'x');
    EXPECT_EQ(service.send(form(full)).status, 200);
    const reply r = service.send(form(full + "x"));
    EXPECT_EQ(r.status, 413);
    EXPECT_NE(r.bytes.find("<Code>RequestEntityTooLarge</Code>"), std::string::npos);
}

TEST_F(metric_desk, names_errors_twice_for_those_who_knew_the_form) {
    const reply r = service.send(rpc("PutMetricData", {{"Namespace", "app"}}));
    EXPECT_EQ(r.status, 400);
    EXPECT_EQ(r.field("smithy-protocol"), "rpc-v2-cbor");
    EXPECT_EQ(r.field("x-amzn-query-error"), "MissingParameter;Sender");
    const json error = json::from_cbor(r.bytes);
    EXPECT_EQ(error["__type"], "MissingRequiredParameterException");
    EXPECT_EQ(error["message"], "The parameter MetricData is required.");
    const reply xml = service.send(form("Action=PutMetricData&Version=2010-08-01&Namespace=app"));
    EXPECT_EQ(xml.status, 400);
    EXPECT_NE(xml.bytes.find("<Code>MissingParameter</Code>"), std::string::npos);
    const reply action = service.send(form("Action=PutDashboard&Version=2010-08-01"));
    EXPECT_NE(action.bytes.find("<Code>InvalidAction</Code>"), std::string::npos);
}

TEST_F(metric_desk, wants_signatures_as_kinesis_does) {
    raw_request unsigned_form = form(put_form);
    std::erase_if(unsigned_form.fields, [](const auto& f) { return f.first == "Authorization"; });
    const reply r = service.send(unsigned_form);
    EXPECT_EQ(r.status, 400);
    EXPECT_NE(r.bytes.find("<Code>MissingAuthenticationToken</Code>"), std::string::npos);
    EXPECT_EQ(kept(), 0);
    service::options off;
    off.auth = service::auth_mode::off;
    service_kit open{wire::form::json, off};
    EXPECT_EQ(open.send(unsigned_form).status, 200);
}

TEST_F(metric_desk, leaves_everything_else_to_others) {
    const raw_request others[] = {
        form("Action=ListQueues&Version=2012-11-05"),
        form("hello"),
        {"GET", cbor_path + "PutMetricData", signed_with({}), ""}};
    for (const raw_request& r : others) {
        const reply out = service.send(r);
        EXPECT_EQ(out.bytes.find("CloudWatch"), std::string::npos);
        EXPECT_EQ(out.status, 403);
    }
}

TEST(identity_desk, tells_the_account_of_the_key) {
    service::options o;
    o.account_id = "123456789012";
    service_kit service{wire::form::json, o};
    const std::string ask = "Action=GetCallerIdentity&Version=2011-06-15";
    const reply r = service.send(form(ask));
    EXPECT_EQ(r.status, 200);
    EXPECT_EQ(r.field("Content-Type"), "text/xml");
    EXPECT_EQ(
        r.bytes,
        "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">"
        "<GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:root</Arn>"
        "<UserId>123456789012</UserId><Account>123456789012</Account></GetCallerIdentityResult>"
        "<ResponseMetadata><RequestId>" +
            r.field("x-amzn-RequestId") +
            "</RequestId></ResponseMetadata></GetCallerIdentityResponse>");
    raw_request as_other = form(ask);
    as_other.fields[1].second =
        "AWS4-HMAC-SHA256 Credential=111111111111/20260101/us-east-1/sts/aws4_request, "
        "SignedHeaders=host, Signature=abcd";
    EXPECT_NE(service.send(as_other).bytes.find("<Account>111111111111<"), std::string::npos);
}

TEST(identity_desk, names_the_partition_that_the_streams_arns_have) {
    service_kit service{wire::form::json};
    raw_request ask = form("Action=GetCallerIdentity&Version=2011-06-15");
    ask.fields[1].second =
        "AWS4-HMAC-SHA256 Credential=111111111111/20260101/cn-north-1/sts/aws4_request, "
        "SignedHeaders=host, Signature=abcd";
    const std::string said = service.send(ask).bytes;
    EXPECT_NE(said.find("<Arn>arn:aws-cn:iam::111111111111:root<"), std::string::npos) << said;
}

TEST(identity_desk, serves_nothing_else_and_nobody_unsigned) {
    service_kit service{wire::form::json};
    const reply other = service.send(form("Action=AssumeRole&Version=2011-06-15"));
    EXPECT_EQ(other.status, 400);
    EXPECT_NE(other.bytes.find("<Code>InvalidAction</Code>"), std::string::npos);
    const reply nobody = service.send(
        {"POST",
         "/",
         {{"Content-Type", form_type}},
         "Action=GetCallerIdentity&Version=2011-06-15"});
    EXPECT_NE(nobody.bytes.find("<Code>MissingAuthenticationToken</Code>"), std::string::npos);
}

}  // namespace
}  // namespace kinetide::testing
