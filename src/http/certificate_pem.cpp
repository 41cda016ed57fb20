// The PEM forms of certificates and keys.

#include <openssl/pem.h>

#include <stdexcept>
#include <string_view>

#include "certificate.hpp"

namespace kinetide::http {
namespace {

std::string text_in(BIO& memory) {
    std::string out(BIO_ctrl_pending(&memory), '\0');
    if (!out.empty()) BIO_read(&memory, out.data(), static_cast<int>(out.size()));
    return out;
}

// A key with a passphrase is refused rather than asked for at a terminal.
int no_passphrase(char*, int, int, void*) { return -1; }

// Whether what stopped the reader is that there is nothing more to read.
bool at_the_end() {
    const unsigned long error = ERR_peek_last_error();
    const bool end =
        ERR_GET_LIB(error) == ERR_LIB_PEM && ERR_GET_REASON(error) == PEM_R_NO_START_LINE;
    if (end) ERR_clear_error();
    return end;
}

bio_ptr reader_of(const std::string& text) {
    return bio_ptr(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

}  // namespace

std::string pem_of(X509& certificate) {
    const bio_ptr memory(BIO_new(BIO_s_mem()));
    if (memory == nullptr || PEM_write_bio_X509(memory.get(), &certificate) != 1) {
        throw std::runtime_error("a certificate cannot be written: " + openssl_reason());
    }
    return text_in(*memory);
}

std::string pem_of(const identity& i) {
    const bio_ptr memory(BIO_new(BIO_s_mem()));
    if (memory == nullptr ||
        PEM_write_bio_PrivateKey(
            memory.get(), i.key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1) {
        throw std::runtime_error("a key cannot be written: " + openssl_reason());
    }
    return text_in(*memory) + pem_of(*i.certificate);
}

identity read_pem(const std::string& text) {
    ERR_clear_error();
    identity out;
    const bio_ptr certificates = reader_of(text);
    while (X509* const c = PEM_read_bio_X509(certificates.get(), nullptr, no_passphrase, nullptr)) {
        if (out.certificate == nullptr) {
            out.certificate.reset(c);
        } else {
            out.chain.emplace_back(c);
        }
    }
    if (!at_the_end()) throw std::runtime_error(openssl_reason());
    // OpenSSL tells a file without a key from one with a broken one by many different errors.
    if (text.find("PRIVATE KEY-----") == std::string::npos) return out;
    const bio_ptr keys = reader_of(text);
    out.key.reset(PEM_read_bio_PrivateKey(keys.get(), nullptr, no_passphrase, nullptr));
    if (out.key == nullptr) throw std::runtime_error(openssl_reason());
    return out;
}

}  // namespace kinetide::http
