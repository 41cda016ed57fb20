#include "http1_head.hpp"

#if defined(__GNUC__) && !defined(__clang__)
// With a sanitizer g++ 12 sees an empty boost::optional as read, inside Beast.
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>
#include <charconv>
#include <limits>

#include "ascii.hpp"

namespace kinetide::http {
namespace {

namespace beast = boost::beast;

std::string_view standard(beast::string_view v) { return {v.data(), v.size()}; }

// Collects views into the bytes it is given: it allocates nothing once `fields` has grown.
class head_parser final : public beast::http::basic_parser<true> {
public:
    head_parser(const limits& bounds, request& r, http1_head& head)
        : bounds_(bounds), request_(r), head_(head) {
        // Both are judged by the caller; Beast's own default is less than a head may have.
        header_limit(std::numeric_limits<std::uint32_t>::max());
        body_limit(boost::none);
    }

    std::optional<objection> read(std::string_view bytes) {
        beast::error_code error;
        put(boost::asio::const_buffer(bytes.data(), bytes.size()), error);
        if (objection_) return objection_;
        if (error == beast::http::error::bad_transfer_encoding ||
            error == beast::http::error::bad_content_length) {
            return objection{400, "Content-Length or Transfer-Encoding is malformed"};
        }
        if (error || !is_header_done()) return objection{400, "The request's head is malformed"};
        if (hosts_ == 0 && !head_.http10) return objection{400, "Host is missing"};
        head_.keep_alive = keep_alive();
        head_.chunked = chunked();
        return take_target_apart();
    }

private:
    void on_request_impl(
        beast::http::verb /*known*/,
        beast::string_view method,
        beast::string_view target,
        int version,
        beast::error_code& /*error*/) override {
        request_.method = standard(method);
        request_.target = standard(target);
        request_.head = request_.method == "HEAD";
        head_.http10 = version == 10;
    }

    void on_field_impl(
        beast::http::field known,
        beast::string_view name,
        beast::string_view value,
        beast::error_code& error) override {
        if (request_.fields.size() == bounds_.header_fields_max) {
            return object(431, "The request has too many header fields", error);
        }
        request_.fields.push_back({standard(name), standard(value)});
        const std::string_view said = request_.fields.back().value;
        switch (known) {
            case beast::http::field::host:
                if (++hosts_ > 1) object(400, "Host came twice", error);
                break;
            case beast::http::field::content_length: judge_length(said, error); break;
            case beast::http::field::transfer_encoding: judge_encoding(said, error); break;
            case beast::http::field::expect:
                head_.wants_continue = !head_.http10 && same_text(said, "100-continue");
                break;
            case beast::http::field::upgrade: head_.wants_h2c = same_text(said, "h2c"); break;
            case beast::http::field::http2_settings:
                ++head_.settings_count;
                head_.settings = said;
                break;
            default: break;
        }
    }

    // Two lengths are refused even where they agree: whoever stands before us may have taken
    // either.
    void judge_length(std::string_view said, beast::error_code& error) {
        if (++lengths_ > 1) return object(400, "Content-Length came twice", error);
        const auto [end, failed] =
            std::from_chars(said.data(), said.data() + said.size(), head_.body_bytes);
        if (failed != std::errc{} || end != said.data() + said.size()) {
            object(400, "Content-Length is no number", error);
        }
    }

    void judge_encoding(std::string_view said, beast::error_code& error) {
        if (head_.http10) return object(400, "HTTP/1.0 has no Transfer-Encoding", error);
        if (++encodings_ > 1 || !same_text(said, "chunked")) {
            object(400, "Transfer-Encoding may only be chunked, once", error);
        }
    }

    // `http://host/path` becomes `/path`, and its host must be the Host: the guard sees one name.
    std::optional<objection> take_target_apart() {
        std::string_view& target = request_.target;
        if (target.starts_with('/')) return std::nullopt;
        if (target == "*" && request_.method == "OPTIONS") return std::nullopt;
        const std::size_t mark = target.find("://");
        const std::string_view scheme = target.substr(0, mark);
        if (mark == std::string_view::npos ||
            !(same_text(scheme, "http") || same_text(scheme, "https"))) {
            return objection{400, "The request's target is neither a path nor an address"};
        }
        const std::string_view rest = target.substr(mark + 3);
        const std::size_t host_bytes = std::min(rest.find_first_of("/?"), rest.size());
        const std::string_view host = rest.substr(0, host_bytes);
        const std::string_view path = rest.substr(host_bytes);
        if (hosts_ == 0) {
            request_.fields.push_back({"Host", host});
        } else if (!same_text(*request_.find("Host"), host)) {
            return objection{400, "Host is not the host of the request's target"};
        }
        // `http://host?query` has no path to show.
        if (path.starts_with('?')) return objection{400, "The request's target has no path"};
        target = path.empty() ? std::string_view("/") : path;
        return std::nullopt;
    }

    void object(int status, std::string_view reason, beast::error_code& error) {
        objection_ = objection{status, reason};
        error = beast::http::error::bad_field;  // any: it only makes the parser stop
    }

    // Bodies are not given to this parser, and it reads no answers.
    void on_response_impl(int, beast::string_view, int, beast::error_code&) override {}
    void on_header_impl(beast::error_code&) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t>&, beast::error_code&) override {}
    std::size_t on_body_impl(beast::string_view body, beast::error_code&) override {
        return body.size();
    }
    void on_chunk_header_impl(std::uint64_t, beast::string_view, beast::error_code&) override {}
    std::size_t on_chunk_body_impl(
        std::uint64_t, beast::string_view body, beast::error_code&) override {
        return body.size();
    }
    void on_finish_impl(beast::error_code&) override {}

    const limits& bounds_;
    request& request_;
    http1_head& head_;
    std::optional<objection> objection_;
    int hosts_ = 0;
    int lengths_ = 0;
    int encodings_ = 0;
};

}  // namespace

std::optional<objection> read_http1_head(
    std::string_view bytes, const limits& bounds, request& r, http1_head& head) {
    r.fields.clear();
    head = {};
    return head_parser(bounds, r, head).read(bytes);
}

}  // namespace kinetide::http
