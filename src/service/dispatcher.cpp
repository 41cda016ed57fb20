#include "dispatcher.hpp"

#include <algorithm>
#include <optional>
#include <variant>

#include "answers.hpp"
#include "authentication.hpp"
#include "aws_answers.hpp"
#include "call_notes.hpp"

namespace kinetide::service {
namespace {

constexpr std::string_view target_prefix = "Kinesis_20131202.";
constexpr std::string_view serialization = "SerializationException";
constexpr std::string_view unknown_operation = "UnknownOperationException";

std::string_view target_in(const http::request& r) {
    const std::string_view* field = r.find("x-amz-target");
    return field == nullptr ? std::string_view{} : *field;
}

// The match is exact and case-sensitive.
const operations::operation* find_operation(std::string_view target) {
    if (!target.starts_with(target_prefix)) return nullptr;
    target.remove_prefix(target_prefix.size());
    const auto all = operations::all();
    const auto it = std::find_if(
        all.begin(), all.end(), [&](const operations::operation& op) { return op.name == target; });
    return it == all.end() ? nullptr : &*it;
}

// In own_counts: what names no operation is behind the last.
std::size_t index_of(const operations::operation* op) {
    const auto all = operations::all();
    return op == nullptr ? all.size() : static_cast<std::size_t>(op - all.data());
}

// An empty body is answered in JSON only to JSON's exact content type (observed).
http::response empty_body(const http::request& r, bool known) {
    const std::string_view* type = r.find("content-type");
    const bool json = type != nullptr && *type == content_type_json;
    return error_without_message(
        json ? wire::form::json : wire::form::cbor, known ? serialization : unknown_operation);
}

http::response unknown_content_type(std::string_view target) {
    const auto dot = target.find('.');
    const bool has_both = dot != std::string_view::npos && dot != 0 && dot + 1 < target.size();
    return has_both ? unknown_operation_xml() : access_denied_xml();
}

http::response plain_json(std::string_view body) {
    if (!wire::parses_to_object(wire::form::json, body)) return coral_error(400, serialization);
    return coral_error(404, unknown_operation);
}

http::response failed(wire::form f, const wire::failure& failure) {
    switch (failure.kind) {
        case wire::failure_kind::unparsable: return error_without_message(f, serialization);
        case wire::failure_kind::serialization: return serialization_error(f, failure.message);
        case wire::failure_kind::validation: break;
    }
    return error(f, refusal{"ValidationException", failure.message});
}

}  // namespace

bool names_kinesis(const http::request& r) { return target_in(r).starts_with(target_prefix); }

dispatcher::dispatcher(
    engine::engine& e,
    auth_mode auth,
    engine::tenant_id defaults,
    operations::random_failures* failures,
    counts* c)
    : engine_(e),
      auth_(auth),
      defaults_(std::move(defaults)),
      failures_(failures),
      counts_(c),
      pushes_(e, c) {}

http::response dispatcher::answer(const http::request& r, http::home& home, request_note* note) {
    using steady = std::chrono::steady_clock;
    if (r.method != "POST") return access_denied_xml();
    const operations::operation* const op = find_operation(target_in(r));
    if (counts_ == nullptr) return answer_post(op, r, {home, note, nullptr, {}});
    worker_counts& counts = counts_->of_worker(home.number());
    const auto began = steady::now();
    http::response out = answer_post(op, r, {home, note, &counts, began});
    counts.answered(index_of(op), out.status, steady::now() - began);
    return out;
}

http::response dispatcher::answer_post(
    const operations::operation* op, const http::request& r, const arrival& came) {
    const std::string_view target = target_in(r);
    if (r.body.empty()) return empty_body(r, op != nullptr);

    const std::string_view type = content_type_in(r);
    if (type == content_type_plain_json) return plain_json(r.body);
    const bool json = type == content_type_json;
    if (!json && type != content_type_cbor) return unknown_content_type(target);
    const wire::form f = json ? wire::form::json : wire::form::cbor;

    const auto unsigned_ = auth_ == auth_mode::off ? std::nullopt : signature_refusal(r);
    if (op == nullptr || unsigned_) {
        // The body is judged first; only requests that fail anyway are parsed for it.
        if (!wire::parses_to_object(f, r.body)) return error_without_message(f, serialization);
        if (op == nullptr) return error_without_message(f, unknown_operation);
        return error(f, *unsigned_);
    }
    return run(*op, f, r, came);
}

http::response dispatcher::run(
    const operations::operation& op, wire::form f, const http::request& r, const arrival& came) {
    thread_local wire::arena memory;
    memory.reset();
    if (came.note != nullptr) came.note->operation = op.name;
    engine_.run_due();
    const engine::tenant_id caller = caller_of(r, defaults_);
    operations::call c{engine_, caller, op.name, op.rate, engine_.now()};
    c.applies_policies = auth_ != auth_mode::off;
    if (came.note != nullptr) c.stream_note = &came.note->stream;
    c.failures = failures_;
    std::optional<call_notes> notes;
    if (came.counts != nullptr) c.notes = &notes.emplace(*came.counts, came.at, c.now);
    engine::fresh_memory wanted;
    c.wanted = &wanted;
    operations::outcome out = op.run(f, r.body, memory, c);
    if (!wanted.empty()) came.home.afterwards([w = std::move(wanted)] { w.ask(); });
    if (auto* a = std::get_if<operations::answer>(&out)) {
        if (a->events) return events(pushes_.open(came.home, std::move(a->events)));
        return success(f, std::move(*a));
    }
    if (const auto* no = std::get_if<refusal>(&out)) return error(f, *no);
    return failed(f, std::get<wire::failure>(out));
}

}  // namespace kinetide::service
