// Answers of the small services beside Kinesis, in the headers of their protocols.
#pragma once

#include <string>

#include <kinetide/base/result.hpp>
#include <kinetide/http/message.hpp>
#include <kinetide/metrics/protocol.hpp>

namespace kinetide::service {

// Content type without parameters and blanks; empty when there is none.
std::string_view content_type_in(const http::request& r);
inline constexpr std::string_view content_type_form = "application/x-www-form-urlencoded";

http::response said(
    metrics::protocol p, const metrics::value_members& what, const metrics::naming& names);
http::response refused(metrics::protocol p, refusal why, const metrics::naming& names);

}  // namespace kinetide::service
