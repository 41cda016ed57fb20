// GET /_kinetide/ca.pem: the certificate that clients of this server have to trust.
#pragma once

#include <functional>
#include <string>
#include <utility>

#include "desk.hpp"

namespace kinetide::service {

class authority_page final : public desk {
public:
    // `pem` is empty when there is no server to ask, and gives an empty text when there is none of
    // our own.
    explicit authority_page(std::function<std::string()> pem) : pem_(std::move(pem)) {}
    std::optional<http::response> answer(const visit& v) override;

private:
    const std::function<std::string()> pem_;
};

}  // namespace kinetide::service
