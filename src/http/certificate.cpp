#include "certificate.hpp"

#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <array>
#include <ctime>
#include <stdexcept>

namespace kinetide::http {
namespace {

using names_ptr = std::unique_ptr<GENERAL_NAMES, freed_by<GENERAL_NAMES_free>>;
using extension_ptr = std::unique_ptr<X509_EXTENSION, freed_by<X509_EXTENSION_free>>;
using serial_ptr = std::unique_ptr<BIGNUM, freed_by<BN_free>>;

// Clients that are strict refuse leaves of more than 825 days.
constexpr int leaf_days = 800;
constexpr int authority_days = 3650;
// A client's clock may be behind.
constexpr int backdated_days = 1;
constexpr std::chrono::hours renewed_before{30 * 24};

void must(bool good) {
    if (!good) throw std::runtime_error("no certificate can be made: " + openssl_reason());
}

std::time_t seconds(certificate_time t) { return std::chrono::system_clock::to_time_t(t); }

key_ptr make_key() {
    key_ptr key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
    must(key != nullptr);
    return key;
}

GENERAL_NAME* general_name(const std::string& name) {
    GENERAL_NAME* const out = GENERAL_NAME_new();
    must(out != nullptr);
    if (ASN1_OCTET_STRING* const address = a2i_IPADDRESS(name.c_str())) {
        GENERAL_NAME_set0_value(out, GEN_IPADD, address);
        return out;
    }
    ERR_clear_error();
    ASN1_IA5STRING* const text = ASN1_IA5STRING_new();
    must(text != nullptr && ASN1_STRING_set(text, name.data(), static_cast<int>(name.size())) == 1);
    GENERAL_NAME_set0_value(out, GEN_DNS, text);
    return out;
}

names_ptr general_names(const std::vector<std::string>& names) {
    names_ptr out(GENERAL_NAMES_new());
    must(out != nullptr);
    for (const std::string& name : names) {
        must(sk_GENERAL_NAME_push(out.get(), general_name(name)) > 0);
    }
    return out;
}

void add_text(X509_NAME* name, const char* field, const std::string& text) {
    must(
        X509_NAME_add_entry_by_txt(
            name,
            field,
            MBSTRING_UTF8,
            reinterpret_cast<const unsigned char*>(text.data()),
            static_cast<int>(text.size()),
            -1,
            0) == 1);
}

void add_extension(X509* certificate, X509* issuer, int what, const char* value) {
    X509V3_CTX context{};
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const extension_ptr extension(X509V3_EXT_conf_nid(nullptr, &context, what, value));
    must(extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1);
}

std::string random_hex() {
    std::array<unsigned char, 4> bytes{};
    must(RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) == 1);
    std::string out;
    for (const unsigned char b : bytes) {
        out += "0123456789abcdef"[b >> 4];
        out += "0123456789abcdef"[b & 15];
    }
    return out;
}

// All that is the same for both; `name` is the subject's.
identity begin(const std::string& name, int days, certificate_time now) {
    identity out{certificate_ptr(X509_new()), make_key(), {}};
    X509* const c = out.certificate.get();
    must(c != nullptr && X509_set_version(c, X509_VERSION_3) == 1);
    const serial_ptr serial(BN_new());
    constexpr int serial_bits = 127;  // positive, and far beyond chance
    must(BN_rand(serial.get(), serial_bits, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY) == 1);
    must(BN_to_ASN1_INTEGER(serial.get(), X509_get_serialNumber(c)) != nullptr);
    std::time_t start = seconds(now);
    must(X509_time_adj_ex(X509_getm_notBefore(c), -backdated_days, 0, &start) != nullptr);
    must(X509_time_adj_ex(X509_getm_notAfter(c), days - backdated_days, 0, &start) != nullptr);
    add_text(X509_get_subject_name(c), "O", "Kinetide");
    add_text(X509_get_subject_name(c), "CN", name);
    must(X509_set_pubkey(c, out.key.get()) == 1);
    return out;
}

}  // namespace

identity make_authority(certificate_time now) {
    // A name of its own, so that a trust store can hold those of several servers.
    identity out = begin("Kinetide local authority " + random_hex(), authority_days, now);
    X509* const c = out.certificate.get();
    must(X509_set_issuer_name(c, X509_get_subject_name(c)) == 1);
    add_extension(c, c, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
    add_extension(c, c, NID_key_usage, "critical,keyCertSign,cRLSign");
    add_extension(c, c, NID_subject_key_identifier, "hash");
    must(X509_sign(c, out.key.get(), EVP_sha256()) > 0);
    return out;
}

identity make_leaf(
    const identity& authority, const std::vector<std::string>& names, certificate_time now) {
    identity out = begin("Kinetide", leaf_days, now);
    X509* const c = out.certificate.get();
    X509* const issuer = authority.certificate.get();
    must(X509_set_issuer_name(c, X509_get_subject_name(issuer)) == 1);
    add_extension(c, issuer, NID_basic_constraints, "critical,CA:FALSE");
    add_extension(c, issuer, NID_key_usage, "critical,digitalSignature");
    add_extension(c, issuer, NID_ext_key_usage, "serverAuth");
    add_extension(c, issuer, NID_subject_key_identifier, "hash");
    add_extension(c, issuer, NID_authority_key_identifier, "keyid:always");
    const names_ptr wanted = general_names(names);
    must(X509_add1_ext_i2d(c, NID_subject_alt_name, wanted.get(), 0, X509V3_ADD_DEFAULT) == 1);
    must(X509_sign(c, authority.key.get(), EVP_sha256()) > 0);
    return out;
}

bool still_serves(
    const identity& leaf,
    const identity& authority,
    const std::vector<std::string>& names,
    certificate_time now) {
    X509* const c = leaf.certificate.get();
    if (has_expired(*c, now + renewed_before)) return false;
    if (X509_verify(c, X509_get0_pubkey(authority.certificate.get())) != 1) {
        ERR_clear_error();
        return false;
    }
    const names_ptr held(
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(c, NID_subject_alt_name, nullptr, nullptr)));
    const names_ptr wanted = general_names(names);
    for (int i = 0; i < sk_GENERAL_NAME_num(wanted.get()); ++i) {
        bool found = false;
        for (int j = 0; j < sk_GENERAL_NAME_num(held.get()) && !found; ++j) {
            found = GENERAL_NAME_cmp(
                        sk_GENERAL_NAME_value(wanted.get(), i),
                        sk_GENERAL_NAME_value(held.get(), j)) == 0;
        }
        if (!found) return false;
    }
    return true;
}

bool has_expired(const X509& certificate, certificate_time now) {
    std::time_t at = seconds(now);
    return X509_cmp_time(X509_get0_notAfter(&certificate), &at) <= 0;
}

}  // namespace kinetide::http
