// What the walked requests and the scenarios are made of.  All are of a stream "orders".
#pragma once

#include <string>

#include "requests.hpp"

namespace kinetide::testing::scenes {

using kit = service_kit;

// Bodies that name the stream, with more members.
json named(json more = json::object());
json by_arn(json more = json::object());
json resource(json more = json::object());

// Members.
json commitment(const std::string& status);
json policy();
inline const std::string middle_key = "170141183460469231731687303715884105728";
inline const json tags = {{"Tags", {{"k", "v"}}}};
inline const json metrics = {{"ShardLevelMetrics", {"IncomingBytes"}}};
inline const json key = {{"EncryptionType", "KMS"}, {"KeyId", "alias/aws/kinesis"}};

// Each makes a stream of one shard, or as its name says, and what else it names; and gives the body
// of a request to it.
json orders(kit& s, const json& more = json::object());
json two_shards(kit& s, const json& more);
json consumer(kit& s);
// From TRIM_HORIZON.
json subscription(const json& consumer);
json tagged(kit& s, const json& body);
json encrypted(kit& s);
// On demand, in an account with the commitment.
json warm(kit& s, const json& body);

}  // namespace kinetide::testing::scenes
