// The service without sockets: requests go through the dispatcher in either wire form, on a clock
// that stands still until a test moves it.
//
// Bodies are written and read as JSON in both forms.  For CBOR, members that are blobs or times in
// the API are turned into byte strings and tagged milliseconds, and back.
#pragma once

#include <gtest/gtest.h>

#include <kinetide/base/clock.hpp>
#include <kinetide/service/service.hpp>
#include <kinetide/wire/wire.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace kinetide::testing {

using json = nlohmann::json;

struct reply {
    int status = 0;
    std::string error_code;  // __type
    std::string message;     // message or Message
    bool capital_message = false;
    json body;  // null when empty
    std::string bytes;
    std::vector<std::pair<std::string, std::string>> fields;

    [[nodiscard]] std::string field(std::string_view name) const;
    [[nodiscard]] bool ok() const { return status == 200; }
};

struct raw_request {
    std::string method = "POST";
    std::string target = "/";
    std::vector<std::pair<std::string, std::string>> fields;
    std::string body;
};

inline constexpr std::string_view well_signed =
    "AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/kinesis/aws4_request, "
    "SignedHeaders=host;x-amz-date, Signature=abcd";

struct stream_options {
    int shards = 1;
    int retention_hours = 24;
};

class service_kit {
public:
    explicit service_kit(wire::form form, service::options options = {});

    // Well signed, by the caller below.
    reply call(std::string_view operation, const json& body);
    reply call(std::string_view operation, const char* body) { return call(operation, json::parse(body)); }
    reply send(const raw_request& r);
    // Sets the account (12 digits) and region that calls are signed for.
    void act_as(std::string account, std::string region);

    void create_stream(const std::string& name, stream_options o = {});
    // What DescribeStreamSummary tells.
    json summary(const std::string& name);
    // Gives the sequence number.
    std::string put(const std::string& stream, const std::string& key, const std::string& data);
    std::string iterator(const std::string& stream, const std::string& type, int shard = 0);
    reply read(const std::string& iterator);
    // Data of all records of a shard, decoded, from TRIM_HORIZON to the tip.
    std::vector<std::string> all_data(const std::string& stream, int shard = 0);

    manual_clock clock{instant{1'800'000'000'123}};

private:
    const wire::form form_;
    std::string authorization_;
    std::unique_ptr<service::service> service_;
};

std::string base64(std::string_view bytes);
std::string from_base64(std::string_view text);

// Each test in both wire forms.
class service_test : public ::testing::TestWithParam<wire::form> {
protected:
    service_kit service{GetParam()};
};

inline auto every_wire_form() { return ::testing::Values(wire::form::json, wire::form::cbor); }

inline std::string form_name(const ::testing::TestParamInfo<wire::form>& p) {
    return p.param == wire::form::json ? "json" : "cbor";
}

}  // namespace kinetide::testing

// The suite runs once for each wire form.
#define KINETIDE_BOTH_FORMS(suite)                     \
    class suite : public service_test {};              \
    INSTANTIATE_TEST_SUITE_P(wire, suite, every_wire_form(), form_name)
