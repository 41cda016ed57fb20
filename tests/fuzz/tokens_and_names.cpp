// Tokens, ARNs, sequence numbers, hash keys and shard ids as a peer may send them: whatever opens
// is what was signed, and whatever parses prints back.

#include <cstdlib>
#include <kinetide/base/chance.hpp>
#include <kinetide/engine/token.hpp>
#include <kinetide/model/arn.hpp>
#include <kinetide/model/hash_key.hpp>
#include <kinetide/model/sequence_number.hpp>
#include <kinetide/operations/patterns.hpp>
#include <string_view>

namespace {

using namespace kinetide;

void require(bool held) {
    if (!held) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    static const engine::token_signer signer(chance(1).secret());
    const std::string_view text(reinterpret_cast<const char*>(data), size);

    for (const auto kind :
         {engine::token_kind::shard_iterator,
          engine::token_kind::list_shards,
          engine::token_kind::list_consumers}) {
        if (const auto t = signer.open(text, kind)) require(signer.sign(*t) == text);
    }
    if (const auto arn = stream_arn::parse(text)) require(arn->text() == text);
    if (const auto arn = consumer_arn::parse(text)) require(arn->text() == text);
    if (const auto n = parse_sequence_number(text); n && n->version == 2 && text.front() != '0') {
        // Bits that the layout does not name may differ; what it names must come back.
        const auto again = parse_sequence_number(n->number.text());
        require(again && again->number.counter == n->number.counter);
        require(again->number.shard == n->number.shard && again->number.time_s == n->number.time_s);
    }
    if (const auto value = parse_decimal(text); value && text.front() != '0') {
        require(to_decimal(*value) == text);
    }
    if (const auto id = shard_id::parse(text)) require(shard_id::parse(id->text()) == id);
    (void)operations::patterns::is_stream_arn(text);
    (void)operations::patterns::is_consumer_arn(text);
    (void)operations::patterns::is_resource_arn(text);
    return 0;
}
