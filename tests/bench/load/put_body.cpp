#include "put_body.hpp"

#include <array>
#include <cstdio>
#include <random>

#include "text.hpp"

namespace kinetide::load {
namespace {

std::string random_key() {
    static std::mt19937_64 chance(2);
    std::array<char, 32> text{};
    std::snprintf(
        text.data(), text.size(), "pk-%016llx", static_cast<unsigned long long>(chance()));
    return text.data();
}

void json_record(std::string& out, const options& o) {
    out += R"("Data":")" + base64(random_bytes(o.record_bytes));
    out += R"(","PartitionKey":")" + random_key() + '"';
}

std::string json_body(const options& o, unsigned records) {
    std::string out = R"({"StreamName":")" + o.stream + R"(",)";
    if (records == 1) {
        json_record(out, o);
    } else {
        out += R"("Records":[)";
        for (unsigned i = 0; i < records; ++i) {
            out += i == 0 ? "{" : ",{";
            json_record(out, o);
            out += '}';
        }
        out += ']';
    }
    return out + '}';
}

// Sizes up to 65,535, which is more than any here.
void cbor_head(std::string& out, unsigned major, std::size_t size) {
    const auto byte = [&](std::size_t b) { out.push_back(static_cast<char>(b)); };
    if (size < 24) {
        byte(major << 5U | size);
    } else if (size < 256) {
        byte(major << 5U | 24U);
        byte(size);
    } else {
        byte(major << 5U | 25U);
        byte(size >> 8U);
        byte(size & 255U);
    }
}

void cbor_text(std::string& out, std::string_view text) {
    cbor_head(out, 3, text.size());
    out += text;
}

void cbor_record(std::string& out, const options& o) {
    cbor_text(out, "Data");
    cbor_head(out, 2, o.record_bytes);
    out += random_bytes(o.record_bytes);
    cbor_text(out, "PartitionKey");
    cbor_text(out, random_key());
}

// Maps without a size, as the Java SDK writes them.
std::string cbor_body(const options& o, unsigned records) {
    std::string out = "\xbf";
    cbor_text(out, "StreamName");
    cbor_text(out, o.stream);
    if (records == 1) {
        cbor_record(out, o);
    } else {
        cbor_text(out, "Records");
        cbor_head(out, 4, records);
        for (unsigned i = 0; i < records; ++i) {
            out += '\xbf';
            cbor_record(out, o);
            out += '\xff';
        }
    }
    return out + '\xff';
}

}  // namespace

request put_request(const options& o, unsigned records) {
    const auto body = o.cbor ? cbor_body(o, records) : json_body(o, records);
    const std::string_view operation = records == 1 ? "PutRecord" : "PutRecords";
    return {o.path, o.cbor ? kinesis_cbor : kinesis, operation, body};
}

}  // namespace kinetide::load
