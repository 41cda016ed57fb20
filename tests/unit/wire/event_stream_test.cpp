// Messages of an event stream are the service's to the byte, in pieces of any size; and the test
// kit's decoder takes them and nothing else.

#include <gtest/gtest.h>

#include <kinetide/wire/event_stream.hpp>
#include <kinetide/wire/wire.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "answers.hpp"
#include "support/event_stream.hpp"

namespace kinetide::wire_testing {
namespace {

using testing::event_decoder;

struct nothing_in_it {
    static constexpr auto shape() { return wire::structure(); }
};
struct told {
    std::string message;
    static constexpr auto shape() {
        return wire::structure(wire::member("message", &told::message));
    }
};

template <class Payload>
std::string written(
    wire::message_kind kind, std::string_view type, Payload payload, std::size_t wanted) {
    wire::event_message m(kind, type, wire::encode_later(wire::form::json, std::move(payload)));
    std::string all;
    const std::uint64_t size = m.size();
    while (m.next(all, wanted)) {
    }
    EXPECT_EQ(all.size(), size);
    return all;
}

std::string from_hex(std::string_view hex) {
    std::string bytes;
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        bytes.push_back(static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16)));
    }
    return bytes;
}

const std::string initial_response = from_hex(
    "00000068000000564e6817240b3a6576656e742d74797065070010696e697469616c2d726573706f6e73650d3a636f"
    "6e74656e742d747970650700106170706c69636174696f6e2f6a736f6e0d3a6d6573736167652d7479706507000565"
    "76656e747b7dd591c62b");
const std::string exception = from_hex(
    "0000008300000064d9bbb06a0f3a657863657074696f6e2d747970650700165265736f75726365496e557365457863"
    "657074696f6e0d3a636f6e74656e742d747970650700106170706c69636174696f6e2f6a736f6e0d3a6d6573736167"
    "652d74797065070009657863657074696f6e7b226d657373616765223a2278227d8bd5b57e");

TEST(event_stream, has_these_bytes) {
    using kind = wire::message_kind;
    for (const std::size_t wanted : {0U, 1U, 50U, 1000U}) {
        EXPECT_EQ(
            written(kind::event, "initial-response", nothing_in_it{}, wanted), initial_response);
        EXPECT_EQ(written(kind::exception, "ResourceInUseException", told{"x"}, wanted), exception);
    }
}

TEST(event_stream, is_the_same_in_pieces_of_any_size) {
    const auto whole = [](std::size_t wanted) {
        return written(wire::message_kind::event, "SubscribeToShardEvent", full_answer(40), wanted);
    };
    const std::string at_once = whole(1'000'000);
    for (std::size_t wanted = 0; wanted < 3000; wanted += 7) ASSERT_EQ(whole(wanted), at_once);
    event_decoder decoder;
    decoder.feed(at_once);
    const auto m = decoder.next();
    ASSERT_TRUE(m);
    EXPECT_EQ(m->payload, encoded(wire::form::json, full_answer(40)));
    EXPECT_EQ(m->type(), "SubscribeToShardEvent");
    EXPECT_TRUE(decoder.between_messages());
}

TEST(event_stream, decoder_takes_any_pieces_and_refuses_every_changed_byte) {
    const std::string both = initial_response + exception;
    event_decoder slowly;
    std::vector<std::string> types;
    for (const char c : both) {
        slowly.feed({&c, 1});
        while (const auto m = slowly.next()) types.push_back(m->type());
    }
    EXPECT_EQ(types, (std::vector<std::string>{"initial-response", "ResourceInUseException"}));

    for (std::size_t i = 0; i < exception.size(); ++i) {
        std::string spoilt = exception;
        spoilt[i] = static_cast<char>(spoilt[i] ^ 1);
        event_decoder decoder;
        decoder.feed(spoilt);
        EXPECT_THROW(static_cast<void>(decoder.next()), std::runtime_error) << i;
        event_decoder cut;
        cut.feed(std::string_view(exception).substr(0, i));
        EXPECT_FALSE(cut.next());
    }
}

// Each with a good sum but the last.
TEST(event_stream, decoder_is_bounded) {
    const auto refuses = [](const std::string& bytes) {
        event_decoder decoder;
        decoder.feed(bytes);
        EXPECT_THROW(static_cast<void>(decoder.next()), std::runtime_error);
    };
    refuses(from_hex("02000000000000002707d814"));
    refuses(from_hex("0000000f00000000e77248b8"));
    refuses(from_hex("0000002800020001e0105f54"));
    refuses(from_hex("ffffffffffffffffffffffff"));
}

}  // namespace
}  // namespace kinetide::wire_testing
