// DescribeStreamConsumer: one consumer, by its ARN or by its stream's ARN and its name, in whatever
// status.  The only answer about consumers that tells the stream's ARN.

#include <kinetide/operations/consumers.hpp>
#include <kinetide/operations/operation.hpp>
#include <kinetide/operations/shapes.hpp>

namespace kinetide::operations {
namespace {

struct input {
    consumer_reference consumer;

    static constexpr auto shape() {
        return wire::structure(wire::inline_members(&input::consumer));
    }
};

struct description {
    consumer_shape consumer;
    std::string stream_arn;

    static constexpr auto shape() {
        return wire::structure(
            wire::inline_members(&description::consumer),
            wire::member("StreamARN", &description::stream_arn));
    }
};

struct output {
    description consumer;

    static constexpr auto shape() {
        return wire::structure(wire::member("ConsumerDescription", &output::consumer));
    }
};

result<output> handle(const input& in, call& c) {
    const auto found = find_consumer(c, in.consumer);
    if (!found) return found.error();
    const engine::stream_id& stream = found->stream->id();
    return output{{describe(stream, found->consumer), arn_of(stream)}};
}

}  // namespace

operation describe_stream_consumer() {
    return define<&handle>("DescribeStreamConsumer", per_stream(20));
}

}  // namespace kinetide::operations
