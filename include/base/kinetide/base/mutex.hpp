// std::mutex and its lock, with clang's thread-safety annotations: a guarded member that is touched
// without its lock does not compile under clang.
#pragma once

#include <mutex>
#include <shared_mutex>

#if defined(__clang__)
#define KINETIDE_THREAD_ANNOTATION(x) __attribute__((x))
#else
#define KINETIDE_THREAD_ANNOTATION(x)
#endif

#define GUARDED_BY(x) KINETIDE_THREAD_ANNOTATION(guarded_by(x))
#define REQUIRES(...) KINETIDE_THREAD_ANNOTATION(requires_capability(__VA_ARGS__))
#define REQUIRES_SHARED(...) KINETIDE_THREAD_ANNOTATION(requires_shared_capability(__VA_ARGS__))
#define EXCLUDES(...) KINETIDE_THREAD_ANNOTATION(locks_excluded(__VA_ARGS__))

namespace kinetide::base {

class KINETIDE_THREAD_ANNOTATION(capability("mutex")) mutex {
public:
    void lock() KINETIDE_THREAD_ANNOTATION(acquire_capability()) { inner_.lock(); }
    void unlock() KINETIDE_THREAD_ANNOTATION(release_capability()) { inner_.unlock(); }

private:
    std::mutex inner_;
};

class KINETIDE_THREAD_ANNOTATION(scoped_lockable) lock_guard {
public:
    explicit lock_guard(mutex& m) KINETIDE_THREAD_ANNOTATION(acquire_capability(m)) : m_(m) {
        m_.lock();
    }
    ~lock_guard() KINETIDE_THREAD_ANNOTATION(release_capability()) { m_.unlock(); }
    lock_guard(const lock_guard&) = delete;
    lock_guard& operator=(const lock_guard&) = delete;

private:
    mutex& m_;
};

class KINETIDE_THREAD_ANNOTATION(capability("shared_mutex")) shared_mutex {
public:
    void lock() KINETIDE_THREAD_ANNOTATION(acquire_capability()) { inner_.lock(); }
    void unlock() KINETIDE_THREAD_ANNOTATION(release_capability()) { inner_.unlock(); }
    void lock_shared() KINETIDE_THREAD_ANNOTATION(acquire_shared_capability()) {
        inner_.lock_shared();
    }
    void unlock_shared() KINETIDE_THREAD_ANNOTATION(release_shared_capability()) {
        inner_.unlock_shared();
    }

private:
    std::shared_mutex inner_;
};

class KINETIDE_THREAD_ANNOTATION(scoped_lockable) write_guard {
public:
    explicit write_guard(shared_mutex& m) KINETIDE_THREAD_ANNOTATION(acquire_capability(m))
        : m_(m) {
        m_.lock();
    }
    ~write_guard() KINETIDE_THREAD_ANNOTATION(release_capability()) { m_.unlock(); }
    write_guard(const write_guard&) = delete;
    write_guard& operator=(const write_guard&) = delete;

private:
    shared_mutex& m_;
};

class KINETIDE_THREAD_ANNOTATION(scoped_lockable) read_guard {
public:
    explicit read_guard(shared_mutex& m) KINETIDE_THREAD_ANNOTATION(acquire_shared_capability(m))
        : m_(m) {
        m_.lock_shared();
    }
    ~read_guard() KINETIDE_THREAD_ANNOTATION(release_capability()) { m_.unlock_shared(); }
    read_guard(const read_guard&) = delete;
    read_guard& operator=(const read_guard&) = delete;

private:
    shared_mutex& m_;
};

}  // namespace kinetide::base
