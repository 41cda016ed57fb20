// The counts of all workers: each worker's own on its way, put together for readers.
#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <vector>

#include <kinetide/base/mutex.hpp>
#include <kinetide/metrics/metric_store.hpp>

#include "worker_counts.hpp"

namespace kinetide::service {

// Threads: any.
class counts {
public:
    explicit counts(metrics::metric_store& store) : store_(store) {}

    // Of the worker of that number: made with its first call, and without a lock from then on.
    // Workers beyond 64 share.
    worker_counts& of_worker(unsigned number);
    // For those who may live on behind the service.
    std::shared_ptr<worker_counts> shared_of_worker(unsigned number);

    // The store has everything up to now.
    void hand_over();
    [[nodiscard]] own_counts own() const;

private:
    [[nodiscard]] std::vector<std::shared_ptr<worker_counts>> all() const;

    static constexpr std::size_t places = 64;

    metrics::metric_store& store_;
    std::array<std::atomic<worker_counts*>, places> known_{};
    base::mutex handing_over_;
    mutable base::mutex mutex_;
    std::array<std::shared_ptr<worker_counts>, places> made_ GUARDED_BY(mutex_);
};

}  // namespace kinetide::service
