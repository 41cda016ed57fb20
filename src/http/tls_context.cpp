#include "tls_context.hpp"

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace kinetide::http {
namespace {

using std::chrono::system_clock;

// What HTTP/2 allows of TLS 1.2; 1.3 has nothing else.  RSA certificates may be given.
constexpr const char* ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20";

void must(bool good) {
    if (!good) throw std::runtime_error("TLS cannot be set up: " + openssl_reason());
}

// The client's list is of names with a length before each.
bool offers(std::string_view list, std::string_view wanted) {
    while (!list.empty()) {
        const std::size_t size = static_cast<unsigned char>(list.front());
        if (list.substr(1, size) == wanted) return true;
        list.remove_prefix(std::min(list.size(), size + 1));
    }
    return false;
}

int choose_protocol(
    SSL*,
    const unsigned char** chosen,
    unsigned char* chosen_bytes,
    const unsigned char* offered,
    unsigned int offered_bytes,
    void*) {
    const std::string_view list(reinterpret_cast<const char*>(offered), offered_bytes);
    for (const std::string_view ours : {"h2", "http/1.1"}) {
        if (!offers(list, ours)) continue;
        *chosen = reinterpret_cast<const unsigned char*>(ours.data());
        *chosen_bytes = static_cast<unsigned char>(ours.size());
        return SSL_TLSEXT_ERR_OK;
    }
    return SSL_TLSEXT_ERR_ALERT_FATAL;
}

context_ptr make_context(const identity& leaf) {
    ERR_clear_error();
    context_ptr out(SSL_CTX_new(TLS_server_method()));
    must(out != nullptr);
    SSL_CTX* const c = out.get();
    must(SSL_CTX_set_min_proto_version(c, TLS1_2_VERSION) == 1);
    must(SSL_CTX_set_cipher_list(c, ciphers) == 1);
    SSL_CTX_set_options(c, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    SSL_CTX_set_mode(c, SSL_MODE_RELEASE_BUFFERS);
    // Sessions are in the clients' tickets; a table of them here would grow with the clients.
    SSL_CTX_set_session_cache_mode(c, SSL_SESS_CACHE_OFF);
    constexpr std::string_view name = "kinetide";
    must(
        SSL_CTX_set_session_id_context(
            c,
            reinterpret_cast<const unsigned char*>(name.data()),
            static_cast<unsigned int>(name.size())) == 1);
    SSL_CTX_set_alpn_select_cb(c, choose_protocol, nullptr);
    must(SSL_CTX_use_certificate(c, leaf.certificate.get()) == 1);
    must(SSL_CTX_use_PrivateKey(c, leaf.key.get()) == 1);
    for (const certificate_ptr& between : leaf.chain) {
        must(SSL_CTX_add1_chain_cert(c, between.get()) == 1);
    }
    return out;
}

}  // namespace

tls_context::tls_context(tls_options o) : options_(std::move(o)) {}

void tls_context::load() {
    if (options_.use == tls_options::mode::off) return;
    const base::lock_guard held(mutex_);
    if (!options_.certificate_file.empty() || !options_.key_file.empty()) {
        proof_ = given_credentials(options_);
        // So that what OpenSSL thinks too weak is refused now, and not to the first client.
        try {
            static_cast<void>(make_context(proof_->leaf));
        } catch (const std::runtime_error& e) {
            throw std::runtime_error(
                "--tls-cert " + options_.certificate_file + " cannot be used (" + e.what() +
                "): name another certificate");
        }
    } else if (!options_.directory.empty()) {
        proof_ = kept_credentials(options_, system_clock::now());
    }
}

const credentials& tls_context::proof() {
    if (!proof_) proof_ = make_credentials(options_, system_clock::now());
    return *proof_;
}

SSL_CTX& tls_context::get() {
    const base::lock_guard held(mutex_);
    if (context_ == nullptr) context_ = make_context(proof().leaf);
    return *context_;
}

std::string tls_context::authority_pem() {
    if (options_.use == tls_options::mode::off) return {};
    const base::lock_guard held(mutex_);
    const auto& authority = proof().authority.certificate;
    return authority == nullptr ? std::string() : pem_of(*authority);
}

}  // namespace kinetide::http
