#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>

#include <kinetide/metrics/protocol.hpp>

namespace kinetide::metrics {
namespace {

// Years that the clients' texts have.
constexpr instant epoch{0};
constexpr instant last_of_four_digits{253'402'300'799'999};

// Takes digits from the front of a text; once it has not found what it wanted, it finds nothing.
class scanner {
public:
    explicit scanner(std::string_view text) : rest_(text) {}

    int digits(std::size_t count) {
        int number = 0;
        const std::string_view taken = rest_.substr(0, count);
        const auto [end, error] =
            std::from_chars(taken.data(), taken.data() + taken.size(), number);
        good_ = good_ && taken.size() == count && number >= 0 && error == std::errc{} &&
                end == taken.data() + taken.size() && taken.front() != '-';
        rest_.remove_prefix(taken.size());
        return good_ ? number : 0;
    }
    bool skips(char c) {
        if (!rest_.starts_with(c)) return false;
        rest_.remove_prefix(1);
        return true;
    }
    void wants(char c) { good_ = skips(c) && good_; }
    // Of a second, as milliseconds; what is finer is cut off.
    int fraction() {
        int ms = 0;
        int scale = 100;
        while (!rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9') {
            ms += (rest_.front() - '0') * scale;
            scale /= 10;
            rest_.remove_prefix(1);
        }
        return ms;
    }
    [[nodiscard]] bool good_to_the_end() const { return good_ && rest_.empty(); }

private:
    std::string_view rest_;
    bool good_ = true;
};

int offset_minutes(scanner& in) {
    if (in.skips('Z')) return 0;
    const bool behind = in.skips('-');
    if (!behind && !in.skips('+')) return 0;
    const int hours = in.digits(2);
    in.skips(':');
    const int minutes = hours * 60 + in.digits(2);
    return behind ? -minutes : minutes;
}

}  // namespace

std::optional<instant> parse_time(std::string_view text) {
    using namespace std::chrono;
    scanner in(text);
    const int y = in.digits(4);
    in.wants('-');
    const auto m = static_cast<unsigned>(in.digits(2));
    in.wants('-');
    const auto d = static_cast<unsigned>(in.digits(2));
    in.wants('T');
    const int h = in.digits(2);
    in.wants(':');
    const int min = in.digits(2);
    in.wants(':');
    const int s = in.digits(2);
    const int ms = in.skips('.') ? in.fraction() : 0;
    const int offset = offset_minutes(in);
    const year_month_day date{year{y}, month{m}, day{d}};
    if (!in.good_to_the_end() || !date.ok() || h > 23 || min > 59 || s > 60) return std::nullopt;
    const auto since = sys_days{date}.time_since_epoch() + hours{h} + minutes{min - offset} +
                       seconds{s} + milliseconds{ms};
    const instant t{duration_cast<milliseconds>(since).count()};
    if (t < epoch || t > last_of_four_digits) return std::nullopt;
    return t;
}

std::string time_text(instant t) {
    using namespace std::chrono;
    const sys_seconds at{floor<seconds>(milliseconds{t.ms})};
    const auto midnight = floor<days>(at);
    const year_month_day date{midnight};
    const hh_mm_ss time{at - midnight};
    std::array<char, 64> out{};
    const int size = std::snprintf(
        out.data(),
        out.size(),
        "%04d-%02u-%02uT%02d:%02d:%02dZ",
        static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day()),
        static_cast<int>(time.hours().count()),
        static_cast<int>(time.minutes().count()),
        static_cast<int>(time.seconds().count()));
    return {out.data(), static_cast<std::size_t>(size)};
}

}  // namespace kinetide::metrics
