// How often an operation may be called, under the `aws` profile: an exact bucket for each name.
// Threads: any.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include <kinetide/base/clock.hpp>
#include <kinetide/base/mutex.hpp>
#include <kinetide/engine/token_bucket.hpp>

namespace kinetide::engine {

class call_rates {
public:
    // Whether one more call passes now.  An operation's rate is the same in every call.
    bool admit(std::string_view operation, std::int64_t per_second, instant now) {
        const base::lock_guard lock(mutex_);
        auto it = buckets_.find(operation);
        if (it == buckets_.end()) {
            it = buckets_.emplace(std::string(operation), token_bucket(per_second)).first;
        }
        if (!it->second.has(1, now)) return false;
        it->second.take(1);
        return true;
    }

private:
    base::mutex mutex_;
    std::map<std::string, token_bucket, std::less<>> buckets_ GUARDED_BY(mutex_);
};

}  // namespace kinetide::engine
