#include "support/quiet_service.hpp"

#include <stdexcept>
#include <utility>

namespace kinetide::testing {
namespace {

class kept_answer final : public http::exchange {
public:
    kept_answer(const http::request& asked, http::home& home) : asked_(asked), home_(home) {}
    [[nodiscard]] const http::request& asked() const override { return asked_; }
    [[nodiscard]] http::home& lives_on() override { return home_; }
    void answer(http::response r) override { response = std::move(r); }

    http::response response;

private:
    const http::request& asked_;
    http::home& home_;
};

service::options seeded() {
    service::options o;
    o.engine.seed = 1;
    return o;
}

}  // namespace

quiet_request::quiet_request(wire::form f, std::string_view operation, const json& body)
    : target_(std::make_unique<std::string>("Kinesis_20131202." + std::string(operation))),
      body_(std::make_unique<std::string>(encoded(f, body))) {
    asked_.method = "POST";
    asked_.target = "/";
    asked_.fields = {
        {"Host", "localhost"},
        {"Content-Type",
         f == wire::form::json ? "application/x-amz-json-1.1" : "application/x-amz-cbor-1.1"},
        {"X-Amz-Target", *target_},
        {"X-Amz-Date", "20260101T000000Z"},
        {"Authorization", well_signed}};
    asked_.body = *body_;
    asked_.from_loopback = true;
}

quiet_service::quiet_service(wire::form f) : form_(f), service_(seeded(), clock_) {}

int quiet_service::serve(const quiet_request& r) {
    constexpr std::size_t piece_bytes = std::size_t{64} * 1024;
    kept_answer e(r.asked(), home_);
    service_.serve(e);
    answer_bytes_ = e.response.body.size();
    bool more = e.response.source != nullptr;
    while (more) {
        piece_.clear();
        more = e.response.source->next(piece_, piece_bytes);
        answer_bytes_ += piece_.size();
    }
    return e.response.status;
}

json quiet_service::call(std::string_view operation, const json& body) {
    const quiet_request r(wire::form::json, operation, body);
    kept_answer e(r.asked(), home_);
    service_.serve(e);
    if (e.response.status != 200) throw std::runtime_error(e.response.body);
    return e.response.body.empty() ? json() : json::parse(e.response.body);
}

void quiet_service::create(const std::string& stream, int shards) {
    call("CreateStream", {{"StreamName", stream}, {"ShardCount", shards}});
}

std::string quiet_service::iterator(const std::string& stream, const std::string& type) {
    const json made = call(
        "GetShardIterator",
        {{"StreamName", stream}, {"ShardId", "shardId-000000000000"}, {"ShardIteratorType", type}});
    return made["ShardIterator"];
}

}  // namespace kinetide::testing
