#include "response_head.hpp"

#include <algorithm>
#include <cstdio>

#include "ascii.hpp"

namespace kinetide::http {
namespace {

std::string_view reason_of(int status) {
    switch (status) {
        case 200: return "OK";
        case 201: return "Created";
        case 202: return "Accepted";
        case 204: return "No Content";
        case 206: return "Partial Content";
        case 301: return "Moved Permanently";
        case 302: return "Found";
        case 303: return "See Other";
        case 304: return "Not Modified";
        case 307: return "Temporary Redirect";
        case 308: return "Permanent Redirect";
        case 400: return "Bad Request";
        case 401: return "Unauthorized";
        case 403: return "Forbidden";
        case 404: return "Not Found";
        case 405: return "Method Not Allowed";
        case 406: return "Not Acceptable";
        case 408: return "Request Timeout";
        case 409: return "Conflict";
        case 412: return "Precondition Failed";
        case 413: return "Payload Too Large";
        case 414: return "URI Too Long";
        case 415: return "Unsupported Media Type";
        case 417: return "Expectation Failed";
        case 429: return "Too Many Requests";
        case 431: return "Request Header Fields Too Large";
        case 500: return "Internal Server Error";
        case 501: return "Not Implemented";
        case 502: return "Bad Gateway";
        case 503: return "Service Unavailable";
        case 504: return "Gateway Timeout";
        default: return "Unknown";
    }
}

// Values may repeat what a peer sent: a line end in one would begin a header of the peer's choice.
void append_value(std::string& out, std::string_view value) {
    const std::size_t from = out.size();
    out += value;
    std::replace_if(out.begin() + static_cast<std::ptrdiff_t>(from), out.end(), is_control, ' ');
}

}  // namespace

std::string_view date_line::at(std::time_t now) {
    if (now != second_) {
        // Not strftime: its names follow the locale.
        constexpr std::array<const char*, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
        constexpr std::array<const char*, 12> months{
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
        std::tm utc{};
        gmtime_r(&now, &utc);
        const int written = std::snprintf(
            text_.data(),
            text_.size(),
            "%s, %02d %s %04d %02d:%02d:%02d GMT",
            days[static_cast<std::size_t>(utc.tm_wday)],
            utc.tm_mday,
            months[static_cast<std::size_t>(utc.tm_mon)],
            utc.tm_year + 1900,
            utc.tm_hour,
            utc.tm_min,
            utc.tm_sec);
        bytes_ = std::min(static_cast<std::size_t>(written), text_.size() - 1);
        second_ = now;
    }
    return {text_.data(), bytes_};
}

void append_head(
    std::string& out,
    const response& r,
    bool chunked,
    std::string_view date,
    connection_field connection) {
    out += "HTTP/1.1 ";
    out += std::to_string(r.status);
    out += ' ';
    out += reason_of(r.status);
    for (const auto& [name, value] : r.fields) {
        out += "\r\n";
        out += name;
        out += ": ";
        append_value(out, value);
    }
    out += "\r\nDate: ";
    out += date;
    if (chunked) out += "\r\nTransfer-Encoding: chunked";
    if (!r.stream && r.status != 204 && r.status >= 200) {
        out += "\r\nContent-Length: ";
        out += std::to_string(r.source ? r.source->size() : r.body.size());
    }
    if (connection == connection_field::close) out += "\r\nConnection: close";
    if (connection == connection_field::keep_alive) out += "\r\nConnection: keep-alive";
    out += "\r\n\r\n";
}

}  // namespace kinetide::http
