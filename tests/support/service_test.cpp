#include "support/service_test.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "service/dispatcher.hpp"

namespace kinetide::testing {
namespace {

bool is_blob(std::string_view member) { return member == "Data"; }
bool is_time(std::string_view member) {
    return member.ends_with("Timestamp") || member.ends_with("At");
}

void put_head(std::string& out, unsigned major, std::uint64_t value) {
    const auto byte = [&](std::uint64_t b) { out.push_back(static_cast<char>(b & 0xff)); };
    if (value < 24) {
        byte(major << 5 | value);
        return;
    }
    byte(major << 5 | 27U);
    for (int shift = 56; shift >= 0; shift -= 8) byte(value >> shift);
}

// As the Java SDK writes it: indefinite maps, byte strings, tag 1 with milliseconds.
void put_cbor(std::string& out, const json& value, std::string_view member) {
    if (value.is_object()) {
        out.push_back('\xbf');
        for (const auto& [name, one] : value.items()) {
            put_cbor(out, name, "");
            put_cbor(out, one, name);
        }
        out.push_back('\xff');
    } else if (value.is_array()) {
        put_head(out, 4, value.size());
        for (const json& one : value) put_cbor(out, one, member);
    } else if (value.is_string() && is_blob(member)) {
        const std::string bytes = from_base64(value.get<std::string>());
        put_head(out, 2, bytes.size());
        out += bytes;
    } else if (value.is_string()) {
        const std::string text = value.get<std::string>();
        put_head(out, 3, text.size());
        out += text;
    } else if (value.is_number() && is_time(member)) {
        put_head(out, 6, 1);
        put_head(out, 0, static_cast<std::uint64_t>(std::llround(value.get<double>() * 1000)));
    } else {
        const auto bytes = json::to_cbor(value);
        out.append(bytes.begin(), bytes.end());
    }
}

// Reads CBOR as strictly as an SDK may: times are tag 1 over whole milliseconds, blobs are bytes.
class cbor_reader {
public:
    explicit cbor_reader(std::string_view bytes) : rest_(bytes) {}

    json whole() {
        json value = item();
        check(rest_.empty(), "bytes after the end");
        return value;
    }

private:
    static constexpr std::uint64_t indefinite = ~std::uint64_t{0};

    static void check(bool good, const char* what) {
        if (!good) throw std::runtime_error(std::string("CBOR: ") + what);
    }

    std::string_view take(std::uint64_t count) {
        check(count <= rest_.size(), "cut short");
        const std::string_view taken = rest_.substr(0, count);
        rest_.remove_prefix(count);
        return taken;
    }

    std::uint64_t argument(unsigned low) {
        if (low < 24) return low;
        if (low == 31) return indefinite;
        check(low < 28, "a reserved head");
        std::uint64_t value = 0;
        for (const char c : take(std::uint64_t{1} << (low - 24))) {
            value = value << 8 | static_cast<unsigned char>(c);
        }
        return value;
    }

    bool at_break() {
        if (!rest_.starts_with('\xff')) return false;
        rest_.remove_prefix(1);
        return true;
    }

    std::string chunks(std::uint64_t size) {
        if (size != indefinite) return std::string(take(size));
        std::string all;
        while (!at_break()) all += take(argument(static_cast<unsigned char>(take(1)[0]) & 31U));
        return all;
    }

    json time() {
        const json ms = item();
        check(ms.is_number_integer(), "a time that is not whole milliseconds");
        return static_cast<double>(ms.get<std::int64_t>()) / 1000;
    }

    json item() {
        const auto head = static_cast<unsigned char>(take(1)[0]);
        const unsigned low = head & 31U;
        const std::uint64_t size = head >> 5 == 7 ? 0 : argument(low);
        switch (head >> 5) {
            case 0: return size;
            case 1: return -1 - static_cast<std::int64_t>(size);
            case 2: return base64(chunks(size));
            case 3: return chunks(size);
            case 4: return list(size);
            case 5: return map(size);
            case 6: check(size == 1, "a tag other than 1"); return time();
            default: break;
        }
        check(low == 20 || low == 21, "neither false nor true");
        return low == 21;
    }

    json list(std::uint64_t size) {
        json all = json::array();
        while (size == indefinite ? !at_break() : all.size() < size) all.push_back(item());
        return all;
    }

    json map(std::uint64_t size) {
        json all = json::object();
        for (std::uint64_t i = 0; size == indefinite ? !at_break() : i < size; ++i) {
            const json name = item();
            check(name.is_string() && !all.contains(name.get<std::string>()), "a bad name");
            all[name.get<std::string>()] = item();
            const json& value = all[name.get<std::string>()];
            if (is_time(name.get<std::string>()))
                check(value.is_number_float(), "an untagged time");
        }
        return all;
    }

