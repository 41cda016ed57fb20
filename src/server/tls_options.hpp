// TLS as the settings want it.
#pragma once

#include <kinetide/http/tls.hpp>
#include <kinetide/server.hpp>

namespace kinetide {

[[nodiscard]] http::tls_options tls_options_of(const settings& s);

}  // namespace kinetide
