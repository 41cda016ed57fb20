#include "credentials.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <exception>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <utility>

#include <kinetide/base/log.hpp>

#include "ascii.hpp"
#include "private_file.hpp"

namespace kinetide::http {
namespace {

// What clients compare names by; a machine may be called by more than that.
bool is_dns_name(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '.';
    });
}

std::string file_in(const tls_options& o, const char* name) { return o.directory + "/" + name; }

std::runtime_error wrong_directory(const tls_options& o, const std::string& what) {
    return std::runtime_error("--tls-dir " + o.directory + " " + what);
}

// Key and certificate that belong together, or nothing when there is no such file.
std::optional<identity> kept_identity(const tls_options& o, const char* name) {
    const auto broken = [&](const std::string& why) {
        return wrong_directory(
            o,
            std::string("has a broken ") + name + " (" + why +
                "): put the right one back, or empty the directory to have all made anew");
    };
    std::optional<std::string> text;
    try {
        text = read_private_file(file_in(o, name));
        if (!text) return std::nullopt;
        identity out = read_pem(*text);
        if (out.certificate == nullptr) throw std::runtime_error("no certificate");
        if (out.key == nullptr) throw std::runtime_error("no key");
        if (X509_check_private_key(out.certificate.get(), out.key.get()) != 1) {
            throw std::runtime_error(openssl_reason());
        }
        return out;
    } catch (const std::runtime_error& e) {
        throw broken(e.what());
    }
}

// What can be made again from the authority need not be kept: the directory may be read-only.
void keep_if_possible(const tls_options& o, const char* name, const std::string& text) {
    try {
        write_private_file(file_in(o, name), text);
    } catch (const std::runtime_error& e) {
        log::warn(
            "--tls-dir " + o.directory + ": " + name + " is new and cannot be kept: " + e.what());
    }
}

identity kept_authority(const tls_options& o, certificate_time now) {
    if (auto kept = kept_identity(o, "authority.pem")) {
        if (!has_expired(*kept->certificate, now)) return std::move(*kept);
        throw wrong_directory(
            o,
            "has an authority.pem that has expired: empty the directory to have all made anew, "
            "and let clients trust that");
    }
    identity made = make_authority(now);
    try {
        write_private_file(file_in(o, "authority.pem"), pem_of(made));
    } catch (const std::runtime_error& e) {
        throw wrong_directory(
            o, std::string("cannot be written to (") + e.what() + "): name one that can");
    }
    return made;
}

std::string given_text(const char* setting, const std::string& path) {
    try {
        if (auto text = read_private_file(path)) return std::move(*text);
    } catch (const std::runtime_error& e) {
        throw std::runtime_error(
            std::string(setting) + " " + path + " cannot be read (" + e.what() +
            "): name a PEM file");
    }
    throw std::runtime_error(
        std::string(setting) + " " + path + " cannot be read (No such file): name a PEM file");
}

identity given_identity(const char* setting, const std::string& path) {
    try {
        return read_pem(given_text(setting, path));
    } catch (const std::runtime_error& e) {
        const std::string_view why = e.what();
        if (why.starts_with("--")) throw;
        throw std::runtime_error(
            std::string(setting) + " " + path + " cannot be used (" + std::string(why) +
            "): it must be PEM, and a key without a passphrase");
    }
}

}  // namespace

std::vector<std::string> certificate_names(const tls_options& o) {
    std::vector<std::string> out{"localhost", "*.localhost", "127.0.0.1", "::1"};
    const auto add = [&](const std::string& name) {
        const bool known = std::any_of(
            out.begin(), out.end(), [&](const std::string& n) { return same_text(n, name); });
        if (!known) out.push_back(name);
    };
    std::array<char, 256> machine{};
    if (gethostname(machine.data(), machine.size() - 1) == 0 && is_dns_name(machine.data())) {
        add(machine.data());
    }
    for (const std::string& name : o.names) add(name);
    return out;
}

credentials make_credentials(const tls_options& o, certificate_time now) {
    credentials out;
    out.authority = make_authority(now);
    out.leaf = make_leaf(out.authority, certificate_names(o), now);
    return out;
}

credentials given_credentials(const tls_options& o) {
    if (o.certificate_file.empty() || o.key_file.empty()) {
        const bool key = o.certificate_file.empty();
        throw std::runtime_error(
            std::string(key ? "--tls-key " : "--tls-cert ") +
            (key ? o.key_file : o.certificate_file) + " is alone: give " +
            (key ? "--tls-cert" : "--tls-key") + " as well");
    }
    if (!o.directory.empty()) {
        throw std::runtime_error(
            "--tls-dir " + o.directory +
            " keeps what is made, and --tls-cert gives it: leave one of them out");
    }
    credentials out;
    out.leaf = given_identity("--tls-cert", o.certificate_file);
    if (out.leaf.certificate == nullptr) {
        throw std::runtime_error(
            "--tls-cert " + o.certificate_file + " holds no certificate: name a PEM file with one");
    }
    out.leaf.key = given_identity("--tls-key", o.key_file).key;
    if (out.leaf.key == nullptr) {
        throw std::runtime_error(
            "--tls-key " + o.key_file + " holds no private key: name a PEM file with one");
    }
    if (X509_check_private_key(out.leaf.certificate.get(), out.leaf.key.get()) != 1) {
        ERR_clear_error();
        throw std::runtime_error(
            "--tls-key " + o.key_file + " is not the key of --tls-cert " + o.certificate_file +
            ": name the two that belong together, the server's certificate first in its file");
    }
    return out;
}

credentials kept_credentials(const tls_options& o, certificate_time now) {
    std::optional<private_directory> held;
    try {
        held.emplace(o.directory);
    } catch (const std::runtime_error& e) {
        throw wrong_directory(
            o, std::string("cannot be opened or made (") + e.what() + "): name a directory");
    }
    credentials out;
    out.authority = kept_authority(o, now);
    const std::string for_clients = pem_of(*out.authority.certificate);
    std::optional<std::string> there;
    try {
        there = read_private_file(file_in(o, "ca.pem"));
    } catch (const std::runtime_error&) {
        // Written anew, or said to be impossible, below.
    }
    if (there != for_clients) keep_if_possible(o, "ca.pem", for_clients);

    const std::vector<std::string> names = certificate_names(o);
    auto leaf = kept_identity(o, "server.pem");
    if (leaf && still_serves(*leaf, out.authority, names, now)) {
        out.leaf = std::move(*leaf);
    } else {
        out.leaf = make_leaf(out.authority, names, now);
        keep_if_possible(o, "server.pem", pem_of(out.leaf));
    }
    return out;
}

std::string authority_kept_in(const tls_options& o) {
    return pem_of(*kept_credentials(o, std::chrono::system_clock::now()).authority.certificate);
}

}  // namespace kinetide::http
