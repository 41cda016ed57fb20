// Memory that records will soon need and the system has not given yet.  Being given a page takes
// longer than filling it, so a put only notes what it will want next; whoever has put asks for it
// when the answer is on its way.  Never asking is no error: then each page comes when it is
// touched.
//
// One thread at a time.  It keeps the blocks that it is of.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

namespace kinetide::engine {

class block;

class fresh_memory {
public:
    void want(std::shared_ptr<const block> of, std::size_t begin, std::size_t end);
    [[nodiscard]] bool empty() const { return wanted_.empty(); }
    // Asks the system for all of it.  Takes no lock.
    void ask() const;

private:
    struct piece {
        std::shared_ptr<const block> of;
        std::size_t begin;
        std::size_t end;
    };
    std::vector<piece> wanted_;
};

}  // namespace kinetide::engine
