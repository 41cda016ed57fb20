#include <kinetide/server/health.hpp>

#include "fetch.hpp"

namespace kinetide::program {

std::string health_problem(const configuration& c, const file_reader& read_file) {
    const fetched page = fetch(c, read_file, "/health");
    if (!page.problem.empty() || page.has_status("200")) return page.problem;
    // It says so in plain words, which shows that it is well.
    if (c.tls == settings::tls_mode::only && page.has_status("400")) return {};
    return "answered " + page.answer.substr(0, page.answer.find('\r'));
}

}  // namespace kinetide::program
