#include "support/fake_journal.hpp"

namespace kinetide::testing {

bool fake_journal::write(const engine::change& c, engine::journal_position& at) {
    const std::lock_guard lock(mutex_);
    if (failed_) return false;
    kept k;
    k.c = c;
    if (const auto* records = std::get_if<engine::records_appended>(&c)) {
        k.stream = *records->stream;
        for (auto i = records->first; i != engine::put_entry::none; i = records->entries[i].next) {
            engine::put_entry e = records->entries[i];
            if (e.partition_key) e.partition_key = k.bytes.emplace_back(*e.partition_key);
            e.data = blob_view(std::string_view(k.bytes.emplace_back(e.data.as_text())));
            e.next = static_cast<std::uint32_t>(k.entries.size() + 1);
            k.entries.push_back(e);
        }
        k.entries.back().next = engine::put_entry::none;
    }
    kept_.push_back(std::move(k));
    at = kept_.size();
    return true;
}

engine::change fake_journal::kept::view() const {
    engine::change copy = c;
    if (auto* records = std::get_if<engine::records_appended>(&copy)) {
        records->stream = &stream;
        records->entries = entries;
        records->first = 0;
    }
    return copy;
}

bool fake_journal::is_safe(engine::journal_position at) const {
    const std::lock_guard lock(mutex_);
    return at <= safe_;
}

engine::journal_position fake_journal::make_safe() {
    const std::lock_guard lock(mutex_);
    safe_ = kept_.size();
    return safe_;
}

void fake_journal::fail_from_now_on() {
    const std::lock_guard lock(mutex_);
    failed_ = true;
}

}  // namespace kinetide::testing
