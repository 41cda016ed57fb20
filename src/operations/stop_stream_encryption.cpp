// StopStreamEncryption: From now on records are stored in the clear again; those before keep saying
// that they are encrypted.

#include <kinetide/operations/encryption.hpp>
#include <kinetide/operations/operation.hpp>

namespace kinetide::operations {
namespace {

result<nothing> handle(const encryption_input& in, call& c) {
    return switch_encryption(
        in,
        c,
        {engine::encryption_type::none,
         engine::transition::stop_encryption,
         engine::daily_quota::encryption_stop});
}

}  // namespace

operation stop_stream_encryption() { return define<&handle>("StopStreamEncryption", without_rate); }

}  // namespace kinetide::operations
