// The engine's state as text, for tests that show that nothing changed and for people that look.

#include <array>
#include <sstream>

#include <kinetide/engine/engine.hpp>

namespace kinetide::engine {
namespace {

std::string text_of(hash_key k) {
    std::array<char, hash_key::text_bytes_max> digits{};
    return {digits.data(), k.write_text(digits.data())};
}

void write(std::ostream& out, const tag_list& tags) {
    for (const auto& [key, value] : tags)
        out << " tag " << key.size() << ':' << key << '=' << value;
}

void write(std::ostream& out, const stream_settings& s) {
    out << " mode=" << static_cast<int>(s.mode) << " strategy=" << static_cast<int>(s.strategy)
        << " retention_hours=" << s.retention_hours << " record_kib_max=" << s.record_kib_max
        << " encryption=" << static_cast<int>(s.encryption) << " key=" << s.key_id
        << " metrics=" << static_cast<int>(s.metrics.bits) << " warm=" << s.warm_mib_per_s;
}

void write(std::ostream& out, const record_view& r) {
    out << "      " << r.number.text() << ' ' << r.arrival.ms << ' '
        << static_cast<int>(r.encryption);
    if (r.partition_key) out << " key=" << *r.partition_key;
    out << " data=" << r.data.size << ':' << r.data.as_text() << '\n';
}

void write(std::ostream& out, const shard& s, instant now) {
    const shard_birth& b = s.birth();
    out << "    shard " << b.id.text() << ' ' << text_of(b.range.start) << '-'
        << text_of(b.range.end) << " opened=" << b.opened.ms << " creation_s=" << b.creation_s;
    if (b.parent) out << " parent=" << b.parent->text();
    if (b.adjacent_parent) out << " adjacent_parent=" << b.adjacent_parent->text();
    if (const auto c = s.closing()) out << " closed=" << c->at.ms << '/' << c->time_s;
    out << " visible=" << s.latest() << " appended=" << s.appended_end() << '\n';
    constexpr std::uint64_t page_records = 1000;
    for (std::uint64_t position = 0;;) {
        const read_result read = s.peek(position, {page_records}, now, instant{});
        page::cursor cursor(read.records);
        for (record_view r; cursor.next(r);) write(out, r);
        if (read.records.size() == 0) return;
        position = read.next_position;
    }
}

void write(std::ostream& out, const consumer& c) {
    out << "    consumer " << c.name << " created=" << c.created.ms
        << " status=" << static_cast<int>(c.status) << " settles=" << c.settles_at.ms;
    write(out, c.tags);
    out << " policy=" << c.policy << '\n';
}

void write(std::ostream& out, const stream& s, instant now) {
    out << "  stream " << s.id().name << " generation=" << s.id().generation
        << " created=" << s.created().ms << " status=" << static_cast<int>(s.status());
    write(out, s.settings());
    write(out, s.tags());
    out << " policy=" << s.policy();
    for (std::size_t q = 0; q < daily_quota_count; ++q) {
        out << " used=" << s.used_today(static_cast<daily_quota>(q), now);
    }
    for (const peak_seen& p : s.peaks()) out << " peak=" << p.at.ms << '/' << p.shards;
    out << '\n';
    constexpr std::size_t all = 1'000'000;
    for (const consumer& c : s.consumers().list("", all)) write(out, c);
    for (const auto& one : s.shards()) write(out, *one, now);
}

}  // namespace

std::string engine::dump() const {
    std::ostringstream out;
    const instant t = now();
    const base::read_guard lock(tenants_mutex_);
    for (const auto& [who, tenant] : tenants_) {
        const billing_commitment& b = tenant.commitment;
        out << "account " << who.account_id << ' ' << who.region << " created=" << tenant.creations;
        if (b.started_at) out << " committed=" << b.started_at->ms << '/' << b.earliest_end.ms;
        if (b.ends_at) out << " until=" << b.ends_at->ms;
        out << '\n';
        for (const auto& [name, s] : tenant.streams) write(out, *s, t);
    }
    return out.str();
}

}  // namespace kinetide::engine
