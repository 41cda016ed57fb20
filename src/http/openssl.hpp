// Owners of OpenSSL's objects, and what went wrong in it.
#pragma once

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <memory>
#include <string>

namespace kinetide::http {

template <auto Free>
struct freed_by {
    template <class Object>
    void operator()(Object* o) const {
        Free(o);
    }
};

using bio_ptr = std::unique_ptr<BIO, freed_by<BIO_free>>;
using certificate_ptr = std::unique_ptr<X509, freed_by<X509_free>>;
using key_ptr = std::unique_ptr<EVP_PKEY, freed_by<EVP_PKEY_free>>;
using context_ptr = std::unique_ptr<SSL_CTX, freed_by<SSL_CTX_free>>;
using session_ptr = std::unique_ptr<SSL, freed_by<SSL_free>>;

// The reason of this thread's last error, which is forgotten with all others.
inline std::string openssl_reason() {
    const char* const reason = ERR_reason_error_string(ERR_peek_last_error());
    std::string text = reason == nullptr ? "unknown reason" : reason;
    ERR_clear_error();
    return text;
}

}  // namespace kinetide::http
