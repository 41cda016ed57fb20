#include "http2_machine.hpp"

#include <nghttp2/nghttp2.h>
#include <algorithm>
#include <array>
#include <cctype>
#include <exception>
#include <limits>
#include <new>
#include <utility>
#include <vector>

#include <kinetide/base/log.hpp>

#include "plain_answer.hpp"

namespace kinetide::http {
namespace {

// KCL keeps one stream open per shard.
constexpr std::uint32_t streams_max = 1024;
// All request bodies of a connection together, if the longest is no more than half of it.
constexpr std::size_t window_bytes_least = 32 * 1024 * 1024;
// What is left of it when no other chunk is sure to fit.
constexpr std::size_t window_slack_bytes = 1024 * 1024;
// Of a head that is too large, how many times the limit is read on to answer it; then it is reset.
constexpr std::size_t head_excess_max = 4;
// Frames that move nothing, in a row: honest clients come nowhere near.
constexpr std::size_t useless_frames_max = 10'000;

struct options_deleter {
    void operator()(nghttp2_option* o) const { nghttp2_option_del(o); }
};
struct callbacks_deleter {
    void operator()(nghttp2_session_callbacks* c) const { nghttp2_session_callbacks_del(c); }
};

std::string_view text(const std::uint8_t* bytes, std::size_t size) {
    return {reinterpret_cast<const char*>(bytes), size};
}

nghttp2_nv field_of(std::string_view name, std::string_view value) {
    const auto bytes = [](std::string_view s) {
        return const_cast<std::uint8_t*>(reinterpret_cast<const std::uint8_t*>(s.data()));
    };
    return {bytes(name), bytes(value), name.size(), value.size(), NGHTTP2_NV_FLAG_NONE};
}

bool ends_stream(const nghttp2_frame_hd& h) { return (h.flags & NGHTTP2_FLAG_END_STREAM) != 0; }

bool is_request(const nghttp2_frame& f) {
    return f.hd.type == NGHTTP2_HEADERS && f.headers.cat == NGHTTP2_HCAT_REQUEST;
}

// Frames that a peer may send for ever without asking for anything.
bool is_useless(const nghttp2_frame& f) {
    switch (f.hd.type) {
        case NGHTTP2_DATA: return f.hd.length == 0 && !ends_stream(f.hd);
        case NGHTTP2_PRIORITY:
        case NGHTTP2_SETTINGS:
        case NGHTTP2_PING:
        case NGHTTP2_WINDOW_UPDATE: return true;
        default: return false;
    }
}

}  // namespace

// nghttp2 is C: nothing may be thrown through it.
struct http2_machine::callbacks {
    static http2_machine& of(void* user) { return *static_cast<http2_machine*>(user); }

    template <class Work>
    static int guarded(Work work) {
        try {
            work();
            return 0;
        } catch (const std::exception& e) {
            log::error(std::string("http: a stream's work failed: ") + e.what());
            return NGHTTP2_ERR_CALLBACK_FAILURE;
        }
    }

    // nghttp2 ignores a request on a stream that was passed over, which RFC 9113 5.1.1 forbids.
    static int frame_begins(nghttp2_session* session, const nghttp2_frame_hd* h, void* user) {
        ++of(user).frames_;
        const bool passed_over = h->type == NGHTTP2_HEADERS && h->stream_id % 2 == 1 &&
                                 h->stream_id < nghttp2_session_get_last_proc_stream_id(session) &&
                                 nghttp2_session_find_stream(session, h->stream_id) == nullptr;
        if (passed_over) nghttp2_session_terminate_session(session, NGHTTP2_PROTOCOL_ERROR);
        return 0;
    }

    static int begin(nghttp2_session*, const nghttp2_frame* f, void* user) {
        if (!is_request(*f)) return 0;
        return guarded([&] { of(user).begin(f->hd.stream_id); });
    }

    static int field(
        nghttp2_session*,
        const nghttp2_frame* f,
        const std::uint8_t* name,
        std::size_t name_bytes,
        const std::uint8_t* value,
        std::size_t value_bytes,
        std::uint8_t,
        void* user) {
        if (!is_request(*f)) return 0;  // a trailer
        http2_machine& m = of(user);
        http2_stream* s = m.find(f->hd.stream_id);
        if (s == nullptr) return 0;
        s->head_bytes_ += name_bytes + value_bytes;
        if (s->head_bytes_ > head_excess_max * m.bounds_.header_bytes_max) {
            s->answered_ = true;
            return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
        }
        if (s->broken_ != 0) return 0;
        return guarded([&] {
            s->broken_ = s->take(text(name, name_bytes), text(value, value_bytes), m.bounds_);
        });
    }

