#include "support/service_test.hpp"

#include <openssl/evp.h>

#include <cmath>
#include <stdexcept>

namespace kinetide::testing {
namespace {

bool is_blob(std::string_view member) { return member == "Data"; }
bool is_time(std::string_view member) { return member.ends_with("Timestamp"); }

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

void to_json_form(json& value, std::string_view member) {
    if (value.is_structured()) {
        for (auto it = value.begin(); it != value.end(); ++it) {
            to_json_form(*it, value.is_object() ? std::string_view(it.key()) : member);
        }
    } else if (value.is_binary()) {
        const auto& bytes = value.get_binary();
        value = base64(std::string(bytes.begin(), bytes.end()));
    } else if (value.is_number() && is_time(member)) {
        value = static_cast<double>(value.get<std::int64_t>()) / 1000;
    }
}

class recorded_exchange final : public http::exchange {
public:
    explicit recorded_exchange(const raw_request& r) {
        request_.method = r.method;
        request_.target = r.target;
        for (const auto& [name, value] : r.fields) request_.fields.push_back({name, value});
        request_.body = r.body;
        request_.from_loopback = true;
    }
    [[nodiscard]] const http::request& asked() const override { return request_; }
    void answer(http::response r) override { response = std::move(r); }

    http::response response;

private:
    http::request request_;
};

json parsed(const std::string& bytes, std::string_view type) {
    if (bytes.empty()) return nullptr;
    if (type == "application/x-amz-cbor-1.1") {
        json body = json::from_cbor(bytes, true, true, json::cbor_tag_handler_t::ignore);
        to_json_form(body, "");
        return body;
    }
    return json::accept(bytes) ? json::parse(bytes) : json(bytes);
}

}  // namespace

std::string base64(std::string_view bytes) {
    std::string out((bytes.size() + 2) / 3 * 4 + 1, '\0');
    const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                     reinterpret_cast<const unsigned char*>(bytes.data()),
                                     static_cast<int>(bytes.size()));
    out.resize(static_cast<std::size_t>(size));
    return out;
}

std::string from_base64(std::string_view text) {
    std::string out(text.size() / 4 * 3 + 1, '\0');
    const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                     reinterpret_cast<const unsigned char*>(text.data()),
                                     static_cast<int>(text.size()));
    if (size < 0) throw std::invalid_argument("not base64: " + std::string(text));
    const std::size_t padding = text.ends_with("==") ? 2 : (text.ends_with('=') ? 1 : 0);
    out.resize(static_cast<std::size_t>(size) - padding);
    return out;
}

std::string reply::field(std::string_view name) const {
    for (const auto& [n, v] : fields) {
        if (n == name) return v;
    }
    return {};
}

service_kit::service_kit(wire::form form, service::options options)
    : form_(form),
      authorization_(well_signed),
      service_(std::make_unique<service::service>(std::move(options), clock)) {}

void service_kit::act_as(std::string account, std::string region) {
    authorization_ = "AWS4-HMAC-SHA256 Credential=" + account + "/20260101/" + region +
                     "/kinesis/aws4_request, SignedHeaders=host, Signature=abcd";
}

reply service_kit::send(const raw_request& r) {
    recorded_exchange e(r);
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
    out.body = parsed(out.bytes, out.field("Content-Type"));
    if (out.body.is_object() && out.body.contains("__type")) {
        out.error_code = out.body["__type"];
        out.capital_message = out.body.contains("Message");
        out.message = out.body.value(out.capital_message ? "Message" : "message", "");
    }
    return out;
}

reply service_kit::call(std::string_view operation, const json& body) {
    raw_request r;
    r.fields = {{"X-Amz-Target", "Kinesis_20131202." + std::string(operation)},
                {"Authorization", authorization_},
                {"X-Amz-Date", "20260101T000000Z"}};
    if (form_ == wire::form::json) {
        r.fields.emplace_back("Content-Type", "application/x-amz-json-1.1");
        r.body = body.dump();
    } else {
        r.fields.emplace_back("Content-Type", "application/x-amz-cbor-1.1");
        put_cbor(r.body, body, "");
    }
    return send(r);
}

void service_kit::create_stream(const std::string& name, stream_options o) {
    ASSERT_TRUE(call("CreateStream", {{"StreamName", name}, {"ShardCount", o.shards}}).ok());
    if (o.retention_hours == 24) return;
    const json longer = {{"StreamName", name}, {"RetentionPeriodHours", o.retention_hours}};
    ASSERT_TRUE(call("IncreaseStreamRetentionPeriod", longer).ok());
}

json service_kit::summary(const std::string& name) {
    return call("DescribeStreamSummary", {{"StreamName", name}}).body["StreamDescriptionSummary"];
}

std::string service_kit::put(const std::string& stream, const std::string& key,
                             const std::string& data) {
    const reply r = call(
        "PutRecord", {{"StreamName", stream}, {"PartitionKey", key}, {"Data", base64(data)}});
    EXPECT_TRUE(r.ok()) << r.message;
    return r.body.value("SequenceNumber", "");
}

std::string service_kit::iterator(const std::string& stream, const std::string& type, int shard) {
    const json body = {{"StreamName", stream},
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
    std::vector<std::string> data;
    std::string at = iterator(stream, "TRIM_HORIZON", shard);
    while (!at.empty()) {
        const reply page = read(at);
        for (const json& r : page.body["Records"]) {
            data.push_back(from_base64(r["Data"].get<std::string>()));
        }
        if (page.body["MillisBehindLatest"] == 0) break;
        at = page.body.value("NextShardIterator", "");
    }
    return data;
}

}  // namespace kinetide::testing
