// Refusals about a stream's settings.

#include <kinetide/engine/limits.hpp>

#include "refusal_text.hpp"

namespace kinetide::operations::refusals {

// chosen
refusal warm_throughput_not_available(std::string_view stream) {
    return {
        validation,
        text(
            "Request is invalid. WarmThroughputMiBps of stream ",
            stream,
            " needs On-Demand mode and an account with MinimumThroughputBillingCommitment "
            "ENABLED.")};
}
// chosen
refusal automatic_needs_on_demand(std::string_view stream) {
    return {
        invalid_argument,
        text(
            "RecordDistributionStrategy AUTO needs On-Demand mode, but stream ",
            stream,
            " is in Provisioned mode.")};
}
refusal retention_too_short(std::int64_t hours) {
    return {
        invalid_argument,
        text(
            "Minimum allowed retention period is 24 hours. Requested retention period (",
            hours,
            " hours) is too short.")};
}
refusal retention_too_long(std::int64_t hours) {
    return {
        invalid_argument,
        text(
            "Maximum allowed retention period is 8760 hours. Requested retention period (",
            hours,
            " hours) is too long.")};
}
refusal retention_not_longer(std::string_view stream, std::int64_t hours, std::int64_t existing) {
    return {
        invalid_argument,
        text(
            "Requested retention period (",
            hours,
            " hours) for stream ",
            stream,
            " can not be shorter than existing retention period (",
            existing,
            " hours). Use DecreaseRetentionPeriod API.")};
}
refusal retention_not_shorter(std::string_view stream, std::int64_t hours, std::int64_t existing) {
    return {
        invalid_argument,
        text(
            "Requested retention period (",
            hours,
            " hours) for stream ",
            stream,
            " can not be longer than existing retention period (",
            existing,
            " hours). Use IncreaseRetentionPeriod API.")};
}
// chosen
refusal too_many_mode_switches(const engine::stream_id& stream) {
    return {
        limit_exceeded,
        text(
            "Stream ",
            named(stream),
            " has been switched between capacity modes twice within the last 24 hours.")};
}

// chosen
refusal warm_throughput_in_the_way(const engine::stream_id& stream) {
    return {
        validation,
        text(
            "Request is invalid. Stream ",
            named(stream),
            " has warm throughput: set WarmThroughputMiBps to 0 before it leaves On-Demand mode.")};
}
// chosen
refusal commitment_in_use(const engine::stream_id& stream) {
    return {
        invalid_argument,
        text(
            "MinimumThroughputBillingCommitment cannot be DISABLED while stream ",
            named(stream),
            " has warm throughput: set its WarmThroughputMiBps to 0 first.")};
}
// chosen
refusal warm_throughput_too_large(const engine::stream_id& stream, std::int64_t mib_per_s) {
    return {
        limit_exceeded,
        text(
            "WarmThroughputMiBps ",
            mib_per_s,
            " of stream ",
            named(stream),
            " exceeds the limit of ",
            limits::warm_mib_per_s_max,
            ".")};
}

// chosen
refusal key_invalid(std::string_view key_id) {
    return {"KMSNotFoundException", text("Invalid keyId ", key_id)};
}
// chosen
refusal encryption_type_not_kms() { return {invalid_argument, "EncryptionType must be KMS."}; }
// chosen
refusal too_many_encryption_switches(const engine::stream_id& stream, std::string_view operation) {
    return {
        limit_exceeded,
        text(
            operation,
            " has been called 25 times within the last 24 hours for stream ",
            named(stream),
            ".")};
}

}  // namespace kinetide::operations::refusals
