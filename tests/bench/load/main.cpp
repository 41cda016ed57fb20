// load run|latency|subscribe|touch|start ...: prints one line of JSON, or says on stderr why not.

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include "closed_loop.hpp"
#include "options.hpp"
#include "page_touch.hpp"
#include "put_to_get.hpp"
#include "start_time.hpp"
#include "subscriber.hpp"

namespace kinetide::load {
namespace {

void common(CLI::App& to, options& o) {
    to.add_option("--port", o.port)->required();
    to.add_option("--stream", o.stream);
    to.add_option("--record-bytes", o.record_bytes);
    to.add_option("--iterator", o.iterators);
    to.add_option("--seconds", o.seconds);
    to.add_option("--warmup", o.warmup_seconds);
    to.add_option("--patience", o.patience_seconds);
    to.add_option("--idle", o.idle);
    to.add_option("--process", o.processes);
}

void closed_loop_options(CLI::App& to, options& o) {
    common(to, o);
    to.add_option("--scenario", o.scenario)->required();
    to.add_option("--path", o.path);
    to.add_option("--connections", o.connections)->check(CLI::Range(1, 10'000));
    to.add_option("--streams", o.streams)->check(CLI::Range(1, 1'000));
    to.add_option("--records", o.records);
    to.add_option("--requests", o.requests);
    to.add_option("--burst", o.burst);
    to.add_option("--burst-ms", o.burst_ms);
    to.add_flag("--tls", o.tls);
    to.add_flag("--http2", o.http2);
    to.add_flag("--cbor", o.cbor);
    to.add_flag("--fixed", o.fixed);
}

nlohmann::json run(int count, char** arguments) {
    CLI::App app("Sends requests and checks each answer.");
    app.require_subcommand(1);
    options o;
    unsigned gigabytes = 3;
    unsigned starts = 9;
    std::vector<std::string> command;
    CLI::App& loop = *app.add_subcommand("run", "A closed loop of one scenario.");
    closed_loop_options(loop, o);
    CLI::App& latency = *app.add_subcommand("latency", "From a put to its get.");
    common(latency, o);
    latency.add_option("--rate", o.rate);
    CLI::App& subscribe = *app.add_subcommand("subscribe", "One subscriber's way to the tip.");
    common(subscribe, o);
    subscribe.add_option("--consumer", o.consumer)->required();
    subscribe.add_option("--shard", o.shard);
    subscribe.add_option("--records", o.records)->required();
    CLI::App& touch = *app.add_subcommand("touch", "Touch fresh memory.");
    touch.add_option("--gigabytes", gigabytes);
    CLI::App& start = *app.add_subcommand("start", "From exec to the first answer.");
    start.add_option("--port", o.port)->required();
    start.add_option("--starts", starts);
    start.add_option("command", command)->required();
    try {
        app.parse(count, arguments);
    } catch (const CLI::ParseError& e) {
        std::exit(app.exit(e));
    }
    if (loop.parsed()) return run_closed_loop(o);
    if (latency.parsed()) return run_put_to_get(o);
    if (subscribe.parsed()) return run_subscriber(o);
    if (touch.parsed()) return touch_pages(gigabytes);
    return run_starts(o.port, starts, command);
}

}  // namespace
}  // namespace kinetide::load

int main(int count, char** arguments) {
    try {
        const std::string told = kinetide::load::run(count, arguments).dump();
        std::puts(told.c_str());
        return 0;
    } catch (const std::exception& e) {
        std::fprintf(stderr, "error: %s\n", e.what());
        return 1;
    }
}
