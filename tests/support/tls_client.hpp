// An OpenSSL client over memory, and the server's machine on the other side of it.
#pragma once

#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "http/tls_context.hpp"
#include "http/tls_machine.hpp"

namespace kinetide::testing {

struct tls_client_options {
    int version = TLS1_3_VERSION;
    std::string alpn = {};  // as on the wire
    std::string authority = {};
    std::string host = "localhost";
    SSL_SESSION* session = nullptr;
};

class tls_client {
public:
    explicit tls_client(const tls_client_options& o) : context_(SSL_CTX_new(TLS_client_method())) {
        SSL_CTX_set_min_proto_version(context_.get(), o.version);
        SSL_CTX_set_max_proto_version(context_.get(), o.version);
        SSL_CTX_set_session_cache_mode(
            context_.get(), SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL_STORE);
        if (!o.authority.empty()) {
            const http::identity ca = http::read_pem(o.authority);
            X509_STORE* const store = SSL_CTX_get_cert_store(context_.get());
            X509_STORE_add_cert(store, ca.certificate.get());
            X509_VERIFY_PARAM_set_flags(X509_STORE_get0_param(store), X509_V_FLAG_X509_STRICT);
            SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER, nullptr);
        }
        ssl.reset(SSL_new(context_.get()));
        SSL_set1_host(ssl.get(), o.host.c_str());
        if (!o.alpn.empty()) {
            SSL_set_alpn_protos(
                ssl.get(),
                reinterpret_cast<const unsigned char*>(o.alpn.data()),
                static_cast<unsigned int>(o.alpn.size()));
        }
        if (o.session != nullptr) SSL_set_session(ssl.get(), o.session);
        SSL_set_bio(ssl.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
        SSL_set_connect_state(ssl.get());
    }

    // What it has to say since the last time.
    std::string sent() {
        std::string out(BIO_ctrl_pending(SSL_get_wbio(ssl.get())), '\0');
        if (!out.empty()) {
            BIO_read(SSL_get_wbio(ssl.get()), out.data(), static_cast<int>(out.size()));
        }
        return out;
    }
    void hears(std::string_view bytes) {
        if (bytes.empty()) return;
        BIO_write(SSL_get_rbio(ssl.get()), bytes.data(), static_cast<int>(bytes.size()));
    }
    std::string read() {
        std::string out;
        std::vector<char> piece(64 * 1024);
        std::size_t got = 0;
        while (SSL_read_ex(ssl.get(), piece.data(), piece.size(), &got) == 1) {
            out.append(piece.data(), got);
        }
        return out;
    }

    http::session_ptr ssl;

private:
    http::context_ptr context_;
};

struct tls_pair {
    tls_pair(http::tls_context& context, const tls_client_options& o = {})
        : client(o), server(context) {}

    // The server's side of `bytes`, `at_a_time` each; gives the plaintext.
    std::string deliver(std::string_view bytes, std::size_t at_a_time, std::size_t room_bytes) {
        std::string plain;
        std::vector<char> room(room_bytes);
        while (!bytes.empty() && server.problem().empty() && !server.peer_closed()) {
            std::string_view piece = bytes.substr(0, at_a_time);
            bytes.remove_prefix(piece.size());
            while (const std::size_t got = server.read(piece, room, to_client)) {
                plain.append(room.data(), got);
            }
            if (server.problem().empty() && !server.peer_closed()) left_over += piece.size();
        }
        client.hears(to_client);
        to_client.clear();
        return plain;
    }
    bool shake(std::size_t at_a_time = 1 << 20) {
        for (int turn = 0; turn < 6; ++turn) {
            SSL_do_handshake(client.ssl.get());
            deliver(client.sent(), at_a_time, 4096);
        }
        client.read();  // tickets
        return server.is_open() && SSL_is_init_finished(client.ssl.get()) == 1;
    }

    tls_client client;
    http::tls_machine server;
    std::string to_client;
    std::size_t left_over = 0;
};

}  // namespace kinetide::testing
