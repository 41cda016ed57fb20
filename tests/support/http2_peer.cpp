#include "support/http2_peer.hpp"

#include <nghttp2/nghttp2.h>
#include <algorithm>
#include <array>
#include <cstring>

namespace kinetide::testing {
namespace {

http2_peer& of(void* user) { return *static_cast<http2_peer*>(user); }

std::string_view text(const std::uint8_t* bytes, std::size_t size) {
    return {reinterpret_cast<const char*>(bytes), size};
}

nghttp2_nv nv(const std::pair<std::string, std::string>& f) {
    const auto bytes = [](const std::string& s) {
        return const_cast<std::uint8_t*>(reinterpret_cast<const std::uint8_t*>(s.data()));
    };
    return {bytes(f.first), bytes(f.second), f.first.size(), f.second.size(), 0};
}

}  // namespace

std::string http2_reply::field(std::string_view name) const {
    const auto it =
        std::find_if(fields.begin(), fields.end(), [&](const auto& f) { return f.first == name; });
    return it == fields.end() ? std::string() : it->second;
}

struct http2_peer::callbacks {
    static int field(
        nghttp2_session*,
        const nghttp2_frame* f,
        const std::uint8_t* name,
        std::size_t name_bytes,
        const std::uint8_t* value,
        std::size_t value_bytes,
        std::uint8_t,
        void* user) {
        http2_reply& r = of(user).replies[f->hd.stream_id];
        const std::string n(text(name, name_bytes));
        const std::string v(text(value, value_bytes));
        if (n != ":status") {
            r.fields.emplace_back(n, v);
        } else if (v.front() == '1') {
            r.early.push_back(std::stoi(v));
        } else {
            r.status = std::stoi(v);
        }
        return 0;
    }

    static int chunk(
        nghttp2_session*,
        std::uint8_t,
        std::int32_t id,
        const std::uint8_t* data,
        std::size_t size,
        void* user) {
        of(user).replies[id].body.append(text(data, size));
        return 0;
    }

    static int frame(nghttp2_session*, const nghttp2_frame* f, void* user) {
        http2_peer& p = of(user);
        ++p.frames[f->hd.type];
        if (f->hd.type == NGHTTP2_GOAWAY) {
            p.gone_away = true;
            p.goaway_error = f->goaway.error_code;
        }
        const bool carries = f->hd.type == NGHTTP2_HEADERS || f->hd.type == NGHTTP2_DATA;
        if (carries && (f->hd.flags & NGHTTP2_FLAG_END_STREAM) != 0) {
            p.replies[f->hd.stream_id].ended = true;
        }
        return 0;
    }

    static int closed(nghttp2_session*, std::int32_t id, std::uint32_t error, void* user) {
        http2_reply& r = of(user).replies[id];
        r.closed = true;
        r.error = error;
        return 0;
    }

    static ssize_t body(
        nghttp2_session*,
        std::int32_t id,
        std::uint8_t* to,
        std::size_t room,
        std::uint32_t* flags,
        nghttp2_data_source*,
        void* user) {
        auto& [rest, ends] = of(user).bodies_[id];
        const std::size_t size = std::min(room, rest.size());
        std::memcpy(to, rest.data(), size);
        rest.erase(0, size);
        if (rest.empty() && ends) *flags |= NGHTTP2_DATA_FLAG_EOF;
        if (size == 0 && !ends) return NGHTTP2_ERR_DEFERRED;
        return static_cast<ssize_t>(size);
    }
};

http2_peer::http2_peer(std::int32_t window_bytes) {
    nghttp2_session_callbacks* c = nullptr;
    nghttp2_session_callbacks_new(&c);
    nghttp2_session_callbacks_set_on_header_callback(c, callbacks::field);
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(c, callbacks::chunk);
    nghttp2_session_callbacks_set_on_frame_recv_callback(c, callbacks::frame);
    nghttp2_session_callbacks_set_on_stream_close_callback(c, callbacks::closed);
    nghttp2_option* o = nullptr;
    nghttp2_option_new(&o);
    nghttp2_option_set_no_auto_window_update(o, 1);
    nghttp2_session_client_new2(&session_, c, this, o);
    nghttp2_option_del(o);
    nghttp2_session_callbacks_del(c);
    const std::array<nghttp2_settings_entry, 1> settings{
        {{NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, static_cast<std::uint32_t>(window_bytes)}}};
    nghttp2_submit_settings(session_, 0, settings.data(), settings.size());
    nghttp2_session_set_local_window_size(session_, 0, 0, 1 << 30);
}

http2_peer::~http2_peer() { nghttp2_session_del(session_); }

std::int32_t http2_peer::submit(const http2_fields& fields, const std::string* body, bool ends) {
    std::vector<nghttp2_nv> all;
    for (const auto& f : fields) all.push_back(nv(f));
    nghttp2_data_provider source{};
    source.read_callback = callbacks::body;
    const std::int32_t id = nghttp2_submit_request(
        session_, nullptr, all.data(), all.size(), body != nullptr ? &source : nullptr, nullptr);
    if (body != nullptr) bodies_[id] = {*body, ends};
    return id;
}

std::int32_t http2_peer::get(const std::string& path, const http2_fields& more) {
    http2_fields all{
        {":method", "GET"}, {":scheme", "http"}, {":authority", "localhost"}, {":path", path}};
    all.insert(all.end(), more.begin(), more.end());
    return submit(all, nullptr, true);
}

std::int32_t http2_peer::post(const std::string& body, const http2_fields& more, bool ends) {
    http2_fields all{
        {":method", "POST"}, {":scheme", "http"}, {":authority", "localhost"}, {":path", "/"}};
    all.insert(all.end(), more.begin(), more.end());
    return submit(all, &body, ends);
}

void http2_peer::widen(std::int32_t id, std::int32_t bytes) {
    nghttp2_submit_window_update(session_, 0, id, bytes);
}

void http2_peer::cancel(std::int32_t id) {
    nghttp2_submit_rst_stream(session_, 0, id, NGHTTP2_CANCEL);
}

std::string http2_peer::take() {
    std::string out;
    const std::uint8_t* bytes = nullptr;
    while (true) {
        const ssize_t size = nghttp2_session_mem_send(session_, &bytes);
        if (size <= 0) return out;
        out.append(text(bytes, static_cast<std::size_t>(size)));
    }
}

void http2_peer::received(std::string_view bytes) {
    nghttp2_session_mem_recv(
        session_, reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

std::string http2_frame(
    std::uint8_t type, std::uint8_t flags, std::uint32_t stream, std::string_view payload) {
    std::string out;
    const auto put = [&](std::uint32_t value, int bytes) {
        for (int i = bytes - 1; i >= 0; --i) out += static_cast<char>(value >> (8 * i) & 0xffU);
    };
    put(static_cast<std::uint32_t>(payload.size()), 3);
    put(type, 1);
    put(flags, 1);
    put(stream, 4);
    return out.append(payload);
}

}  // namespace kinetide::testing
