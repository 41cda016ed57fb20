// `kinetide cert --out DIR`: what clients need to trust the server's own certificate.
#pragma once

#include <string>

#include <kinetide/server/configuration.hpp>

namespace kinetide::program {

// Writes ca.pem and truststore.p12 to c.out: of --tls-dir, made when it is empty, else of the
// server that was started with the same settings.  Gives a line of what was written.  Throws
// std::runtime_error with one line.
[[nodiscard]] std::string write_certificates(const configuration& c, const file_reader& read_file);

}  // namespace kinetide::program
