// StartStreamEncryption: From now on records are stored as encrypted with a key, and say so.
// Another key than the present one replaces it.

#include <kinetide/operations/encryption.hpp>
#include <kinetide/operations/operation.hpp>

namespace kinetide::operations {
namespace {

result<nothing> handle(const encryption_input& in, call& c) {
    return switch_encryption(
        in,
        c,
        {engine::encryption_type::kms,
         engine::transition::start_encryption,
         engine::daily_quota::encryption_start});
}

}  // namespace

operation start_stream_encryption() {
    return define<&handle>("StartStreamEncryption", without_rate);
}

}  // namespace kinetide::operations
