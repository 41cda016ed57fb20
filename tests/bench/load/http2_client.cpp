#include <nghttp2/nghttp2.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "client.hpp"

namespace kinetide::load {
namespace {

nghttp2_nv field(std::string_view name, std::string_view value) {
    // nghttp2 wants them writable, and does not write.
    const auto bytes = [](std::string_view s) {
        return reinterpret_cast<std::uint8_t*>(const_cast<char*>(s.data()));
    };
    return {
        bytes(name),
        bytes(value),
        name.size(),
        value.size(),
        NGHTTP2_NV_FLAG_NO_COPY_NAME | NGHTTP2_NV_FLAG_NO_COPY_VALUE};
}

void check(ssize_t code) {
    if (code < 0) throw std::runtime_error(nghttp2_strerror(static_cast<int>(code)));
}

class over_http2 final : public client {
public:
    over_http2(std::unique_ptr<link> l, unsigned slots, answered a)
        : link_(std::move(l)), answered_(std::move(a)), exchanges_(slots), in_(256 * 1024) {
        for (unsigned i = 0; i < slots; ++i) exchanges_[i].slot = i;
        nghttp2_session_callbacks* calls = nullptr;
        nghttp2_session_callbacks_new(&calls);
        nghttp2_session_callbacks_set_on_header_callback(calls, &on_header);
        nghttp2_session_callbacks_set_on_data_chunk_recv_callback(calls, &on_data);
        nghttp2_session_callbacks_set_on_stream_close_callback(calls, &on_close);
        nghttp2_session_client_new(&session_, calls, this);
        nghttp2_session_callbacks_del(calls);
        constexpr std::int32_t window = (1 << 30) - 1;
        const nghttp2_settings_entry stream_window{NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, window};
        check(nghttp2_submit_settings(session_, NGHTTP2_FLAG_NONE, &stream_window, 1));
        check(nghttp2_session_set_local_window_size(session_, NGHTTP2_FLAG_NONE, 0, window));
    }
    ~over_http2() override { nghttp2_session_del(session_); }
    over_http2(const over_http2&) = delete;
    over_http2& operator=(const over_http2&) = delete;

    void submit(unsigned slot, const request& r) override {
        exchange& e = exchanges_[slot];
        e.left = r.body();
        e.status = 0;
        e.came.clear();
        e.length = std::to_string(r.body().size());
        const std::array fields{
            field(":method", "POST"),
            field(":scheme", "http"),
            field(":authority", "127.0.0.1"),
            field(":path", r.path()),
            field("content-type", r.content_type()),
            field("x-amz-target", r.target()),
            field("x-amz-date", signing_date),
            field("authorization", authorization),
            field("content-length", e.length)};
        nghttp2_data_provider body{};
        body.source.ptr = &e;
        body.read_callback = &read_body;
        check(nghttp2_submit_request(session_, nullptr, fields.data(), fields.size(), &body, &e));
    }

    void flush() override {
        while (true) {
            while (out_.size() < out_enough) {
                const std::uint8_t* some = nullptr;
                const ssize_t n = nghttp2_session_mem_send(session_, &some);
                check(n);
                if (n == 0) break;
                out_.append(reinterpret_cast<const char*>(some), static_cast<std::size_t>(n));
            }
            if (out_.empty()) return;
            const std::size_t sent = link_->send(out_);
            const bool all = sent == out_.size();
            out_.erase(0, sent);
            if (!all) return;
        }
    }

    void ready() override {
        while (true) {
            const std::size_t got = link_->receive(in_.data(), in_.size());
            const auto* bytes = reinterpret_cast<const std::uint8_t*>(in_.data());
            check(nghttp2_session_mem_recv(session_, bytes, got));
            give();
            if (got < in_.size()) break;
        }
        flush();
    }

private:
    struct exchange {
        unsigned slot = 0;
        std::string_view left;  // of the request's body
        std::string length;
        int status = 0;
        std::string came;
    };
    static constexpr std::size_t out_enough = std::size_t{256} * 1024;

    static ssize_t read_body(
        nghttp2_session*,
        std::int32_t,
        std::uint8_t* to,
        std::size_t room,
        std::uint32_t* flags,
        nghttp2_data_source* source,
        void*) {
        std::string_view& left = static_cast<exchange*>(source->ptr)->left;
        const std::size_t n = std::min(room, left.size());
        std::memcpy(to, left.data(), n);
        left.remove_prefix(n);
        if (left.empty()) *flags |= NGHTTP2_DATA_FLAG_EOF;
        return static_cast<ssize_t>(n);
    }

    static exchange* of(nghttp2_session* s, std::int32_t stream) {
        return static_cast<exchange*>(nghttp2_session_get_stream_user_data(s, stream));
    }

    static int on_header(
        nghttp2_session* s,
        const nghttp2_frame* frame,
        const std::uint8_t* name,
        std::size_t name_size,
        const std::uint8_t* value,
        std::size_t value_size,
        std::uint8_t,
        void*) {
        const std::string_view n(reinterpret_cast<const char*>(name), name_size);
        if (n != ":status") return 0;
        const std::string v(reinterpret_cast<const char*>(value), value_size);
        if (exchange* const e = of(s, frame->hd.stream_id)) e->status = std::stoi(v);
        return 0;
    }

    static int on_data(
        nghttp2_session* s,
        std::uint8_t,
        std::int32_t stream,
        const std::uint8_t* bytes,
        std::size_t size,
        void*) {
        if (exchange* const e = of(s, stream)) {
            e->came.append(reinterpret_cast<const char*>(bytes), size);
        }
        return 0;
    }

    static int on_close(nghttp2_session* s, std::int32_t stream, std::uint32_t error, void* self) {
        exchange* const e = of(s, stream);
        // A stream that was reset has no answer: no status is what tells.
        if (error != 0) e->status = 0;
        static_cast<over_http2*>(self)->done_.push_back(e);
        return 0;
    }

    // Not within nghttp2, which knows no exceptions.
    void give() {
        for (const exchange* const e : done_) {
            answered_(e->slot, {e->status, e->came, e->came.size(), true});
        }
        done_.clear();
    }

    const std::unique_ptr<link> link_;
    const answered answered_;
    nghttp2_session* session_ = nullptr;
    std::vector<exchange> exchanges_;
    std::vector<exchange*> done_;
    std::vector<char> in_;
    std::string out_;
};

}  // namespace

std::unique_ptr<client> http2_client(
    std::unique_ptr<link> l, unsigned slots, client::answered answered) {
    return std::make_unique<over_http2>(std::move(l), slots, std::move(answered));
}

}  // namespace kinetide::load
