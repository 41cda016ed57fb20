// Certificates that are made, kept and given.

#include <gtest/gtest.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "http/credentials.hpp"

namespace kinetide::testing {
namespace {

using std::chrono::system_clock;

std::string content(const std::filesystem::path& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

unsigned mode_of(const std::filesystem::path& path) {
    struct stat s {};
    stat(path.c_str(), &s);
    return s.st_mode & 0777U;
}

class tls_credentials : public ::testing::Test {
protected:
    void SetUp() override {
        folder = std::filesystem::temp_directory_path() /
                 ("kinetide_tls_test_" + std::to_string(getpid()));
        options.directory = folder / "a" / "b";
    }
    void TearDown() override { std::filesystem::remove_all(folder); }

    template <class Call>
    static std::string complaint(Call call) {
        try {
            static_cast<void>(call());
        } catch (const std::runtime_error& e) {
            return e.what();
        }
        return "none";
    }
    std::string kept_complaint() {
        return complaint([&] { return http::kept_credentials(options, system_clock::now()); });
    }
    [[nodiscard]] std::filesystem::path in(const char* name) const {
        return std::filesystem::path(options.directory) / name;
    }

    std::filesystem::path folder;
    http::tls_options options;
};

TEST_F(tls_credentials, are_for_every_wanted_name) {
    options.names = {"kinesis", "10.1.2.3", "fe80::1", "*.example.com"};
    const auto made = http::make_credentials(options, system_clock::now());
    X509* const leaf = made.leaf.certificate.get();
    // `*.localhost` is there for those who, unlike OpenSSL, let it stand for a name.
    for (const char* name : {"localhost", "kinesis", "b.example.com"}) {
        EXPECT_EQ(X509_check_host(leaf, name, 0, 0, nullptr), 1) << name;
    }
    for (const char* address : {"127.0.0.1", "::1", "10.1.2.3", "fe80::1"}) {
        EXPECT_EQ(X509_check_ip_asc(leaf, address, 0), 1) << address;
    }
    EXPECT_EQ(X509_check_host(leaf, "example.org", 0, 0, nullptr), 0);
    EXPECT_EQ(X509_get_key_usage(leaf), static_cast<unsigned>(KU_DIGITAL_SIGNATURE));
    EXPECT_EQ(X509_get_extended_key_usage(leaf), static_cast<unsigned>(XKU_SSL_SERVER));
    X509* const authority = made.authority.certificate.get();
    EXPECT_EQ(X509_check_ca(authority), 1);
    EXPECT_EQ(X509_check_issued(authority, leaf), X509_V_OK);
    EXPECT_EQ(EVP_PKEY_get_bits(made.leaf.key.get()), 256);
    const auto now = system_clock::now();
    EXPECT_FALSE(http::has_expired(*leaf, now + std::chrono::hours(24 * 700)));
    EXPECT_TRUE(http::has_expired(*leaf, now + std::chrono::hours(24 * 825)));
    EXPECT_FALSE(http::has_expired(*authority, now + std::chrono::hours(24 * 3000)));
}

TEST_F(tls_credentials, are_kept_for_their_owner_alone) {
    const std::string first = http::authority_kept_in(options);
    const std::string leaf = content(in("server.pem"));
    EXPECT_EQ(http::authority_kept_in(options), first);
    EXPECT_EQ(content(in("server.pem")), leaf);
    EXPECT_EQ(content(in("ca.pem")), first);
    EXPECT_EQ(mode_of(options.directory), 0700U);
    for (const char* name : {"authority.pem", "server.pem", "ca.pem"}) {
        EXPECT_EQ(mode_of(in(name)), 0600U) << name;
    }
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(options.directory), {}), 3);
}

TEST_F(tls_credentials, renew_the_leaf_alone) {
    const std::string authority = http::authority_kept_in(options);
    std::string leaf = content(in("server.pem"));
    const auto changed = [&] {
        const std::string now = content(in("server.pem"));
        const bool other = now != leaf;
        leaf = now;
        return other;
    };
    options.names = {"another.example.com"};
    EXPECT_EQ(http::authority_kept_in(options), authority);
    EXPECT_TRUE(changed());
    static_cast<void>(
        http::kept_credentials(options, system_clock::now() + std::chrono::hours(24 * 790)));
    EXPECT_TRUE(changed());
    EXPECT_EQ(content(in("ca.pem")), authority);
}

TEST_F(tls_credentials, complain_of_what_is_broken) {
    static_cast<void>(http::authority_kept_in(options));
    std::ofstream(in("server.pem")) << "nonsense";
    EXPECT_TRUE(kept_complaint().starts_with(
        "--tls-dir " + options.directory + " has a broken server.pem (no certificate): "));
    std::filesystem::remove(in("server.pem"));
    std::ofstream(in("authority.pem"))
        << "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    EXPECT_NE(kept_complaint().find("has a broken authority.pem"), std::string::npos);
    options.directory = in("ca.pem");
    EXPECT_NE(
        kept_complaint().find("cannot be opened or made (Not a directory)"), std::string::npos);
}

TEST_F(tls_credentials, are_read_from_given_files) {
    static_cast<void>(http::authority_kept_in(options));
    http::tls_options given{.certificate_file = in("server.pem"), .key_file = in("server.pem")};
    const auto why = [&] { return complaint([&] { return http::given_credentials(given); }); };
    EXPECT_EQ(why(), "none");
    given.key_file = in("authority.pem");
    EXPECT_NE(why().find(" is not the key of --tls-cert "), std::string::npos);
    given.key_file = in("ca.pem");
    EXPECT_NE(why().find(" holds no private key: "), std::string::npos);
    given.key_file = "absent.pem";
    EXPECT_EQ(why(), "--tls-key absent.pem cannot be read (No such file): name a PEM file");
    given.key_file = "";
    EXPECT_NE(why().find(" is alone: give --tls-key as well"), std::string::npos);
}

}  // namespace
}  // namespace kinetide::testing
