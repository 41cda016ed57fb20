#include "support/allocation_count.hpp"

#include <malloc.h>

#include <cstdlib>
#include <new>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define KINETIDE_SANITIZED
#endif
#endif

namespace {

thread_local std::int64_t count = 0;
thread_local std::int64_t held = 0;

#ifndef KINETIDE_SANITIZED
void* counted(std::size_t size) noexcept {
    void* const p = std::malloc(size);
    ++count;
    if (p != nullptr) held += static_cast<std::int64_t>(malloc_usable_size(p));
    return p;
}

void* counted_or_thrown(std::size_t size) {
    void* const p = counted(size);
    if (p == nullptr) throw std::bad_alloc();
    return p;
}

void given_back(void* p) noexcept {
    if (p != nullptr) held -= static_cast<std::int64_t>(malloc_usable_size(p));
    std::free(p);
}
#endif

}  // namespace

#ifndef KINETIDE_SANITIZED
void* operator new(std::size_t size) { return counted_or_thrown(size); }
void* operator new[](std::size_t size) { return counted_or_thrown(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return counted(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return counted(size); }
void operator delete(void* p) noexcept { given_back(p); }
void operator delete[](void* p) noexcept { given_back(p); }
void operator delete(void* p, std::size_t) noexcept { given_back(p); }
void operator delete[](void* p, std::size_t) noexcept { given_back(p); }
void operator delete(void* p, const std::nothrow_t&) noexcept { given_back(p); }
void operator delete[](void* p, const std::nothrow_t&) noexcept { given_back(p); }
#endif

namespace kinetide::testing {

std::int64_t allocations() { return count; }
std::int64_t bytes_held() { return held; }

}  // namespace kinetide::testing
