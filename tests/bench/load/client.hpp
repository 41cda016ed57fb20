// One connection and its requests, whatever the protocol.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "link.hpp"

namespace kinetide::load {

// Made once and sent as often as wanted: a whole HTTP/1.1 message, of which HTTP/2 takes the parts.
class request {
public:
    // What a target begins with, and what the body is.
    struct protocol {
        std::string_view target_prefix;
        std::string_view content_type;
    };

    request() = default;
    request(std::string_view path, protocol p, std::string_view operation, std::string_view body);

    [[nodiscard]] std::string_view message() const { return message_; }
    [[nodiscard]] std::string_view body() const {
        return std::string_view(message_).substr(body_at_);
    }
    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] const std::string& target() const { return target_; }
    [[nodiscard]] std::string_view content_type() const { return content_type_; }

    // Of the answer: its bytes may be thrown away unread when there are about so many, 0 for never.
    std::size_t unread_size = 0;

private:
    std::string path_;
    std::string target_;
    std::string_view content_type_;
    std::string message_;
    std::size_t body_at_ = 0;
};

inline constexpr request::protocol kinesis{"Kinesis_20131202.", "application/x-amz-json-1.1"};
inline constexpr request::protocol kinesis_cbor{"Kinesis_20131202.", "application/x-amz-cbor-1.1"};
inline constexpr request::protocol dynamodb{"DynamoDB_20120810.", "application/x-amz-json-1.0"};

inline constexpr std::string_view authorization =
    "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/us-east-1/kinesis/aws4_request, "
    "SignedHeaders=content-type;host;x-amz-date;x-amz-target, "
    "Signature=0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0";
inline constexpr std::string_view signing_date = "20260101T000000Z";

struct answer {
    int status = 0;
    std::string_view body;  // empty when it was not read
    std::size_t size = 0;
    bool read = true;
};

class client {
public:
    // In a slot there is one request at a time; HTTP/1.1 has slot 0 alone.
    using answered = std::function<void(unsigned slot, const answer&)>;

    virtual ~client() = default;
    // `r` stays until its answer.
    virtual void submit(unsigned slot, const request& r) = 0;
    // What was submitted goes out, as far as the peer takes it.
    virtual void flush() = 0;
    // Something may have come, or may be sent again.
    virtual void ready() = 0;
};

std::unique_ptr<client> http1_client(std::unique_ptr<link> l, client::answered answered);
std::unique_ptr<client> http2_client(
    std::unique_ptr<link> l, unsigned slots, client::answered answered);

}  // namespace kinetide::load
