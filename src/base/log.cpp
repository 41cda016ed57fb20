// The only file that includes spdlog and fmt, header-only: they cost seconds of compile time.
#define SPDLOG_HEADER_ONLY
#define FMT_HEADER_ONLY
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <kinetide/base/log.hpp>

#include <memory>
#include <string>

namespace kinetide::log {
namespace {

spdlog::level::level_enum to_spdlog(level l) {
    switch (l) {
        case level::trace: return spdlog::level::trace;
        case level::debug: return spdlog::level::debug;
        case level::info: return spdlog::level::info;
        case level::warn: return spdlog::level::warn;
        case level::error: return spdlog::level::err;
        case level::off: break;
    }
    return spdlog::level::off;
}

// Only what JSON demands; messages are ASCII or UTF-8 of our own making.
std::string json_escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '"' || c == '\\') out.push_back('\\');
        const bool control = static_cast<unsigned char>(c) < 0x20;
        out.push_back(control ? ' ' : c);
    }
    return out;
}

struct logger {
    std::shared_ptr<spdlog::logger> inner = std::make_shared<spdlog::logger>(
        "kinetide", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    format form = format::text;

    logger() { apply(level::info); }

    void apply(level least) const {
        inner->set_level(to_spdlog(least));
        inner->set_pattern(
            form == format::json ? R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l","message":"%v"})"
                                 : "%Y-%m-%dT%H:%M:%S.%eZ %l %v",
            spdlog::pattern_time_type::utc);
    }
};

logger& instance() {
    static logger one;
    return one;
}

}  // namespace

void configure(level least, format form) {
    instance().form = form;
    instance().apply(least);
}

bool enabled(level l) { return instance().inner->should_log(to_spdlog(l)); }

void write(level l, std::string_view message) {
    if (!enabled(l)) return;
    const bool json = instance().form == format::json;
    instance().inner->log(to_spdlog(l), json ? json_escaped(message) : std::string(message));
}

}  // namespace kinetide::log
