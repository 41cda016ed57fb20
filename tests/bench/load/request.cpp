#include "client.hpp"

namespace kinetide::load {

request::request(
    std::string_view path, protocol p, std::string_view operation, std::string_view body)
    : path_(path), target_(p.target_prefix), content_type_(p.content_type) {
    target_.append(operation);
    message_.reserve(512 + body.size());
    message_.append("POST ").append(path_).append(" HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: ");
    message_.append(content_type_).append("\r\nX-Amz-Target: ").append(target_);
    message_.append("\r\nX-Amz-Date: ").append(signing_date);
    message_.append("\r\nAuthorization: ").append(authorization);
    message_.append("\r\nContent-Length: ").append(std::to_string(body.size()));
    message_.append("\r\n\r\n");
    body_at_ = message_.size();
    message_.append(body);
}

}  // namespace kinetide::load
