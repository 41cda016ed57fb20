// GET /_kinetide/ca.pem: the certificate that clients of this server have to trust.
#pragma once

#include <string>

#include <kinetide/http/message.hpp>

namespace kinetide::service {

[[nodiscard]] bool asks_for_authority(const http::request& r);

// 404 with a line when `pem` is empty: there is none of our own.
[[nodiscard]] http::response authority_page(std::string pem);

}  // namespace kinetide::service
