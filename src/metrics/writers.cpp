#include <bit>
#include <cmath>
#include <cstdint>

#include <nlohmann/json.hpp>

#include <kinetide/metrics/protocol.hpp>

namespace kinetide::metrics {
namespace {

using nlohmann::ordered_json;

double seconds_of(instant t) { return static_cast<double>(t.ms) / 1000; }

bool is_whole(double number) {
    constexpr double exact_max = 9007199254740992;  // 2^53
    return std::abs(number) < exact_max && number == std::floor(number);
}

// --- JSON
// -----------------------------------------------------------------------------------------

struct json_writer {
    ordered_json operator()(const std::string& text) const { return text; }
    ordered_json operator()(double number) const { return number; }
    ordered_json operator()(instant t) const {
        const double seconds = seconds_of(t);
        if (is_whole(seconds)) return static_cast<std::int64_t>(seconds);
        return seconds;
    }
    ordered_json operator()(const value_list& list) const {
        ordered_json out = ordered_json::array();
        for (const value& v : list) out.push_back(std::visit(*this, v.is));
        return out;
    }
    ordered_json operator()(const value_members& members) const {
        ordered_json out = ordered_json::object();
        for (const auto& [name, v] : members) out[std::string(name)] = std::visit(*this, v.is);
        return out;
    }
};

std::string json_text(const ordered_json& tree) {
    return tree.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

// --- XML
// ------------------------------------------------------------------------------------------

void escape(std::string_view text, std::string& out) {
    for (const char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            // XML has no other control characters, not even escaped.
            case '\t': out += "&#x9;"; break;
            case '\n': out += "&#xA;"; break;
            case '\r': out += "&#xD;"; break;
            default: out += static_cast<unsigned char>(c) < ' ' ? '?' : c;
        }
    }
}

void element(std::string_view name, std::string_view inner, std::string& out) {
    out.append("<").append(name).append(">").append(inner).append("</").append(name).append(">");
}

struct xml_writer {
    std::string operator()(const std::string& text) const {
        std::string out;
        escape(text, out);
        return out;
    }
    std::string operator()(double number) const { return ordered_json(number).dump(); }
    std::string operator()(instant t) const { return time_text(t); }
    std::string operator()(const value_list& list) const {
        std::string out;
        for (const value& v : list) element("member", std::visit(*this, v.is), out);
        return out;
    }
    std::string operator()(const value_members& members) const {
        std::string out;
        for (const auto& [name, v] : members) element(name, std::visit(*this, v.is), out);
        return out;
    }
};

std::string opening(std::string_view name, std::string_view xml_namespace) {
    std::string out = "<";
    out.append(name).append(" xmlns=\"").append(xml_namespace).append("\">");
    return out;
}

std::string query_answer(const value_members& answer, const naming& names) {
    const std::string root = std::string(names.operation) + "Response";
    const std::string result = std::string(names.operation) + "Result";
    std::string out = opening(root, names.xml_namespace);
    if (!answer.empty()) element(result, xml_writer{}(answer), out);
    std::string id;
    element("RequestId", names.request_id, id);
    element("ResponseMetadata", id, out);
    return out + "</" + root + ">";
}

std::string query_error(const refusal& r, const naming& names) {
    const value_members error{
        {"Type", r.status < 500 ? "Sender" : "Receiver"},
        {"Code", query_code(r.code)},
        {"Message", r.message}};
    std::string out = opening("ErrorResponse", names.xml_namespace);
    element("Error", xml_writer{}(error), out);
    element("RequestId", names.request_id, out);
    return out + "</ErrorResponse>";
}

// --- CBOR: the library's writer has no tags, which times need
// -------------------------------------

struct cbor_writer {
    std::string& out;

    void head(unsigned type, std::uint64_t argument) const {
        const unsigned major = type << 5U;
        if (argument < 24) {
            out += static_cast<char>(major | argument);
        } else if (argument <= 0xffU) {
            out += static_cast<char>(major | 24U);
            big_endian(argument, 1);
        } else {
            out += static_cast<char>(major | 26U);
            big_endian(argument, 4);
        }
    }
    void big_endian(std::uint64_t number, unsigned bytes) const {
        while (bytes-- > 0) out += static_cast<char>(number >> (bytes * 8) & 0xffU);
    }
    void text(std::string_view t) const {
        head(3, t.size());
        out.append(t);
    }

    void operator()(const std::string& t) const { text(t); }
    void operator()(double number) const {
        out += '\xfb';
        big_endian(std::bit_cast<std::uint64_t>(number), 8);
    }
    void operator()(instant t) const {
        head(6, 1);
        (*this)(seconds_of(t));
    }
    void operator()(const value_list& list) const {
        head(4, list.size());
        for (const value& v : list) std::visit(*this, v.is);
    }
    void operator()(const value_members& members) const {
        head(5, members.size());
        for (const auto& [name, v] : members) {
            text(name);
            std::visit(*this, v.is);
        }
    }
};

std::string cbor_bytes(const value_members& members) {
    std::string out;
    cbor_writer{out}(members);
    return out;
}

}  // namespace

std::string encode(protocol p, const value_members& answer, const naming& names) {
    switch (p) {
        case protocol::query: return query_answer(answer, names);
        case protocol::json: return json_text(json_writer{}(answer));
        case protocol::cbor: return cbor_bytes(answer);
    }
    return {};
}

std::string encode_error(protocol p, const refusal& r, const naming& names) {
    if (p == protocol::query) return query_error(r, names);
    const value_members error{{"__type", r.code}, {"message", r.message}};
    return p == protocol::json ? json_text(json_writer{}(error)) : cbor_bytes(error);
}

}  // namespace kinetide::metrics
