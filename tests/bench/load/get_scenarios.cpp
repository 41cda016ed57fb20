#include <stdexcept>
#include <string>
#include <vector>

#include "page_check.hpp"
#include "scenario.hpp"
#include "text.hpp"

namespace kinetide::load {
namespace {

request get_request(const options& o, std::string_view iterator, unsigned limit) {
    std::string body = R"({"ShardIterator":")" + std::string(iterator) + '"';
    if (limit > 0) body += R"(,"Limit":)" + std::to_string(limit);
    return {o.path, kinesis, "GetRecords", body + '}'};
}

void check_status(const answer& a) {
    if (a.status != 200) throw wrong_answer("GetRecords is refused", a);
}

const std::string& iterator_of(const options& o, unsigned slot) {
    if (o.iterators.empty()) throw std::runtime_error("this scenario wants --iterators");
    return o.iterators[slot % o.iterators.size()];
}

// The same large page again and again.  Each eighth is read whole; of the others the length is
// held against it and the bytes are not copied, so that copying is not what is measured.
class same_page final : public scenario {
public:
    explicit same_page(const options& o) : records_(o.records), record_bytes_(o.record_bytes) {
        const unsigned slots = o.connections * o.streams;
        for (unsigned i = 0; i < slots; ++i) {
            requests_.push_back(get_request(o, iterator_of(o, i), records_));
        }
    }

    const request& next(unsigned slot) override {
        constexpr unsigned read_each = 8;
        requests_[slot].unread_size = ++asked_ % read_each == 0 ? 0 : size_;
        return requests_[slot];
    }

    std::size_t check(unsigned, const answer& a) override {
        check_status(a);
        if (!a.read) return records_;
        rising numbers;
        if (records_in(a, record_bytes_, numbers) != records_) {
            throw wrong_answer("a page of other records", a);
        }
        size_ = a.size;
        return records_;
    }

private:
    const unsigned records_;
    const unsigned record_bytes_;
    std::vector<request> requests_;
    std::size_t size_ = 0;
    unsigned asked_ = 0;
};

// Page after page, each by the iterator of the one before; from the start again at the tip.  With
// no records wanted, it stays at the tip and must find none.
class pages final : public scenario {
public:
    explicit pages(const options& o) : o_(o) {
        const unsigned slots = o.connections * o.streams;
        for (unsigned i = 0; i < slots; ++i) {
            readers_.push_back({get_request(o, iterator_of(o, i), o.records), {}, true});
        }
    }

    const request& next(unsigned slot) override { return readers_[slot].ask; }

    std::size_t check(unsigned slot, const answer& a) override {
        check_status(a);
        reader& r = readers_[slot];
        std::string_view rest = a.body;
        // Before or behind the records; both are looked at without reading all of a page.
        const std::string_view iterator = take_text(rest, "NextShardIterator", false);
        if (iterator.empty()) throw wrong_answer("no NextShardIterator", a);
        if (o_.fixed) r.numbers.forget();
        const std::size_t records = records_in(a, o_.record_bytes, r.numbers);
        const bool at_tip = records < o_.records;
        if (o_.records == 0 ? records > 0 : r.first && at_tip) {
            throw wrong_answer("a page of other records", a);
        }
        r.first = o_.records > 0 && at_tip;
        if (r.first) r.numbers.forget();
        if (!o_.fixed) {
            r.ask = get_request(o_, r.first ? iterator_of(o_, slot) : iterator, o_.records);
        }
        return records;
    }

private:
    struct reader {
        request ask;
        rising numbers;
        bool first;  // page of a way through the shard
    };
    const options o_;
    std::vector<reader> readers_;
};

}  // namespace

std::unique_ptr<scenario> same_page_scenario(const options& o) {
    return std::make_unique<same_page>(o);
}
std::unique_ptr<scenario> pages_scenario(const options& o) { return std::make_unique<pages>(o); }

}  // namespace kinetide::load
