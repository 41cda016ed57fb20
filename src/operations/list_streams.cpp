// ListStreams: the caller's streams in every status, in byte order of their names.  A page goes on
// by NextToken, or by ExclusiveStartStreamName, which need not exist; the token wins.

#include <algorithm>

#include <kinetide/engine/limits.hpp>
#include <kinetide/operations/operation.hpp>
#include <kinetide/operations/paging.hpp>
#include <kinetide/operations/patterns.hpp>
#include <kinetide/operations/shapes.hpp>

namespace kinetide::operations {
namespace {

struct input {
    std::optional<std::int32_t> limit;
    std::optional<std::string_view> exclusive_start;
    std::optional<std::string_view> next_token;

    static constexpr auto shape() {
        return wire::structure(
            wire::member("Limit", &input::limit, wire::range{1, 10000}),
            wire::member(
                "ExclusiveStartStreamName",
                &input::exclusive_start,
                patterns::name,
                wire::length{1, 128}),
            wire::member("NextToken", &input::next_token, wire::length{1, 1048576}));
    }
};

struct summary {
    std::string name;
    std::string arn;
    engine::stream_status status = engine::stream_status::creating;
    mode_details mode;
    instant created;

    static constexpr auto shape() {
        return wire::structure(
            wire::member("StreamName", &summary::name),
            wire::member("StreamARN", &summary::arn),
            wire::member("StreamStatus", &summary::status),
            wire::member("StreamModeDetails", &summary::mode),
            wire::member("StreamCreationTimestamp", &summary::created));
    }
};

struct output {
    std::vector<std::string> names;
    bool has_more = false;
    std::optional<std::string> next_token;
    std::vector<summary> summaries;

    static constexpr auto shape() {
        return wire::structure(
            wire::member("StreamNames", &output::names),
            wire::member("HasMoreStreams", &output::has_more),
            wire::member("NextToken", &output::next_token),
            wire::member("StreamSummaries", &output::summaries));
    }
};

result<output> handle(const input& in, call& c) {
    std::string after(in.exclusive_start.value_or(""));
    if (in.next_token) {
        const auto token = open_next_token(c, *in.next_token, engine::token_kind::list_streams);
        if (!token) return token.error();
        after = token->stream.name;
    }
    const std::int64_t wanted = in.limit.value_or(limits::list_streams_max);
    const auto count_max = static_cast<std::size_t>(std::min(wanted, limits::list_streams_max));
    auto streams = c.engine.list(c.caller, after, count_max + 1);

    output out;
    out.has_more = streams.size() > count_max;
    if (out.has_more) {
        streams.pop_back();
        engine::token t;
        t.kind = engine::token_kind::list_streams;
        t.issued = c.now;
        t.stream = {c.caller, streams.back()->id().name, 0};
        out.next_token = c.engine.tokens().sign(t);
    }
    for (const auto& s : streams) {
        const engine::stream_state state = s->state();
        out.names.push_back(s->id().name);
        out.summaries.push_back(summary{
            s->id().name,
            arn_of(s->id()),
            state.status,
            mode_details{state.settings.mode},
            shown_creation(*s)});
    }
    return out;
}

}  // namespace

operation list_streams() { return define<&handle>("ListStreams", per_account(5)); }

}  // namespace kinetide::operations