    static int chunk(
        nghttp2_session*,
        std::uint8_t,
        std::int32_t id,
        const std::uint8_t* data,
        std::size_t size,
        void* user) {
        http2_machine& m = of(user);
        http2_stream* s = m.find(id);
        if (s == nullptr) return 0;
        return guarded([&] { m.take_chunk(*s, text(data, size)); });
    }

    static int received(nghttp2_session*, const nghttp2_frame* f, void* user) {
        http2_machine& m = of(user);
        return guarded([&] {
            if (is_useless(*f)) m.useless_frame();
            http2_stream* s = m.find(f->hd.stream_id);
            if (s == nullptr) return;
            if (is_request(*f)) m.head_is_there(*s);
            if ((f->hd.type == NGHTTP2_HEADERS || f->hd.type == NGHTTP2_DATA) &&
                ends_stream(f->hd)) {
                m.body_is_there(*s);
            }
        });
    }

    static int sent(nghttp2_session* session, const nghttp2_frame* f, void* user) {
        const bool last =
            (f->hd.type == NGHTTP2_HEADERS || f->hd.type == NGHTTP2_DATA) && ends_stream(f->hd);
        http2_machine& m = of(user);
        http2_stream* s = m.find(f->hd.stream_id);
        if (s == nullptr) return 0;
        if (f->hd.type == NGHTTP2_DATA) {
            m.useless_frames_ = 0;
            m.tells_.moved(*s);
        }
        // Answered before its body came: the rest is not wanted.
        if (last && !s->whole_) {
            nghttp2_submit_rst_stream(session, NGHTTP2_FLAG_NONE, s->id_, NGHTTP2_NO_ERROR);
        }
        return 0;
    }

    static int closed(nghttp2_session*, std::int32_t id, std::uint32_t, void* user) {
        return guarded([&] { of(user).close(id); });
    }

    static ssize_t read_answer(
        nghttp2_session*,
        std::int32_t id,
        std::uint8_t* to,
        std::size_t room,
        std::uint32_t* flags,
        nghttp2_data_source*,
        void* user) {
        http2_stream* s = of(user).find(id);
        if (s == nullptr) return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
        std::size_t taken = 0;
        auto state = http2_stream::piece::ended;
        // Only resetting the stream tells the peer that the answer is not whole.
        if (guarded([&] { state = s->next(reinterpret_cast<char*>(to), room, taken); }) != 0) {
            return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
        }
        if (state == http2_stream::piece::asleep) return NGHTTP2_ERR_DEFERRED;
        if (state == http2_stream::piece::ended) *flags |= NGHTTP2_DATA_FLAG_EOF;
        return static_cast<ssize_t>(taken);
    }

    static std::unique_ptr<nghttp2_session_callbacks, callbacks_deleter> all() {
        nghttp2_session_callbacks* c = nullptr;
        if (nghttp2_session_callbacks_new(&c) != 0) throw std::bad_alloc();
        nghttp2_session_callbacks_set_on_begin_frame_callback(c, frame_begins);
        nghttp2_session_callbacks_set_on_begin_headers_callback(c, begin);
        nghttp2_session_callbacks_set_on_header_callback(c, field);
        nghttp2_session_callbacks_set_on_data_chunk_recv_callback(c, chunk);
        nghttp2_session_callbacks_set_on_frame_recv_callback(c, received);
        nghttp2_session_callbacks_set_on_frame_send_callback(c, sent);
        nghttp2_session_callbacks_set_on_stream_close_callback(c, closed);
        return std::unique_ptr<nghttp2_session_callbacks, callbacks_deleter>(c);
    }
};

http2_machine::http2_machine(const limits& bounds, listener& tells)
    : bounds_(bounds),
      window_bytes_(std::clamp<std::size_t>(
          2 * bounds.body_bytes_max, window_bytes_least, std::numeric_limits<std::int32_t>::max())),
      tells_(tells) {
    nghttp2_option* raw = nullptr;
    if (nghttp2_option_new(&raw) != 0) throw std::bad_alloc();
    const std::unique_ptr<nghttp2_option, options_deleter> options(raw);
    // A window is given back when the body that filled it is gone, not when it was read.
    nghttp2_option_set_no_auto_window_update(raw, 1);
    const auto c = callbacks::all();
    if (nghttp2_session_server_new2(&session_, c.get(), this, raw) != 0) throw std::bad_alloc();

    const std::array<nghttp2_settings_entry, 3> settings{{
        {NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, streams_max},
        // One body always fits, so that no sender ever waits for its own stream's window.
        {NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE,
         static_cast<std::uint32_t>(bounds.body_bytes_max + NGHTTP2_INITIAL_WINDOW_SIZE)},
        {NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE,
         static_cast<std::uint32_t>(bounds.header_bytes_max)},
    }};
    nghttp2_submit_settings(session_, NGHTTP2_FLAG_NONE, settings.data(), settings.size());
    nghttp2_session_set_local_window_size(
        session_, NGHTTP2_FLAG_NONE, 0, static_cast<std::int32_t>(window_bytes_));
}

http2_machine::~http2_machine() { nghttp2_session_del(session_); }

bool http2_machine::upgrade(std::string_view settings, const request& asked) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(settings.data());
    if (nghttp2_session_upgrade2(session_, bytes, settings.size(), asked.head ? 1 : 0, nullptr) !=
        0) {
        return false;
    }
    http2_stream& s = begin(1);
    s.take(":method", asked.method, bounds_);
    s.take(":path", asked.target, bounds_);
    for (const field& f : asked.fields) s.take(f.name, f.value, bounds_);
    s.finish_head();
    s.body_ = asked.body;
    s.finish();
    tells_.whole(s);
    return true;
}

