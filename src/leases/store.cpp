#include <kinetide/leases/store.hpp>

#include <algorithm>
#include <utility>

#include "operation.hpp"

namespace kinetide::leases {
namespace {

std::string error_body(const refusal& why, const json& more) {
    constexpr std::string_view space = "com.amazonaws.dynamodb.v20120810#";
    constexpr std::string_view framework_space = "com.amazon.coral.service#";
    const bool framework =
        why.code == "SerializationException" || why.code == "UnknownOperationException";
    const bool validates = why.code == "ValidationException";
    json body = more.is_object() ? more : json::object();
    body["__type"] = std::string(
                         framework   ? framework_space
                         : validates ? std::string_view("com.amazon.coral.validate#")
                                     : space)
                         .append(why.code);
    if (!why.message.empty()) body["message"] = why.message;
    // A name may come from a header, which may have any bytes.
    return body.dump(-1, ' ', false, json::error_handler_t::replace);
}

const operation* find_operation(std::string_view name) {
    const auto all = all_operations();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const operation& o) { return o.name == name; });
    return found == all.end() ? nullptr : &*found;
}

// Some at a time, and read again without the lock, so that no renewal waits for a page of people's.
std::vector<json> items_of(table& of) {
    constexpr std::size_t piece = 256;
    std::vector<json> all;
    std::vector<std::string> texts;
    std::optional<item_key> last;
    do {
        texts.clear();
        {
            const base::lock_guard lock(of.mutex);
            const auto& items = of.all();
            auto at = last ? items.upper_bound(*last) : items.begin();
            for (; at != items.end() && texts.size() < piece; ++at) {
                texts.push_back(at->second.top().dump());
                last = at->first;
            }
        }
        for (const std::string& text : texts) all.push_back(json::parse(text));
    } while (texts.size() == piece);
    return all;
}

std::optional<refusal> unserved_member(const operation& o, value in) {
    const auto among = [](std::span<const std::string_view> list, std::string_view name) {
        return std::find(list.begin(), list.end(), name) != list.end();
    };
    for (const value one : in) {
        const std::string_view name = one.name();
        if (one.is_null() || among(o.served, name) || among(o.ignored, name)) continue;
        return texts::not_served("the member " + std::string(name) + " of " + std::string(o.name));
    }
    return std::nullopt;
}

refusal unknown_operation(std::string_view name) {
    std::string served;
    for (const operation& o : all_operations()) {
        served.append(served.empty() ? "" : ", ").append(o.name);
    }
    refusal why = texts::not_served("the operation " + std::string(name));
    why.code = "UnknownOperationException";
    why.message += "; it has " + served;
    return why;
}

}  // namespace

class store::impl {
public:
    explicit impl(const clock& c) : clock_(c) {}

    outcome answer(const owner& caller, std::string_view name, std::string_view body) {
        const operation* const o = find_operation(name);
        if (o == nullptr) return unknown_operation(name);
        const auto in = document::parse(body);
        if (!in) return texts::unreadable();
        if (auto no = unserved_member(*o, in->top())) return *no;
        return o->run({catalog_, caller, clock_.now(), in->top()});
    }

    [[nodiscard]] std::vector<table_view> tables_keyed_by(std::string_view hash_key) const {
        std::vector<table_view> out;
        for (const auto& [whose, one] : catalog_.all()) {
            if (one->told().keys.hash.name != hash_key) continue;
            out.push_back({whose, one->told().name, std::string(hash_key), items_of(*one)});
        }
        return out;
    }

private:
    const clock& clock_;
    catalog catalog_;
};

store::store(const clock& c) : impl_(std::make_unique<impl>(c)) {}
store::~store() = default;

reply store::answer(const owner& caller, std::string_view operation, std::string_view body) {
    outcome out = impl_->answer(caller, operation, body);
    if (!out.refused()) return {200, out.take_body()};
    return {out.why().status, error_body(out.why(), out.more())};
}

reply store::error(std::string_view code, std::string_view message) {
    return {400, error_body({code, std::string(message)}, {})};
}

std::vector<table_view> store::tables_keyed_by(std::string_view hash_key) const {
    return impl_->tables_keyed_by(hash_key);
}

}  // namespace kinetide::leases
