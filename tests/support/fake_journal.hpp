// A journal that a test holds in its hand: it keeps what it is given, makes it safe when told to,
// fails when told to, and can lose what was not safe, as a power cut would.
#pragma once

#include <deque>
#include <kinetide/engine/journal_port.hpp>
#include <mutex>
#include <string>
#include <vector>

namespace kinetide::testing {

class fake_journal final : public engine::journal_port {
public:
    bool write(const engine::change& c, engine::journal_position& at) override;
    [[nodiscard]] bool is_safe(engine::journal_position at) const override;

    // Everything written so far is on the disk; the engine is to be told by its make_visible().
    engine::journal_position make_safe();
    void fail_from_now_on();

    // The changes that a power cut leaves, in order, to be applied to a new engine.
    template <class Apply>
    void recover(Apply apply) const {
        for (std::size_t i = 0; i < safe_; ++i) apply(kept_[i].view());
    }

private:
    // A change that owns what it views.
    struct kept {
        engine::change c;
        engine::stream_id stream;
        std::deque<std::string> bytes;
        std::vector<engine::put_entry> entries;
        [[nodiscard]] engine::change view() const;
    };

    mutable std::mutex mutex_;
    std::deque<kept> kept_;
    std::size_t safe_ = 0;
    bool failed_ = false;
};

}  // namespace kinetide::testing