bool http2_machine::received(std::string_view bytes) {
    if (broken_) return false;
    const auto* from = reinterpret_cast<const std::uint8_t*>(bytes.data());
    const ssize_t taken = nghttp2_session_mem_recv(session_, from, bytes.size());
    if (taken >= 0) return true;
    broken_ = true;
    if (taken == NGHTTP2_ERR_FLOODED) {
        nghttp2_session_terminate_session(session_, NGHTTP2_ENHANCE_YOUR_CALM);
    }
    return false;
}

void http2_machine::produce(std::string& out, std::size_t bytes_wanted) {
    while (out.size() < bytes_wanted) {
        const std::uint8_t* bytes = nullptr;
        const ssize_t size = nghttp2_session_mem_send(session_, &bytes);
        if (size < 0) broken_ = true;
        if (size <= 0) return;
        out.append(text(bytes, static_cast<std::size_t>(size)));
    }
}

bool http2_machine::is_over() const {
    return broken_ ||
           (nghttp2_session_want_read(session_) == 0 && nghttp2_session_want_write(session_) == 0);
}

bool http2_machine::answer(std::int32_t id, response r) {
    http2_stream* s = find(id);
    if (s == nullptr || s->answered_) return false;
    std::vector<nghttp2_nv> fields;
    fields.reserve(r.fields.size() + 3);
    const std::string status = std::to_string(r.status);
    fields.push_back(field_of(":status", status));
    for (const auto& [name, value] : r.fields) fields.push_back(field_of(name, value));
    std::string length;
    const bool has_body = !s->request_.head && r.status != 204 && r.status != 304;
    if (!r.stream && r.status != 204) {
        length = std::to_string(r.source ? r.source->size() : r.body.size());
        fields.push_back(field_of("content-length", length));
    }
    const bool empty = !has_body || (!r.stream && length == "0");
    nghttp2_data_provider body{};
    body.read_callback = callbacks::read_answer;
    const int failed = nghttp2_submit_response(
        session_, id, fields.data(), fields.size(), empty ? nullptr : &body);
    if (failed != 0) return false;
    s->begin_answer(std::move(r));
    if (s->is_streaming() && shutting_down_) s->end_stream();
    s->forget_request();
    return_window(*s);
    return true;
}

void http2_machine::resume(std::int32_t id) {
    http2_stream* s = find(id);
    if (s == nullptr || !s->asleep_) return;
    s->asleep_ = false;
    nghttp2_session_resume_data(session_, id);
}

void http2_machine::reset(std::int32_t id) {
    nghttp2_submit_rst_stream(session_, NGHTTP2_FLAG_NONE, id, NGHTTP2_CANCEL);
}

void http2_machine::forget(std::size_t count) {
    for (; count > 0 && !streams_.empty(); --count) streams_.erase(streams_.begin());
}

