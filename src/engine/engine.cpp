#include <kinetide/engine/engine.hpp>

#include <algorithm>
#include <limits>
#include <utility>

#include "block_memory.hpp"

namespace kinetide::engine {
namespace {

constexpr std::int64_t nothing_due = std::numeric_limits<std::int64_t>::max();

// nullptr for what changes an account.
const stream_id* stream_of(const change& c) {
    return std::visit(
        [](const auto& one) -> const stream_id* {
            using kind = std::decay_t<decltype(one)>;
            if constexpr (std::is_same_v<kind, commitment_changed>) {
                return nullptr;
            } else if constexpr (std::is_same_v<kind, records_appended>) {
                return one.stream;
            } else {
                return &one.stream;
            }
        },
        c);
}

}  // namespace

engine::engine(options o, const clock& c, journal_port* journal)
    : options_(o),
      clock_(c),
      journal_(journal),
      chance_(o.seed),
      signer_(chance_.secret()),
      memory_(std::make_shared<block_memory>()),
      earliest_due_ms_(nothing_due) {}

// Streams go with it, and nobody waits for their memory.
engine::~engine() { memory_->stop_keeping(); }

std::shared_ptr<stream> engine::find(const tenant_id& who, std::string_view name) const {
    const base::read_guard lock(tenants_mutex_);
    const auto tenant = tenants_.find(who);
    if (tenant == tenants_.end()) return nullptr;
    const auto it = tenant->second.streams.find(name);
    return it == tenant->second.streams.end() ? nullptr : it->second;
}

std::shared_ptr<stream> engine::find(const stream_id& id) const {
    auto s = find(id.tenant, id.name);
    return s && s->id().generation == id.generation ? s : nullptr;
}

std::vector<std::shared_ptr<stream>> engine::list(
    const tenant_id& who, std::string_view after, std::size_t count_max) const {
    const base::read_guard lock(tenants_mutex_);
    std::vector<std::shared_ptr<stream>> found;
    const auto tenant = tenants_.find(who);
    if (tenant == tenants_.end()) return found;
    const auto& streams = tenant->second.streams;
    for (auto it = streams.upper_bound(after); it != streams.end(); ++it) {
        if (found.size() == count_max) break;
        found.push_back(it->second);
    }
    return found;
}

std::size_t engine::stream_count() const {
    const base::read_guard lock(tenants_mutex_);
    std::size_t count = 0;
    for (const auto& [who, t] : tenants_) count += t.streams.size();
    return count;
}

std::vector<std::shared_ptr<stream>> engine::every_stream(std::size_t count_max) const {
    const base::read_guard lock(tenants_mutex_);
    std::vector<std::shared_ptr<stream>> found;
    for (const auto& [who, t] : tenants_) {
        for (const auto& [name, s] : t.streams) {
            if (found.size() == count_max) return found;
            found.push_back(s);
        }
    }
    return found;
}

std::uint64_t engine::next_generation(const control_lock&, const tenant_id& who) {
    const base::read_guard lock(tenants_mutex_);
    const auto tenant = tenants_.find(who);
    const std::uint64_t creations = tenant == tenants_.end() ? 0 : tenant->second.creations;
    return chance_.draw(who.account_id + who.region, 0, creations);
}

bool engine::commit(const control_lock&, const change& c, journal_position& at) {
    if (journal_ != nullptr) {
        journal_position written = 0;
        if (!journal_->write(c, written)) return false;
        at = std::max(at, written);
    }
    apply(c);
    return true;
}

void engine::apply(const change& c) {
    if (const auto* account = std::get_if<commitment_changed>(&c)) {
        const base::write_guard lock(tenants_mutex_);
        tenants_[account->tenant].commitment = account->commitment;
        return;
    }
    apply_to_stream(*stream_of(c), c);
}

void engine::apply_to_stream(const stream_id& id, const change& c) {
    if (const auto* created = std::get_if<stream_created>(&c)) {
        auto s = std::make_shared<stream>(*created, options_.limits, memory_);
        {
            const base::write_guard lock(tenants_mutex_);
            tenancy& t = tenants_[id.tenant];
            ++t.creations;
            t.streams.insert_or_assign(id.name, s);
        }
        plan(s);
        return;
    }
    const auto s = find(id);
    if (!s) return;
    const bool ends =
        std::holds_alternative<stream_settled>(c) && s->status() == stream_status::deleting;
    if (ends) {
        {
            const base::write_guard lock(tenants_mutex_);
            tenants_[id.tenant].streams.erase(id.name);
        }
        unplan(*s);
        return;
    }
    std::visit(
        [&](const auto& one) {
            using kind = std::decay_t<decltype(one)>;
            constexpr bool elsewhere =
                std::is_same_v<kind, stream_created> || std::is_same_v<kind, commitment_changed>;
            if constexpr (!elsewhere) s->apply(one);
        },
        c);
    plan(s);
}

billing_commitment engine::commitment(const tenant_id& who) const {
    const base::read_guard lock(tenants_mutex_);
    const auto tenant = tenants_.find(who);
    return tenant == tenants_.end() ? billing_commitment{} : tenant->second.commitment;
}

bool engine::admit_call(const tenant_id& who, std::string_view operation, std::int64_t per_second) {
    if (options_.limits == limits_profile::relaxed) return true;
    call_rates* rates = nullptr;
    {
        const base::lock_guard lock(rates_mutex_);
        rates = &rates_[who];  // stays where it is
    }
    return rates->admit(operation, per_second, now());
}

bool engine::put(
    const std::shared_ptr<stream>& s,
    std::span<put_entry> entries,
    std::span<put_result> results,
    journal_position& answer_after,
    fresh_memory* wanted) {
    const instant t = now();
    std::vector<unsafe_end> waiting;
    if (!s->put(entries, results, t, journal_, waiting, wanted)) return false;
    for (auto& w : waiting) {
        answer_after = std::max(answer_after, w.at);
        const base::lock_guard lock(unsafe_mutex_);
        unsafe_.push_back(std::move(w));
    }
    // The journal may have become safe between the write and this listing.
    if (answer_after != 0 && journal_->is_safe(answer_after)) make_visible(answer_after);
    if (s->plan_after_put(entries, results, t)) plan(s);
    return true;
}

void engine::make_visible(journal_position at) {
    const base::lock_guard lock(unsafe_mutex_);
    // Several puts may list themselves out of order; few wait at any time.
    for (const auto& w : unsafe_) {
        if (w.at <= at) w.where->make_visible(w.end_counter);
    }
    std::erase_if(unsafe_, [&](const unsafe_end& w) { return w.at <= at; });
}

void engine::keep_spare_memory(std::function<void()> spared) { memory_->keep(std::move(spared)); }
spare_memory engine::return_spare_memory() { return memory_->return_unneeded(); }

std::int64_t engine::block_bytes() const { return memory_->held_bytes(); }

void engine::plan(const std::shared_ptr<stream>& s) {
    const auto due = s->next_due();
    if (!due) return;
    bool earlier = false;
    {
        const base::lock_guard lock(due_mutex_);
        // A put may end behind its stream: nothing is due of one that is gone.
        if (find(s->id()) != s) return;
        const auto planned = planned_.find(s.get());
        if (planned != planned_.end()) {
            // One look at a stream serves all that is due, and plans it anew.
            if (planned->second->first <= due->ms) return;
            due_.erase(planned->second);
        }
        planned_[s.get()] = due_.emplace(due->ms, s);
        earlier = due->ms < earliest_due_ms_;
        if (earlier) earliest_due_ms_ = due->ms;
    }
    if (earlier && due_moved_) due_moved_();
}

void engine::unplan(const stream& s) {
    const base::lock_guard lock(due_mutex_);
    const auto planned = planned_.find(&s);
    if (planned == planned_.end()) return;
    due_.erase(planned->second);
    planned_.erase(planned);
}

std::optional<instant> engine::next_due() const {
    const std::int64_t ms = earliest_due_ms_.load(std::memory_order_acquire);
    if (ms == nothing_due) return std::nullopt;
    return instant{ms};
}

void engine::run_due() {
    // The usual case on the data path: one load.
    const instant t = now();
    if (earliest_due_ms_.load(std::memory_order_acquire) > t.ms) return;

    const control_lock held = control();
    std::vector<std::shared_ptr<stream>> ready;
    {
        const base::lock_guard lock(due_mutex_);
        while (!due_.empty() && due_.begin()->first <= t.ms) {
            if (auto s = due_.begin()->second.lock()) {
                planned_.erase(s.get());
                ready.push_back(std::move(s));
            }
            due_.erase(due_.begin());
        }
    }
    for (const auto& s : ready) run_due_of(held, s, t);
    // Only now: whoever comes meanwhile waits for the control lock, and sees all of it done.
    bool is_more = false;
    {
        const base::lock_guard lock(due_mutex_);
        is_more = !due_.empty();
        earliest_due_ms_ = is_more ? due_.begin()->first : nothing_due;
    }
    if (is_more && due_moved_) due_moved_();
}

}  // namespace kinetide::engine
