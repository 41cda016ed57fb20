// Who asks: the shape of a request's signature, and the account and region that it names.  The
// signature itself is not verified.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <kinetide/base/result.hpp>
#include <kinetide/engine/change.hpp>
#include <kinetide/http/message.hpp>

namespace kinetide::service {

// Why a request's signature is not well-formed; nothing when it is.
std::optional<refusal> signature_refusal(const http::request& r);

// A 12-digit access key is the account, and the credential scope names the region; `defaults`
// stand for what is missing or unusable.
engine::tenant_id caller_of(const http::request& r, const engine::tenant_id& defaults);

}  // namespace kinetide::service