void http2_machine::shut_down() {
    if (shutting_down_) return;
    shutting_down_ = true;
    const std::int32_t last = nghttp2_session_get_last_proc_stream_id(session_);
    nghttp2_submit_goaway(session_, NGHTTP2_FLAG_NONE, last, NGHTTP2_NO_ERROR, nullptr, 0);
    for (const auto& [id, s] : streams_) {
        if (!s->is_streaming()) continue;
        s->end_stream();
        nghttp2_session_resume_data(session_, id);
    }
}

http2_stream* http2_machine::find(std::int32_t id) const {
    const auto it = streams_.find(id);
    return it == streams_.end() ? nullptr : it->second.get();
}

http2_stream& http2_machine::begin(std::int32_t id) {
    std::shared_ptr<http2_stream> s = tells_.open();
    s->id_ = id;
    return *(streams_[id] = std::move(s));
}

void http2_machine::head_is_there(http2_stream& s) {
    s.finish_head();
    if (s.broken_ != 0) return refuse(s, s.broken_);
    tells_.head(s);
    const std::string_view* expects = s.request_.find("expect");
    if (expects == nullptr || s.answered_ || s.whole_) return;
    const nghttp2_nv go_on = field_of(":status", "100");
    nghttp2_submit_headers(session_, NGHTTP2_FLAG_NONE, s.id_, nullptr, &go_on, 1, nullptr);
}

void http2_machine::take_chunk(http2_stream& s, std::string_view bytes) {
    useless_frames_ = 0;
    if (s.answered_) {
        nghttp2_session_consume_connection(session_, bytes.size());
        return tell_of_room();
    }
    held_bytes_ += bytes.size();
    const int broken = s.take_body(bytes, bounds_);
    if (broken != 0) return refuse(s, broken);
    tells_.moved(s);
    if (held_bytes_ + window_slack_bytes > window_bytes_) make_room();
    tell_of_room();
}

// nghttp2 tells the peer of what is free once that is half of all; until then, the peer may have
// come to the end of what it knows of, with no body whole.
void http2_machine::tell_of_room() {
    const auto used =
        static_cast<std::size_t>(nghttp2_session_get_effective_recv_data_length(session_));
    if (used + window_slack_bytes <= window_bytes_ || used <= held_bytes_) return;
    nghttp2_submit_window_update(
        session_, NGHTTP2_FLAG_NONE, 0, static_cast<std::int32_t>(used - held_bytes_));
}

// Bodies of which none can be finished would wait for one another for ever: the youngest go.
void http2_machine::make_room() {
    std::vector<http2_stream*> unfinished;
    for (const auto& [id, s] : streams_) {
        if (!s->whole_ && s->unreturned_ != 0) unfinished.push_back(s.get());
    }
    std::sort(unfinished.begin(), unfinished.end(), [](const auto* a, const auto* b) {
        return a->id_ > b->id_;
    });
    for (http2_stream* s : unfinished) {
        if (held_bytes_ < window_bytes_ / 2) return;
        nghttp2_submit_rst_stream(session_, NGHTTP2_FLAG_NONE, s->id_, NGHTTP2_REFUSED_STREAM);
        s->forget_request();
        s->answered_ = true;
        return_window(*s);
    }
}

void http2_machine::body_is_there(http2_stream& s) {
    if (s.whole_) return;
    useless_frames_ = 0;
    s.finish();
    if (!s.answered_) tells_.whole(s);
}

void http2_machine::refuse(http2_stream& s, int status) {
    const char* why = "The request's headers are too large";
    if (status == 413) why = "The request's body is too large";
    if (status == 414) why = "The request's target is too long";
    answer(s.id_, plain_answer(status, json_line(why)));
}

// Of the connection; a stream's own is as large as a body may be.
void http2_machine::return_window(http2_stream& s) {
    const std::size_t bytes = std::exchange(s.unreturned_, 0);
    if (bytes == 0) return;
    held_bytes_ -= bytes;
    nghttp2_session_consume_connection(session_, bytes);
    tell_of_room();
}

void http2_machine::useless_frame() {
    if (++useless_frames_ <= useless_frames_max) return;
    nghttp2_session_terminate_session(session_, NGHTTP2_ENHANCE_YOUR_CALM);
}

void http2_machine::close(std::int32_t id) {
    const auto it = streams_.find(id);
    if (it == streams_.end()) return;
    const std::shared_ptr<http2_stream> s = std::move(it->second);
    streams_.erase(it);
    return_window(*s);
    tells_.gone(*s);
}

}  // namespace kinetide::http
