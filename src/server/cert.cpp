#include <kinetide/server/cert.hpp>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <system_error>

#include "fetch.hpp"
#include "tls_options.hpp"
#include "truststore.hpp"

namespace kinetide::program {
namespace {

// Never one of our own: it would be another one than the server shows.
std::string authority_pem(const configuration& c, const file_reader& read_file) {
    if (!c.tls_dir.empty()) return http::authority_kept_in(tls_options_of(c));
    const fetched page = fetch(c, read_file, "/_kinetide/ca.pem");
    const std::string remedy = ": start it, or name the --tls-dir that it is to use";
    if (!page.problem.empty())
        throw std::runtime_error("no server (" + page.problem + ")" + remedy);
    if (page.has_status("200")) return std::string(page.body());
    throw std::runtime_error(
        "the server has no certificate of its own to give, or takes TLS only: name its --tls-dir");
}

void write(const std::filesystem::path& path, const std::string& bytes) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << bytes;
    if (!file.flush()) {
        throw std::runtime_error(
            "--out: " + path.string() +
            " cannot be written: " + std::generic_category().message(errno));
    }
}

}  // namespace

std::string write_certificates(const configuration& c, const file_reader& read_file) {
    if (c.out.empty()) throw std::runtime_error("--out is missing: name a directory for the files");
    const std::string pem = authority_pem(c, read_file);
    const std::filesystem::path folder = c.out;
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (failed) throw std::runtime_error("--out " + c.out + ": " + failed.message());
    write(folder / "ca.pem", pem);
    write(folder / "truststore.p12", truststore_of(pem));
    return (folder / "ca.pem").string() + " (PEM) and " + (folder / "truststore.p12").string() +
           " (for Java, password changeit)";
}

}  // namespace kinetide::program
