// One HTTP/2 connection's server side as a machine: takes bytes, gives bytes and requests.  Without
// sockets or clocks.  nghttp2 does the framing, the compression and the state of each stream; what
// is here bounds what a peer may cost.
//
//     m.received(bytes)    tells the listener of requests; false: nothing more will be taken
//     m.answer(id, r)      at any time afterwards
//     m.produce(out)       bytes to send, SETTINGS first; again whenever there is room
//     m.is_over()          sent all that had to be: close
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include <kinetide/http/message.hpp>
#include <kinetide/http/server.hpp>

#include "http2_stream.hpp"

struct nghttp2_session;

namespace kinetide::http {

class http2_machine {
public:
    // Told from within received() and produce().  May answer there, nothing else.
    class listener {
    public:
        virtual ~listener() = default;
        virtual std::shared_ptr<http2_stream> open() = 0;
        virtual void head(http2_stream& s) = 0;  // the body is not there; answered now, it never is
        virtual void whole(http2_stream& s) = 0;  // to be answered
        virtual void moved(http2_stream& s) = 0;  // bytes of it came or went
        virtual void gone(http2_stream& s) = 0;   // answered to the end, or given up by either side
    };

    // `bounds` and `tells` must outlive the machine.  Throws std::bad_alloc.
    http2_machine(const limits& bounds, listener& tells);
    ~http2_machine();
    http2_machine(const http2_machine&) = delete;
    http2_machine& operator=(const http2_machine&) = delete;

    // The request that asked to go on in HTTP/2 (`Upgrade: h2c`) becomes stream 1, whole.
    // `settings` is what its HTTP2-Settings says, decoded.  False when that is no payload of
    // SETTINGS.
    bool upgrade(std::string_view settings, const request& asked);

    bool received(std::string_view bytes);
    // Appends until `out` has about `bytes_wanted` bytes, or nothing is left that may be sent now.
    void produce(std::string& out, std::size_t bytes_wanted);
    [[nodiscard]] bool is_over() const;

    // False when the stream is gone.
    bool answer(std::int32_t id, response r);
    // A stream that slept has something to say.
    void resume(std::int32_t id);
    // RST_STREAM.
    void reset(std::int32_t id);
    // Lets up to `count` streams go without a word: of a connection that is no more.
    void forget(std::size_t count);
    // Says GOAWAY, ends the answers that have no end, takes no new streams.
    void shut_down();

    // All that came so far, useful or not.
    [[nodiscard]] std::size_t frames() const { return frames_; }
    [[nodiscard]] std::size_t stream_count() const { return streams_.size(); }
    template <class Visit>
    void for_each_stream(Visit visit) const {
        for (const auto& [id, s] : streams_) visit(*s);
    }
    // Bytes of request bodies that are held.
    [[nodiscard]] std::size_t body_bytes_held() const { return held_bytes_; }

private:
    struct callbacks;  // nghttp2's, in the .cpp

    [[nodiscard]] http2_stream* find(std::int32_t id) const;
    http2_stream& begin(std::int32_t id);
    void head_is_there(http2_stream& s);
    void take_chunk(http2_stream& s, std::string_view bytes);
    void body_is_there(http2_stream& s);
    void refuse(http2_stream& s, int status);
    void tell_of_room();
    void make_room();
    void return_window(http2_stream& s);
    void useless_frame();
    void close(std::int32_t id);

    const limits& bounds_;
    const std::size_t window_bytes_;
    listener& tells_;
    nghttp2_session* session_ = nullptr;
    std::unordered_map<std::int32_t, std::shared_ptr<http2_stream>> streams_;
    std::size_t held_bytes_ = 0;
    std::size_t frames_ = 0;
    std::size_t useless_frames_ = 0;  // since something useful passed
    bool broken_ = false;
    bool shutting_down_ = false;
};

}  // namespace kinetide::http
