// The whole service on a clock that stands still and with a fixed seed, for what is counted:
// between a request that was made beforehand and its answer nothing else happens here.
#pragma once

#include <kinetide/base/clock.hpp>
#include <kinetide/service/service.hpp>
#include <memory>
#include <string>
#include <string_view>

#include "support/service_test.hpp"

namespace kinetide::testing {

// Well signed.
class quiet_request {
public:
    quiet_request(wire::form f, std::string_view operation, const json& body);
    [[nodiscard]] const http::request& asked() const { return asked_; }

private:
    // Elsewhere, so that views of them survive a move.
    std::unique_ptr<std::string> target_;
    std::unique_ptr<std::string> body_;
    http::request asked_;
};

class quiet_service {
public:
    explicit quiet_service(wire::form f);

    [[nodiscard]] quiet_request request(std::string_view operation, const json& body) const {
        return {form_, operation, body};
    }
    // Takes the whole answer, as a connection does, and gives its status.
    int serve(const quiet_request& r);
    // Of the last answer.
    [[nodiscard]] std::size_t answer_bytes() const { return answer_bytes_; }

    void create(const std::string& stream, int shards);
    // To the start of its first shard, or behind its end.
    std::string iterator(const std::string& stream, const std::string& type = "TRIM_HORIZON");

private:
    json call(std::string_view operation, const json& body);

    const wire::form form_;
    manual_clock clock_{kit_start};
    service::service service_;
    fake_home home_;
    std::string piece_;
    std::size_t answer_bytes_ = 0;
};

}  // namespace kinetide::testing
