#include <charconv>
#include <vector>

#include "put_body.hpp"
#include "rising.hpp"
#include "scenario.hpp"
#include "text.hpp"

namespace kinetide::load {
namespace {

std::size_t index_of(std::string_view shard, const answer& a) {
    constexpr std::string_view prefix = "shardId-";
    std::size_t index = 0;
    const char* const end = shard.data() + shard.size();
    if (!shard.starts_with(prefix) ||
        std::from_chars(shard.data() + prefix.size(), end, index).ptr != end) {
        throw wrong_answer("a record without ShardId", a);
    }
    return index;
}

class puts final : public scenario {
public:
    explicit puts(const options& o)
        : records_(o.records),
          cbor_(o.cbor),
          fixed_(o.fixed),
          last_(std::size_t{o.connections} * o.streams) {
        // Enough of them that no cache of the server's learns them.
        const int count = o.records == 1 ? 512 : o.records <= 20 ? 64 : 8;
        for (int i = 0; i < count; ++i) pool_.push_back(put_request(o, records_));
    }

    const request& next(unsigned) override {
        next_ = (next_ + 1) % pool_.size();
        return pool_[next_];
    }

    std::size_t check(unsigned slot, const answer& a) override {
        if (a.status != 200) throw wrong_answer("a put is refused", a);
        std::string_view failures = a.body;
        // It is the first member or the last, so that looking for it costs nothing, or little.
        if (records_ > 1 && take_number(failures, "FailedRecordCount", cbor_) != 0) {
            throw wrong_answer("FailedRecordCount is not 0", a);
        }
        // Of large answers each eighth is read, and the others must be as long.
        constexpr unsigned read_each = 8;
        const bool skip = records_ > 100 && a.size == whole_size_ && ++unread_ % read_each != 0;
        if (skip) return records_;
        check_records(last_[slot], a);
        whole_size_ = a.size;
        return records_;
    }

private:
    void check_records(rising& last, const answer& a) {
        std::string_view numbers = a.body;
        std::string_view shards = a.body;
        for (unsigned i = 0; i < records_; ++i) {
            const auto number = take_text(numbers, "SequenceNumber", cbor_);
            const std::size_t shard = index_of(take_text(shards, "ShardId", cbor_), a);
            if (fixed_) last.forget();
            if (!last.above(shard, number)) throw wrong_answer("a number that does not rise", a);
        }
        if (!take_text(numbers, "SequenceNumber", cbor_).empty()) {
            throw wrong_answer("more records than were put", a);
        }
    }

    const unsigned records_;
    const bool cbor_;
    const bool fixed_;
    std::vector<request> pool_;
    std::size_t next_ = 0;
    std::vector<rising> last_;  // of each slot
    std::size_t whole_size_ = 0;
    unsigned unread_ = 0;
};

}  // namespace

std::unique_ptr<scenario> put_scenario(const options& o) { return std::make_unique<puts>(o); }

}  // namespace kinetide::load
