// A trust store for Java: one trusted certificate, PKCS#12, password `changeit`.
#pragma once

#include <string>

namespace kinetide::program {

// The file's bytes.  Throws std::runtime_error where `certificate_pem` holds no certificate.
[[nodiscard]] std::string truststore_of(const std::string& certificate_pem);

}  // namespace kinetide::program
