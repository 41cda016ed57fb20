#include "truststore.hpp"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>

#include <memory>
#include <stdexcept>

namespace kinetide::program {
namespace {

constexpr const char* password = "changeit";
constexpr int mac_rounds = 10'000;
// Java takes a certificate as trusted only with this attribute of its own, here for any purpose.
constexpr const char* trusted_key_usage = "2.16.840.1.113894.746875.1.1";

void free_bags(STACK_OF(PKCS12_SAFEBAG) * bags) {
    sk_PKCS12_SAFEBAG_pop_free(bags, PKCS12_SAFEBAG_free);
}
void free_safes(STACK_OF(PKCS7) * safes) { sk_PKCS7_pop_free(safes, PKCS7_free); }

template <class Object, class Free>
std::unique_ptr<Object, Free> owned(Object* o, Free free) {
    if (o == nullptr) throw std::runtime_error("no trust store can be made of the certificate");
    return {o, free};
}
void must(bool good) {
    if (!good) throw std::runtime_error("the trust store cannot be made");
}

}  // namespace

std::string truststore_of(const std::string& certificate_pem) {
    const auto in = owned(
        BIO_new_mem_buf(certificate_pem.data(), static_cast<int>(certificate_pem.size())),
        BIO_free);
    const auto certificate =
        owned(PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr), X509_free);

    STACK_OF(PKCS12_SAFEBAG)* made_bags = nullptr;
    PKCS12_SAFEBAG* const bag = PKCS12_add_cert(&made_bags, certificate.get());
    const auto bags = owned(made_bags, free_bags);
    must(bag != nullptr && PKCS12_add_friendlyname_asc(bag, "kinetide", -1) == 1);
    const auto any_purpose = owned(OBJ_txt2obj("2.5.29.37.0", 1), ASN1_OBJECT_free);
    must(
        PKCS12_add1_attr_by_txt(
            bag,
            trusted_key_usage,
            V_ASN1_OBJECT,
            reinterpret_cast<const unsigned char*>(any_purpose.get()),
            -1) == 1);

    // What is public need not be encrypted, and every Java reads it so.
    STACK_OF(PKCS7)* made_safes = nullptr;
    must(PKCS12_add_safe(&made_safes, bags.get(), -1, 0, nullptr) == 1);
    const auto safes = owned(made_safes, free_safes);
    const auto store = owned(PKCS12_add_safes(safes.get(), 0), PKCS12_free);
    must(PKCS12_set_mac(store.get(), password, -1, nullptr, 0, mac_rounds, EVP_sha256()) == 1);

    const auto out = owned(BIO_new(BIO_s_mem()), BIO_free);
    must(i2d_PKCS12_bio(out.get(), store.get()) == 1);
    std::string bytes(BIO_ctrl_pending(out.get()), '\0');
    must(BIO_read(out.get(), bytes.data(), static_cast<int>(bytes.size())) > 0);
    return bytes;
}

}  // namespace kinetide::program
