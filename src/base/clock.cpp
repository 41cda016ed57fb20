#include <kinetide/base/clock.hpp>

#include <chrono>

namespace kinetide {

instant system_clock::now() const {
    using std::chrono::milliseconds;
    const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<milliseconds>(since_epoch).count()};
}

}  // namespace kinetide
