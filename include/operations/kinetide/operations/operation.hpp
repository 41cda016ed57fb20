// An operation of the API: a name, and a function from a body to an answer.  Each lives in a file
// of its own, whose name is the function's; CMake makes the table from the folder.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include <kinetide/base/result.hpp>
#include <kinetide/engine/engine.hpp>
#include <kinetide/wire/wire.hpp>

namespace kinetide::operations {

class data_notes;
class random_failures;

// How often an operation may be called under the `aws` profile.  Source: the API reference, and the
// developer guide's quota page where that says less.
struct call_rate {
    enum class scope { none, account, stream };

    scope of = scope::none;
    std::int64_t per_second = 0;
};
// In each region.
constexpr call_rate per_account(std::int64_t per_second) {
    return {call_rate::scope::account, per_second};
}
constexpr call_rate per_stream(std::int64_t per_second) {
    return {call_rate::scope::stream, per_second};
}
// Limited otherwise, by shard.
inline constexpr call_rate without_rate{};

// What a handler knows of its request, beside its input.
struct call {
    engine::engine& engine;
    const engine::tenant_id& caller;
    std::string_view operation;
    call_rate rate;
    instant now;
    // Whether other accounts need a resource policy's leave.
    bool applies_policies = true;
    // Where the stream's name is noted for the log; nullptr when nobody reads it.
    std::string* stream_note = nullptr;
    // The journal position that must be safe before the answer leaves; 0 for none.
    engine::journal_position answer_after = 0;
    // What memory the next records will need, to be asked for behind the answer; nullptr when
    // nobody will.
    engine::fresh_memory* wanted = nullptr;
    // Failures that chance adds to the data path; nullptr for none.
    random_failures* failures = nullptr;
    // Who counts what the data path does; nullptr for nobody.
    data_notes* notes = nullptr;
};

// Encoded, or to be encoded while it is sent, or a stream of events.
struct answer {
    std::string bytes;
    std::unique_ptr<wire::body> later;
    std::unique_ptr<engine::subscription> events;
};

// The output of an operation that answers with events.
struct subscription_made {
    std::unique_ptr<engine::subscription> events;
};

using outcome = std::variant<answer, refusal, wire::failure>;

struct operation {
    std::string_view name;
    call_rate rate;
    outcome (*run)(wire::form form, std::string_view body, wire::arena& memory, call& c);
};

// In the order of their files' names.
std::span<const operation> all();

// An output with `static constexpr bool encoded_later = true` is encoded while it is sent.
template <class Output>
concept encoded_later = requires { requires Output::encoded_later; };

template <class Handler>
struct handler_traits;
template <class Output, class Input>
struct handler_traits<result<Output> (*)(const Input&, call&)> {
    using input = Input;
    using output = Output;
};

// Whether the account may call once more now; a stream's rate is judged when the stream is found.
std::optional<refusal> account_rate_refusal(const call& c);

// The operation `name` whose body decodes into the handler's input and whose answer is its output.
template <auto Handler>
operation define(std::string_view name, call_rate rate) {
    using traits = handler_traits<decltype(Handler)>;
    using input = typename traits::input;
    using output = typename traits::output;
    const auto run =
        [](wire::form form, std::string_view body, wire::arena& memory, call& c) -> outcome {
        auto decoded = wire::decode<input>(form, body, memory);
        if (auto* failed = std::get_if<wire::failure>(&decoded)) return std::move(*failed);
        if (auto too_fast = account_rate_refusal(c)) return std::move(*too_fast);
        result<output> out = Handler(std::get<input>(decoded), c);
        if (!out) return out.error();
        answer a;
        if constexpr (std::is_same_v<output, subscription_made>) {
            a.events = std::move(out->events);
        } else if constexpr (encoded_later<output>) {
            a.later = wire::encode_later(form, std::move(*out));
        } else if constexpr (!std::is_same_v<output, nothing>) {
            wire::encode(form, *out, a.bytes);
        }
        return a;
    };
    return {name, rate, run};
}

}  // namespace kinetide::operations
