// The service without sockets: requests go through the dispatcher in either wire form, on a clock
// that stands still until a test moves it.
//
// Bodies are written and read as JSON in both forms.  For CBOR, members that are blobs or times in
// the API are turned into byte strings and tagged milliseconds, and back.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <kinetide/base/clock.hpp>
#include <kinetide/service/service.hpp>
#include <kinetide/wire/wire.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/engine_kit.hpp"
#include "support/event_stream.hpp"
#include "support/fake_home.hpp"

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
    // Of an answer that goes on.  What it said at once is in `bytes`, and its events and exceptions
    // are the body's EventStream, the last of each type.
    std::shared_ptr<event_reader> events;

    [[nodiscard]] std::string field(std::string_view name) const;
    [[nodiscard]] bool has_field(std::string_view name) const;
    [[nodiscard]] bool ok() const { return status == 200; }
    // What an operation without output answers.
    [[nodiscard]] bool ok_and_empty() const { return ok() && bytes.empty(); }
};

struct raw_request {
    std::string method = "POST";
    std::string target = "/";
    std::vector<std::pair<std::string, std::string>> fields;
    std::string body;
};

// A body as a client of that form writes it.
std::string encoded(wire::form f, const json& body);

inline constexpr std::string_view well_signed =
    "AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/kinesis/aws4_request, "
    "SignedHeaders=host;x-amz-date, Signature=abcd";

struct stream_options {
    int shards = 1;
    int retention_hours = 24;
};

// The service with everything enforced.
service::options aws_limits(std::int64_t transition_ms = 0);
// The service whose streams stay 500 ms in CREATING, DELETING and UPDATING.
service::options slow_transitions();

inline constexpr instant kit_start{1'800'000'000'123};  // Fri Jan 15 08:00:00 UTC 2027

class service_kit {
public:
    fake_home home;  // where the requests arrive

    explicit service_kit(wire::form form, service::options options = {});
    // The operations over an engine that the test holds too, for what no operation does: splits and
    // merges.  The clock is that engine's.
    service_kit(wire::form form, engine_kit& engine);

    // Makes the streams of the options, which the program does before the first request.
    void create_streams();

    // Well signed, by the caller below.
    reply call(std::string_view operation, const json& body);
    reply call(std::string_view operation, const char* body) {
        return call(operation, json::parse(body));
    }
    reply send(const raw_request& r);
    // Moves the clock and runs what that leads to on the worker.
    void pass(std::int64_t ms);
    // Sets the account (12 digits) and region that calls are signed for.
    void act_as(std::string account, std::string region);

    void create_stream(const std::string& name, stream_options o = {});
    void create_on_demand(const std::string& name);
    // On demand, and spreading records by itself.
    void create_automatic(const std::string& name);
    // What DescribeStreamSummary tells.
    json summary(const std::string& name);
    // Gives the sequence number.
    std::string put(const std::string& stream, const std::string& key, const std::string& data);
    std::string iterator(const std::string& stream, const std::string& type, int shard = 0);
    reply read(const std::string& iterator);
    // Data of all records of a shard, decoded, from TRIM_HORIZON to the tip.
    std::vector<std::string> all_data(const std::string& stream, int shard = 0);
    // The same from an iterator.
    std::vector<std::string> data_from(std::string iterator);
    // As ListStreams tells them, up to 100.
    std::vector<std::string> stream_names();

private:
    const wire::form form_;
    std::string authorization_;
    manual_clock own_clock_{kit_start};
    std::unique_ptr<http::handler> service_;
    service::service* own_service_ = nullptr;  // none over a borrowed engine
    std::function<void()> clock_moved_;

public:
    manual_clock& clock;
};

// Whether the answer is exactly this error, and nothing else is in it.
::testing::AssertionResult refused(
    const reply& r, std::string_view code, std::string_view message, int status = 400);

// The names of an object's members in their order as bytes, with blanks between.
std::string members(const json& object);

// The text of a ValidationException.
struct violation {
    std::string value;  // as printed, with its quotes
    std::string path;
    std::string constraint;
};
std::string violations(const std::vector<violation>& all);

namespace must {
inline const std::string not_be_null = "Member must not be null";
inline const std::string match_name =
    "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+";
std::string match(std::string_view pattern);
std::string be_one_of(std::string_view names);
std::string have_length_from(std::int64_t n);
std::string have_length_to(std::int64_t n);
std::string have_value_from(std::int64_t n);
std::string have_value_to(std::int64_t n);
}  // namespace must

std::string arn_of(
    std::string_view name,
    std::string_view account = "000000000000",
    std::string_view region = "us-east-1");
std::string not_found(std::string_view name, std::string_view account = "000000000000");
std::string no_such_shard(
    std::string_view shard, std::string_view stream, std::string_view account = "000000000000");
std::string not_active(std::string_view name, std::string_view status);

// The refusals that every operation has which takes StreamName, StreamARN or both.  `rest` are its
// other members; `absent` is the text for a stream called "absent", which does not exist.  A stream
// "orders" must exist.
void expect_stream_naming_refusals(
    service_kit& service,
    std::string_view operation,
    const json& rest,
    const std::string& absent = not_found("absent"));

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
#define KINETIDE_BOTH_FORMS(suite)        \
    class suite : public service_test {}; \
    INSTANTIATE_TEST_SUITE_P(wire, suite, every_wire_form(), form_name)
