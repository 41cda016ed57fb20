// Joins transport, codecs, operations and engine: every request that passed the guard ends here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <kinetide/base/clock.hpp>
#include <kinetide/engine/options.hpp>
#include <kinetide/http/message.hpp>
#include <kinetide/service/initial_stream.hpp>

namespace kinetide::service {

// any: a request must be signed in a well-formed way, by any key.  off: unsigned ones pass too.
enum class auth_mode { any, off };

// What is due by the engine's clock, and memory that goes back when nobody needed it.
enum class timer { due, spare_memory };

struct options {
    engine::options engine;
    auth_mode auth = auth_mode::any;
    std::string account_id = "000000000000";  // when the access key is not one
    std::string region = "us-east-1";         // when the request names none
    std::string version;                      // shown by /health
    std::vector<initial_stream> streams;      // made by create_streams()
    // How often puts and gets are throttled for no reason, from 0 to 1.
    double error_probability = 0;
    // Runs a task after real milliseconds, replacing the one before of that timer.  Empty: nobody
    // waits, what is due runs with the next call, and no memory is kept.
    std::function<void(timer which, std::int64_t delay_ms, std::function<void()> task)> run_after;
    // What clients have to trust, PEM; empty where there is nothing of our own.
    std::function<std::string()> authority_pem;
};

// Any thread may serve.
class service final : public http::handler {
public:
    service(options o, const clock& c);
    ~service() override;
    service(const service&) = delete;
    service& operator=(const service&) = delete;

    // Once, before the first request: makes the streams of the options.  Throws
    // std::runtime_error with one line that says which one is refused and why.
    void create_streams();

    // For whoever moves the clock, behind it: what hangs on its time is judged again, here and on
    // the workers.
    void clock_moved();

    void serve(http::exchange& e) override;

private:
    class impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace kinetide::service
