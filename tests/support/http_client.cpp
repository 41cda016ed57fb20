#include "support/http_client.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

namespace kinetide::testing {

namespace asio = boost::asio;
namespace beast = boost::beast;

class http_client::impl {
public:
    explicit impl(std::uint16_t port) : socket_(context_) {
        socket_.connect({asio::ip::make_address("127.0.0.1"), port});
        socket_.set_option(asio::ip::tcp::no_delay(true));
        buffer_.reserve(1 << 20);
    }

    http_reply call(std::string_view operation, const nlohmann::json& body) {
        beast::http::request<beast::http::string_body> request(beast::http::verb::post, "/", 11);
        request.set("Host", "127.0.0.1");
        request.set("Content-Type", "application/x-amz-json-1.1");
        request.set("X-Amz-Target", "Kinesis_20131202." + std::string(operation));
        request.set("X-Amz-Date", "20260101T000000Z");
        request.set(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/kinesis/aws4_request, "
            "SignedHeaders=host, Signature=abcd");
        request.body() = body.dump();
        request.prepare_payload();
        beast::http::write(socket_, request);

        beast::http::response_parser<beast::http::string_body> response;
        response.body_limit(boost::none);
        beast::http::read(socket_, buffer_, response);
        const std::string& text = response.get().body();
        return {
            static_cast<int>(response.get().result_int()),
            text.empty() ? nlohmann::json() : nlohmann::json::parse(text)};
    }

private:
    asio::io_context context_;
    asio::ip::tcp::socket socket_;
    beast::flat_buffer buffer_;
};

http_client::http_client(std::uint16_t port) : impl_(std::make_unique<impl>(port)) {}
http_client::~http_client() = default;

http_reply http_client::call(std::string_view operation, const nlohmann::json& body) {
    return impl_->call(operation, body);
}

}  // namespace kinetide::testing