    std::string_view rest_;
};

class recorded_exchange final : public http::exchange {
public:
    recorded_exchange(const raw_request& r, http::home& home) : home_(home) {
        request_.method = r.method;
        request_.target = r.target;
        for (const auto& [name, value] : r.fields) request_.fields.push_back({name, value});
        request_.body = r.body;
        request_.from_loopback = true;
    }
    [[nodiscard]] const http::request& asked() const override { return request_; }
    [[nodiscard]] http::home& lives_on() override { return home_; }
    void answer(http::response r) override { response = std::move(r); }

    http::response response;

private:
    http::request request_;
    http::home& home_;
};

// An engine that somebody else holds, behind the dispatcher.
class borrowed_engine final : public http::handler {
public:
    explicit borrowed_engine(engine::engine& e)
        : dispatcher_(e, service::auth_mode::any, test_tenant) {}
    void clock_moved() { dispatcher_.clock_moved(); }
    void serve(http::exchange& e) override {
        e.answer(dispatcher_.answer(e.asked(), e.lives_on(), nullptr));
    }

private:
    service::dispatcher dispatcher_;
};

json parsed(const std::string& bytes, std::string_view type) {
    if (bytes.empty()) return nullptr;
    if (type == "application/x-amz-cbor-1.1") {
        return cbor_reader(bytes).whole();
    }
    return json::accept(bytes) ? json::parse(bytes) : json(bytes);
}

}  // namespace

std::string encoded(wire::form f, const json& body) {
    if (f == wire::form::json) return body.dump();
    std::string bytes;
    put_cbor(bytes, body, "");
    return bytes;
}

std::string reply::field(std::string_view name) const {
    for (const auto& [n, v] : fields) {
        if (n == name) return v;
    }
    return {};
}

bool reply::has_field(std::string_view name) const {
    return std::any_of(
        fields.begin(), fields.end(), [&](const auto& f) { return f.first == name; });
}

service_kit::service_kit(wire::form form, service::options options)
    : form_(form), authorization_(well_signed), clock(own_clock_) {
    auto own = std::make_unique<service::service>(std::move(options), own_clock_);
    own_service_ = own.get();
    clock_moved_ = [this] { own_service_->clock_moved(); };
    service_ = std::move(own);
}

service_kit::service_kit(wire::form form, engine_kit& engine)
    : form_(form), authorization_(well_signed), clock(engine.clock) {
    auto borrowed = std::make_unique<borrowed_engine>(engine.engine);
    clock_moved_ = [moved = borrowed.get()] { moved->clock_moved(); };
    service_ = std::move(borrowed);
}

void service_kit::create_streams() { own_service_->create_streams(); }

void service_kit::act_as(std::string account, std::string region) {
    authorization_ = "AWS4-HMAC-SHA256 Credential=" + account + "/20260101/" + region +
                     "/kinesis/aws4_request, SignedHeaders=host, Signature=abcd";
}

reply service_kit::send(const raw_request& r) {
    recorded_exchange e(r, home);
    service_->serve(e);
    reply out;
    out.status = e.response.status;
    for (auto& [name, value] : e.response.fields) out.fields.emplace_back(name, value);
    out.bytes = std::move(e.response.body);
    if (e.response.source) {
        const std::uint64_t size = e.response.source->size();
        while (e.response.source->next(out.bytes, 4096)) {
        }
        EXPECT_EQ(out.bytes.size(), size) << "the size said beforehand";
    }
    if (e.response.stream) {
        out.events = std::make_shared<event_reader>(std::move(e.response.stream));
        out.events->take_all();
        out.bytes = out.events->bytes;
        json& told = out.body["EventStream"] = json::object();
        for (const event_message& m : out.events->messages) {
            if (m.type() != "initial-response") told[m.type()] = m.json();
        }
        return out;
    }
    out.body = parsed(out.bytes, out.field("Content-Type"));
    if (out.body.is_object() && out.body.contains("__type")) {
        out.error_code = out.body["__type"];
        out.capital_message = out.body.contains("Message");
        out.message = out.body.value(out.capital_message ? "Message" : "message", "");
    }
    return out;
}

void service_kit::pass(std::int64_t ms) {
    clock.advance_ms(ms);
    clock_moved_();
    home.answer_rings();
}

reply service_kit::call(std::string_view operation, const json& body) {
    raw_request r;
    r.fields = {
        {"X-Amz-Target", "Kinesis_20131202." + std::string(operation)},
        {"Authorization", authorization_},
        {"X-Amz-Date", "20260101T000000Z"}};
    r.fields.emplace_back(
        "Content-Type",
        form_ == wire::form::json ? "application/x-amz-json-1.1" : "application/x-amz-cbor-1.1");
    r.body = encoded(form_, body);
    return send(r);
}

void service_kit::create_stream(const std::string& name, stream_options o) {
    ASSERT_TRUE(call("CreateStream", {{"StreamName", name}, {"ShardCount", o.shards}}).ok());
    if (o.retention_hours == 24) return;
    const json longer = {{"StreamName", name}, {"RetentionPeriodHours", o.retention_hours}};
    ASSERT_TRUE(call("IncreaseStreamRetentionPeriod", longer).ok());
}

void service_kit::create_on_demand(const std::string& name) {
    const json mode = {{"StreamMode", "ON_DEMAND"}};
    ASSERT_TRUE(call("CreateStream", {{"StreamName", name}, {"StreamModeDetails", mode}}).ok());
}

void service_kit::create_automatic(const std::string& name) {
    const json body = {
        {"StreamName", name},
        {"StreamModeDetails", {{"StreamMode", "ON_DEMAND"}}},
        {"RecordDistributionStrategy", "AUTO"}};
    ASSERT_TRUE(call("CreateStream", body).ok());
}

json service_kit::summary(const std::string& name) {
    return call("DescribeStreamSummary", {{"StreamName", name}}).body["StreamDescriptionSummary"];
}

std::string service_kit::put(
    const std::string& stream, const std::string& key, const std::string& data) {
    const reply r =
        call("PutRecord", {{"StreamName", stream}, {"PartitionKey", key}, {"Data", base64(data)}});
    EXPECT_TRUE(r.ok()) << r.message;
    return r.body.value("SequenceNumber", "");
}

std::string service_kit::iterator(const std::string& stream, const std::string& type, int shard) {
    const json body = {
        {"StreamName", stream},
        {"ShardId", "shardId-" + std::to_string(shard)},
        {"ShardIteratorType", type}};
    const reply r = call("GetShardIterator", body);
    EXPECT_TRUE(r.ok()) << r.message;
    return r.body.value("ShardIterator", "");
}

reply service_kit::read(const std::string& iterator) {
    return call("GetRecords", {{"ShardIterator", iterator}});
}

std::vector<std::string> service_kit::all_data(const std::string& stream, int shard) {
    return data_from(iterator(stream, "TRIM_HORIZON", shard));
}

std::vector<std::string> service_kit::data_from(std::string iterator) {
    std::vector<std::string> data;
    while (!iterator.empty()) {
        reply page = read(iterator);
        EXPECT_TRUE(page.ok()) << page.message;
        if (!page.ok()) break;
        for (const json& r : page.body["Records"]) {
            data.push_back(from_base64(r["Data"].get<std::string>()));
        }
        if (page.body["MillisBehindLatest"] == 0) break;
        iterator = page.body.value("NextShardIterator", "");
    }
    return data;
}

std::vector<std::string> service_kit::stream_names() {
    return call("ListStreams", json::object()).body["StreamNames"];
}

::testing::AssertionResult refused(
    const reply& r, std::string_view code, std::string_view message, int status) {
    json expected = {{"__type", code}};
    if (!message.empty()) expected["message"] = message;
    if (r.status == status && r.body == expected) return ::testing::AssertionSuccess();
    return ::testing::AssertionFailure() << "got      " << r.status << " " << r.body.dump()
                                         << "\nexpected " << status << " " << expected.dump();
}

std::string members(const json& object) {
    std::string names;
    if (!object.is_object()) return "not an object: " + object.dump();
    for (const auto& [name, value] : object.items()) names += (names.empty() ? "" : " ") + name;
    return names;
}

std::string violations(const std::vector<violation>& all) {
    std::string text =
        std::to_string(all.size()) +
        (all.size() == 1 ? " validation error detected: " : " validation errors detected: ");
    for (const violation& v : all) {
        if (&v != &all.front()) text += "; ";
        text += "Value " + v.value + " at '" + v.path +
                "' failed to satisfy constraint: " + v.constraint;
    }
    return text;
}

namespace must {

std::string match(std::string_view pattern) {
    return "Member must satisfy regular expression pattern: " + std::string(pattern);
}
std::string be_one_of(std::string_view names) {
    return "Member must satisfy enum value set: [" + std::string(names) + "]";
}
std::string have_length_from(std::int64_t n) {
    return "Member must have length greater than or equal to " + std::to_string(n);
}
std::string have_length_to(std::int64_t n) {
    return "Member must have length less than or equal to " + std::to_string(n);
}
std::string have_value_from(std::int64_t n) {
    return "Member must have value greater than or equal to " + std::to_string(n);
}
std::string have_value_to(std::int64_t n) {
    return "Member must have value less than or equal to " + std::to_string(n);
}

}  // namespace must

std::string arn_of(std::string_view name, std::string_view account, std::string_view region) {
    return "arn:aws:kinesis:" + std::string(region) + ":" + std::string(account) + ":stream/" +
           std::string(name);
}

std::string not_found(std::string_view name, std::string_view account) {
    return "Stream " + std::string(name) + " under account " + std::string(account) + " not found.";
}

std::string no_such_shard(
    std::string_view shard, std::string_view stream, std::string_view account) {
    return "Shard " + std::string(shard) + " in stream " + std::string(stream) + " under account " +
           std::string(account) + " does not exist";
}

std::string not_active(std::string_view name, std::string_view status) {
    return "Stream " + std::string(name) + " under account 000000000000 not ACTIVE, instead in " +
           "state " + std::string(status);
}

void expect_stream_naming_refusals(
    service_kit& service, std::string_view operation, const json& rest, const std::string& absent) {
    const auto with = [&](const json& naming) {
        json body = rest;
        body.update(naming);
        return service.call(operation, body);
    };
    const auto invalid = [](const reply& r, const std::string& text) {
        return refused(r, "ValidationException", text);
    };

    // None, two, and what is no stream's.
    if (operation != "ListShards") {
        EXPECT_TRUE(refused(
            with(json::object()),
            "InvalidArgumentException",
            "Either StreamName or StreamARN should be provided."));
    }
    EXPECT_TRUE(refused(
        with({{"StreamName", "invoices"}, {"StreamARN", arn_of("orders")}}),
        "InvalidArgumentException",
        "StreamName invoices and StreamARN " + arn_of("orders") + " name different streams."));
    const std::string consumer = arn_of("orders") + "/consumer/billing:1";
    EXPECT_TRUE(refused(
        with({{"StreamARN", consumer}}),
        "InvalidArgumentException",
        "StreamARN " + consumer + " is not the ARN of a stream."));

    // Others' streams, by whatever name.
    const std::string foreign = arn_of("orders", "111111111111");
    EXPECT_TRUE(refused(
        with({{"StreamARN", foreign}}),
        "AccessDeniedException",
        "User: arn:aws:iam::000000000000:root is not authorized to perform: kinesis:" +
            std::string(operation) + " on resource: " + foreign +
            " because no resource-based policy allows the kinesis:" + std::string(operation) +
            " action"));
    EXPECT_TRUE(refused(with({{"StreamName", "absent"}}), "ResourceNotFoundException", absent));
    EXPECT_TRUE(
        refused(with({{"StreamARN", arn_of("absent")}}), "ResourceNotFoundException", absent));
    EXPECT_TRUE(refused(
        with({{"StreamName", "absent"}, {"StreamId", "abcdefghij0123456789-xyz"}}),
        "ResourceNotFoundException",
        absent))
        << "a StreamId is read over";

    // Limits of the members.
    EXPECT_TRUE(invalid(
        with({{"StreamName", ""}}),
        violations(
            {{"''", "streamName", must::match_name},
             {"''", "streamName", must::have_length_from(1)}})));
    const std::string long_name(129, 'n');
    EXPECT_TRUE(invalid(
        with({{"StreamName", long_name}}),
        violations({{"'" + long_name + "'", "streamName", must::have_length_to(128)}})));
    const std::string arn_pattern = R"(arn:aws.*:kinesis:.*:\d{12}:stream/\S+)";
    EXPECT_TRUE(invalid(
        with({{"StreamARN", "orders"}}),
        violations({{"'orders'", "streamARN", must::match(arn_pattern)}})));
    const std::string long_arn = arn_of(std::string(2049 - arn_of("").size(), 'n'));
    EXPECT_TRUE(invalid(
        with({{"StreamARN", long_arn}}),
        violations({{"'" + long_arn + "'", "streamARN", must::have_length_to(2048)}})));
    EXPECT_TRUE(invalid(
        with({{"StreamName", "orders"}, {"StreamId", "abcdefghij0123456789-wxyz"}}),
        violations(
            {{"'abcdefghij0123456789-wxyz'", "streamId", must::match("[a-z0-9]{20}-[a-z0-9]{3}")},
             {"'abcdefghij0123456789-wxyz'", "streamId", must::have_length_to(24)}})));
}

}  // namespace kinetide::testing
