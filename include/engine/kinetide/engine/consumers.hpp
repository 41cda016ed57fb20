// A stream's registered consumers (enhanced fan-out).
//
// Threads: any.  They change by engine::commit only.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <kinetide/base/clock.hpp>
#include <kinetide/base/mutex.hpp>
#include <kinetide/engine/change.hpp>

namespace kinetide::engine {

enum class consumer_status { creating, deleting, active };

struct consumer {
    std::string name;
    instant created;  // whole seconds: they are part of its ARN
    consumer_status status = consumer_status::creating;
    instant settles_at;
    tag_list tags;
    std::string policy;  // empty: none
};

class consumer_table {
public:
    [[nodiscard]] std::optional<consumer> find(std::string_view name) const;
    // In byte order of their names, those above `after`.
    [[nodiscard]] std::vector<consumer> list(std::string_view after, std::size_t count_max) const;
    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] std::size_t count(consumer_status s) const;

    // When a consumer that is registered now was created: later than every one that is gone, so
    // that no ARN is used twice.
    [[nodiscard]] instant next_creation(instant now) const;

    [[nodiscard]] std::optional<instant> next_due() const;
    [[nodiscard]] std::vector<std::string> settling_by(instant now) const;

    void apply(const consumer_registered& c);
    void apply(const consumer_deregistering& c);
    void apply(const consumer_settled& c);
    void set_tags(const std::string& name, const tag_list& tags);
    void set_policy(const std::string& name, const std::string& policy);

private:
    mutable base::shared_mutex mutex_;
    std::map<std::string, consumer, std::less<>> consumers_ GUARDED_BY(mutex_);
    instant newest_gone_ GUARDED_BY(mutex_);
};

}  // namespace kinetide::engine
