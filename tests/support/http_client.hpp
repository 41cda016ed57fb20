// A blocking Kinesis client over HTTP/1.1 for tests that need a wire but no SDK.
#pragma once

#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace kinetide::testing {

struct http_reply {
    int status = 0;
    nlohmann::json body;
};

// One keep-alive connection; not for several threads.
class http_client {
public:
    explicit http_client(std::uint16_t port);
    ~http_client();

    http_reply call(std::string_view operation, const nlohmann::json& body);

private:
    class impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace kinetide::testing
