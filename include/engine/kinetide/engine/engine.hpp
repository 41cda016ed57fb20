// Kinesis itself: streams of all accounts and regions, without sockets, JSON, threads of its own or
// the time of day.
//
// Threads: any.  Control-plane calls take the control lock first, so that what they judge by holds
// until they commit; the data path never takes it.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <kinetide/base/chance.hpp>
#include <kinetide/base/clock.hpp>
#include <kinetide/base/mutex.hpp>
#include <kinetide/engine/change.hpp>
#include <kinetide/engine/journal_port.hpp>
#include <kinetide/engine/options.hpp>
#include <kinetide/engine/spare_memory.hpp>
#include <kinetide/engine/stream.hpp>
#include <kinetide/engine/subscription.hpp>
#include <kinetide/engine/token.hpp>

namespace kinetide::engine {

// Held by whoever judges and changes the control plane.
using control_lock = std::unique_lock<std::mutex>;

class engine {
public:
    engine(options o, const clock& c, journal_port* journal = nullptr);
    ~engine();
    engine(const engine&) = delete;
    engine& operator=(const engine&) = delete;

    [[nodiscard]] const options& settings() const { return options_; }
    [[nodiscard]] instant now() const { return clock_.now(); }

    // Streams in every status; nullptr when there is none of that name.
    [[nodiscard]] std::shared_ptr<stream> find(
        const tenant_id& tenant, std::string_view name) const;
    // In byte order of their names, those above `after`, at most `count_max`.
    [[nodiscard]] std::vector<std::shared_ptr<stream>> list(
        const tenant_id& tenant, std::string_view after, std::size_t count_max) const;
    [[nodiscard]] std::size_t stream_count() const;
    // Of all accounts, at most `count_max`.
    [[nodiscard]] std::vector<std::shared_ptr<stream>> every_stream(std::size_t count_max) const;
    [[nodiscard]] billing_commitment commitment(const tenant_id& tenant) const;
    // Under the `aws` profile: whether this account may call the operation once more now.
    bool admit_call(const tenant_id& tenant, std::string_view operation, std::int64_t per_second);

    [[nodiscard]] control_lock control() { return control_lock(control_mutex_); }
    // Writes a change to the journal and applies it.  False when the journal has failed: nothing
    // changed.  `at` is the position to wait for before answering.
    bool commit(const control_lock& held, const change& c, journal_position& at);
    // A generation that no other stream of this tenant had.
    [[nodiscard]] std::uint64_t next_generation(const control_lock& held, const tenant_id& tenant);

    // Closes the parents, which are open, and opens children with the ranges given for them.
    [[nodiscard]] resharded plan_reshard(
        const control_lock& held, const stream& s, const std::vector<reshaping>& round) const;

    // The data path: stream::put, and the planning of what follows from it.  `wanted`, unless
    // nullptr, learns what the caller should ask for behind the answer.
    bool put(
        const std::shared_ptr<stream>& s,
        std::span<put_entry> entries,
        std::span<put_result> results,
        journal_position& answer_after,
        fresh_memory* wanted = nullptr);

    // Subscribes a consumer of the stream to one of its shards, in place of its last subscription
    // there.  Consumer and stream are in a status for it.
    subscribe_result subscribe(
        const control_lock& held,
        const std::shared_ptr<stream>& s,
        const std::shared_ptr<shard>& from,
        std::string_view consumer,
        const subscription_start& start);

    // Recovery: changes as a journal gives them back, in order.
    void apply(const change& c);
    // The journal has everything up to `at` safe: readers see it from now on.
    void make_visible(journal_position at);

    // The earliest thing that waits for the clock.  `due_moved` is told when it becomes earlier.
    [[nodiscard]] std::optional<instant> next_due() const;
    void run_due();
    void on_due_moved(std::function<void()> due_moved) { due_moved_ = std::move(due_moved); }

    [[nodiscard]] const token_signer& tokens() const { return signer_; }
    [[nodiscard]] const chance& chances() const { return chance_; }

    // Without this the memory of a block that goes is the system's at once.  With it, full blocks'
    // memory is kept for the next ones.  Each return_spare_memory() ends a period, and gives back,
    // a piece at a call, what nobody needed in it: as long as it says `unneeded`, it is to be
    // called again soon.  `spared` is told when there is some after there was none, by any thread
    // and under locks of the engine: it must not call back, but have somebody else call until there
    // is none.  Once, before the rest.
    void keep_spare_memory(std::function<void()> spared);
    spare_memory return_spare_memory();

    // Bytes that record blocks hold, pinned ones included, without spare memory.
    [[nodiscard]] std::int64_t block_bytes() const;

    // All state as text, a line for each object, records included.  Equal texts are equal states.
    [[nodiscard]] std::string dump() const;

private:
    struct tenancy {
        std::map<std::string, std::shared_ptr<stream>, std::less<>> streams;
        std::uint64_t creations = 0;
        billing_commitment commitment;
    };

    [[nodiscard]] std::shared_ptr<stream> find(const stream_id& id) const;
    void plan(const std::shared_ptr<stream>& s);
    void unplan(const stream& s);
    void apply_to_stream(const stream_id& id, const change& c);
    void run_due_of(const control_lock& held, const std::shared_ptr<stream>& s, instant now);
    bool carry_out(const control_lock& held, const stream& s, const reshard_order& order);
    bool scale(const control_lock& held, stream& s, instant now);
    // Rounds of `next` until it has none.
    using round_maker = std::function<std::vector<reshaping>(std::span<const shard_range>)>;
    bool reshard(const control_lock& held, const stream& s, const round_maker& next);

    const options options_;
    const clock& clock_;
    journal_port* const journal_;
    const chance chance_;
    const token_signer signer_;
    const std::shared_ptr<block_memory> memory_;
    std::function<void()> due_moved_;

    std::mutex control_mutex_;
    mutable base::shared_mutex tenants_mutex_;
    std::map<tenant_id, tenancy> tenants_ GUARDED_BY(tenants_mutex_);

    mutable base::mutex due_mutex_;
    using due_list = std::multimap<std::int64_t, std::weak_ptr<stream>>;
    due_list due_ GUARDED_BY(due_mutex_);
    // Where each stream stands in it: once, at its earliest time.
    std::unordered_map<const stream*, due_list::iterator> planned_ GUARDED_BY(due_mutex_);
    std::atomic<std::int64_t> earliest_due_ms_;

    base::mutex rates_mutex_;
    std::map<tenant_id, call_rates> rates_ GUARDED_BY(rates_mutex_);

    base::mutex unsafe_mutex_;
    std::deque<unsafe_end> unsafe_ GUARDED_BY(unsafe_mutex_);
};

}  // namespace kinetide::engine
