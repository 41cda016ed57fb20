#include <kinetide/base/avx2.hpp>

namespace kinetide {

#if defined(__x86_64__)

namespace {

bool ask_machine() {
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx2") != 0;
}

}  // namespace

bool has_avx2() {
    static const bool answer = ask_machine();
    return answer;
}

#else

bool has_avx2() { return false; }

#endif

}  // namespace kinetide
