#include "client.hpp"

namespace kinetide::load {

std::string_view request::content_type() const {
    return cbor_ ? "application/x-amz-cbor-1.1" : "application/x-amz-json-1.1";
}

request::request(
    std::string_view path, std::string_view operation, bool cbor, std::string_view body)
    : path_(path), target_("Kinesis_20131202."), cbor_(cbor) {
    target_.append(operation);
    message_.reserve(512 + body.size());
    message_.append("POST ").append(path_).append(" HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: ");
    message_.append(content_type()).append("\r\nX-Amz-Target: ").append(target_);
    message_.append("\r\nX-Amz-Date: ").append(signing_date);
    message_.append("\r\nAuthorization: ").append(authorization);
    message_.append("\r\nContent-Length: ").append(std::to_string(body.size()));
    message_.append("\r\n\r\n");
    body_at_ = message_.size();
    message_.append(body);
}

}  // namespace kinetide::load
