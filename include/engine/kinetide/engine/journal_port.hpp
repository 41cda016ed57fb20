// What the engine needs of a journal.  Without one, every change is safe at once.
#pragma once

#include <cstdint>

#include <kinetide/engine/change.hpp>

namespace kinetide::engine {

// Rises with every change written.  0: nothing to wait for.
using journal_position = std::uint64_t;

class journal_port {
public:
    virtual ~journal_port() = default;

    // Called under the lock of what changes, so that the journal's order is the object's order.
    // Does not wait for the disk.  False when the journal has failed: then nothing changes.
    virtual bool write(const change& c, journal_position& at) = 0;

    // Whether all up to `at` is safe already.
    [[nodiscard]] virtual bool is_safe(journal_position at) const = 0;
};

}  // namespace kinetide::engine
