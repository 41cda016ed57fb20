// Answers in the forms and with the headers that the service uses.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <kinetide/base/result.hpp>
#include <kinetide/http/message.hpp>
#include <kinetide/operations/operation.hpp>
#include <kinetide/wire/wire.hpp>

namespace kinetide::service {

inline constexpr std::string_view content_type_json = "application/x-amz-json-1.1";
inline constexpr std::string_view content_type_cbor = "application/x-amz-cbor-1.1";
inline constexpr std::string_view content_type_plain_json = "application/json";
inline constexpr std::string_view content_type_events = "application/vnd.amazon.eventstream";

std::string_view content_type_of(wire::form f);

// Small bodies are encoded at once, larger ones while they are sent.
http::response success(wire::form f, operations::answer a);

// Messages of an event stream.
http::response events(std::unique_ptr<http::body_stream> messages);

// In the form of the request.  An empty message is left out.
http::response error(wire::form f, const refusal& r);
http::response serialization_error(wire::form f, std::string_view message);
http::response error_without_message(wire::form f, std::string_view type);

// 403: not even the operation can be told.
http::response access_denied_xml();
// 404: a content type that no operation has.
http::response unknown_operation_xml();
// The old envelope, for `application/json`.
http::response coral_error(int status, std::string_view type);

// CORS: what a page with an allowed Origin needs to see.
http::response preflight(const http::request& r);
void allow_origin(http::response& r);

}  // namespace kinetide::service
