#include "support/event_stream.hpp"

#include <zlib.h>

#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <utility>

namespace kinetide::testing {
namespace {

constexpr std::size_t prelude_bytes = 12;
constexpr std::size_t crc_bytes = 4;

void check(bool good, const char* what) {
    if (!good) throw std::runtime_error(std::string("event stream: ") + what);
}

std::size_t number(std::string_view bytes, std::size_t at, std::size_t size) {
    std::size_t value = 0;
    for (std::size_t i = 0; i < size; ++i) {
        value = value << 8U | static_cast<unsigned char>(bytes.at(at + i));
    }
    return value;
}

std::size_t crc_of(std::string_view bytes) {
    return crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size());
}

std::string take(std::string_view& from, std::size_t size) {
    check(from.size() >= size, "a header that is cut off");
    std::string taken(from.substr(0, size));
    from.remove_prefix(size);
    return taken;
}

std::map<std::string, std::string> headers_in(std::string_view bytes) {
    std::map<std::string, std::string> headers;
    while (!bytes.empty()) {
        const std::string name = take(bytes, number(take(bytes, 1), 0, 1));
        check(take(bytes, 1) == "\x07", "a header that is no text");
        const std::string value = take(bytes, number(take(bytes, 2), 0, 2));
        check(headers.emplace(name, value).second, "a header twice");
    }
    return headers;
}

}  // namespace

std::string event_message::type() const {
    for (const char* name : {":event-type", ":exception-type"}) {
        if (const auto found = headers.find(name); found != headers.end()) return found->second;
    }
    return {};
}

std::optional<event_message> event_decoder::next() {
    if (rest_.size() < prelude_bytes) return std::nullopt;
    const std::size_t total = number(rest_, 0, 4);
    const std::size_t headers = number(rest_, 4, 4);
    check(crc_of(std::string_view(rest_).substr(0, 8)) == number(rest_, 8, 4), "a bad prelude");
    check(headers <= headers_max, "too many headers");
    check(total >= prelude_bytes + headers + crc_bytes, "headers that do not fit");
    const std::size_t payload = total - prelude_bytes - headers - crc_bytes;
    check(payload <= payload_max, "too long a payload");
    if (rest_.size() < total) return std::nullopt;
    const std::string_view all = std::string_view(rest_).substr(0, total);
    const std::size_t crc = number(all, total - crc_bytes, crc_bytes);
    check(crc_of(all.substr(0, total - crc_bytes)) == crc, "a bad message");
    event_message m;
    m.headers = headers_in(all.substr(prelude_bytes, headers));
    m.payload = all.substr(prelude_bytes + headers, payload);
    rest_.erase(0, total);
    return m;
}

event_reader::event_reader(std::unique_ptr<http::body_stream> from, std::size_t piece_bytes)
    : from_(std::move(from)), piece_bytes_(piece_bytes) {
    from_->opened([this] { ++wakes; });
}

http::body_stream::state event_reader::take() {
    std::string piece;
    asleep = false;
    wakes = 0;
    const auto state = from_->next(piece, piece_bytes_);
    asleep = state == http::body_stream::state::asleep;
    ended = state == http::body_stream::state::ended;
    largest_piece = std::max(largest_piece, piece.size());
    bytes += piece;
    decoder_.feed(piece);
    while (auto m = decoder_.next()) messages.push_back(std::move(*m));
    check(!asleep || decoder_.between_messages(), "asleep within a message");
    check(!ended || decoder_.between_messages(), "ended within a message");
    return state;
}

void event_reader::take_all() {
    while (!ended && take() == http::body_stream::state::more) {
    }
}

void event_reader::take_if_woken() {
    if (from_ && (wakes != 0 || !asleep)) take_all();
}

std::vector<nlohmann::json> event_reader::events() {
    std::vector<nlohmann::json> all;
    for (; given_ < messages.size(); ++given_) {
        const event_message& m = messages[given_];
        if (m.type() == "SubscribeToShardEvent") all.push_back(m.json());
    }
    return all;
}

void event_reader::forget() {
    messages.clear();
    bytes.clear();
    given_ = 0;
}

std::string event_reader::exception() const {
    if (messages.empty()) return {};
    const auto& headers = messages.back().headers;
    const auto found = headers.find(":exception-type");
    return found == headers.end() ? std::string() : found->second;
}

std::string event_reader::exception_message() const {
    return messages.back().json().value("message", "");
}

}  // namespace kinetide::testing
