// Server-side encryption: stored and reported.  Records are not encrypted, as there is no KMS here.
#pragma once

#include <string_view>

#include <kinetide/operations/enums.hpp>
#include <kinetide/operations/operation.hpp>
#include <kinetide/operations/stream_reference.hpp>

namespace kinetide::operations {

struct encryption_input {
    stream_reference stream;
    engine::encryption_type type = engine::encryption_type::none;
    std::string_view key_id;

    static constexpr auto shape() {
        return wire::structure(
            wire::inline_members(&encryption_input::stream),
            wire::member("EncryptionType", &encryption_input::type),
            wire::member("KeyId", &encryption_input::key_id, wire::length{1, 2048}));
    }
};

// A key's id (a UUID, or mrk- and 32 hex digits), ARN, alias, or alias ARN.
bool is_key_id(std::string_view text);

// What StartStreamEncryption and StopStreamEncryption share: all but the outcome.
struct encryption_switch {
    engine::encryption_type to;
    engine::transition takes;
    engine::daily_quota counts_as;
};
result<nothing> switch_encryption(
    const encryption_input& in, call& c, const encryption_switch& how);

}  // namespace kinetide::operations
