// How readers sleep on shards and are woken.
//
// A reader that has read to the tip sleeps on its shard's *watch*: one for each worker that has
// readers there.  What makes records visible rings the watches that are armed and disarms them:
// nothing when nobody sleeps, at most one call of a worker until that has run, and never a walk
// over readers.  The worker then wakes those of its readers that sleep on shards that rang.
//
// Locks: a shard's, then a watchman's.  Readers are linked and unlinked on their worker's thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>

#include <kinetide/base/mutex.hpp>

namespace kinetide::engine {

class shard;
class watchman;

// Calls a worker.
class alarm {
public:
    virtual ~alarm() = default;
    // Any thread, with a shard's lock held: neither allocates nor waits.  What it leads to is
    // watchman::wake() on the worker's thread, once for all rings since that last began.
    virtual void ring() = 0;
};

// A place in a ring of them: alone, or in a list whose head is such a place too.
class list_link {
public:
    list_link() = default;
    ~list_link() { leave(); }
    list_link(const list_link&) = delete;
    list_link& operator=(const list_link&) = delete;

    [[nodiscard]] bool alone() const { return after_ == this; }
    [[nodiscard]] list_link* after() const { return after_; }
    void join(list_link& head);
    void leave();
    // All of the other list, behind what is here.
    void take_over(list_link& head);

private:
    list_link* before_ = this;
    list_link* after_ = this;
};

// A reader that may sleep.  All on its worker's thread; one that goes away is forgotten.
class sleeper : private list_link {
public:
    sleeper() = default;
    virtual ~sleeper() = default;
    sleeper(const sleeper&) = delete;
    sleeper& operator=(const sleeper&) = delete;

    // It sleeps no longer.  May destroy any reader, itself included.
    virtual void woken() = 0;
    void stay_awake() { leave(); }

private:
    friend class watchman;
    friend class watch;
};

// Where one worker's readers sleep on one shard.
class watch {
public:
    watch(watchman& of, std::shared_ptr<shard> on) : of_(of), on_(std::move(on)) {}
    void put_to_sleep(sleeper& s);

private:
    friend class watch_list;
    friend class watchman;

    watchman& of_;
    const std::shared_ptr<shard> on_;
    list_link sleepers_;          // the worker's thread
    std::size_t users_ = 0;       // the worker's thread
    watch* next_ = nullptr;       // the shard's lock
    bool armed_ = false;          // the shard's lock
    watch* next_rung_ = nullptr;  // the watchman's lock
    bool rung_ = false;           // the watchman's lock
};

// A shard's watches, as many as workers have readers there.  The shard's lock guards it.
class watch_list {
public:
    void add(watch& w);
    void remove(watch& w);
    void arm(watch& w);
    // Those with readers that wait for records.
    void ring() {
        if (armed_ != 0) ring_armed();
    }
    void ring_all();

private:
    void ring_armed();

    watch* first_ = nullptr;
    std::uint32_t armed_ = 0;
};

// One worker's watches.
class watchman {
public:
    // `a` outlives it.
    explicit watchman(alarm& a) : alarm_(a) {}
    watchman(const watchman&) = delete;
    watchman& operator=(const watchman&) = delete;

    // On the worker's thread.  A watch lives until as many have left it as have entered.
    watch& enter(const std::shared_ptr<shard>& on);
    void leave(watch& w);
    // Wakes who sleeps on the shards that rang.
    void wake();
    void wake_all();

private:
    friend class watch_list;
    void rang(watch& w);
    void forget(watch& w);
    void collect_rung();
    void wake_collected();

    alarm& alarm_;
    std::map<const shard*, watch> watches_;
    list_link waking_;
    base::mutex mutex_;
    watch* rung_ GUARDED_BY(mutex_) = nullptr;
};

}  // namespace kinetide::engine
