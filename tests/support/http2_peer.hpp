// The client's side of an HTTP/2 connection as a machine of bytes, for tests: nghttp2's own, with
// what came back to look at, and frames of any kind to send.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

struct nghttp2_session;

namespace kinetide::testing {

using http2_fields = std::vector<std::pair<std::string, std::string>>;

struct http2_reply {
    int status = 0;
    std::vector<int> early;  // 1xx before it
    http2_fields fields;
    std::string body;
    bool ended = false;       // END_STREAM
    bool closed = false;      // by both sides or RST_STREAM
    std::uint32_t error = 0;  // of RST_STREAM
    [[nodiscard]] std::string field(std::string_view name) const;
};

class http2_peer {
public:
    // `window_bytes`: what the server may send on one stream unasked.
    explicit http2_peer(std::int32_t window_bytes = 16 * 1024 * 1024);
    ~http2_peer();
    http2_peer(const http2_peer&) = delete;
    http2_peer& operator=(const http2_peer&) = delete;

    // Gives the stream's id.  GET without a body; a POST of `body` that ends, or stays open.
    std::int32_t get(const std::string& path, const http2_fields& more = {});
    std::int32_t post(const std::string& body, const http2_fields& more = {}, bool ends = true);
    // Takes this much more of a stream's answer (0: of the connection).
    void widen(std::int32_t id, std::int32_t bytes);
    void cancel(std::int32_t id);

    // Bytes for the server, and from it.
    std::string take();
    void received(std::string_view bytes);

    std::map<std::int32_t, http2_reply> replies;
    bool gone_away = false;
    std::uint32_t goaway_error = 0;
    std::map<int, int> frames;  // how many came, by type

private:
    struct callbacks;
    std::int32_t submit(const http2_fields& fields, const std::string* body, bool ends);

    nghttp2_session* session_ = nullptr;
    std::map<std::int32_t, std::pair<std::string, bool>>
        bodies_;  // to be sent, and whether they end
};

// A frame by hand.
std::string http2_frame(
    std::uint8_t type, std::uint8_t flags, std::uint32_t stream, std::string_view payload);

}  // namespace kinetide::testing
