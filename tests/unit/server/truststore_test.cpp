// The trust store for Java; where there is a JDK, its own tool reads it.

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include <kinetide/http/tls.hpp>

#include "server/truststore.hpp"

namespace kinetide::testing {
namespace {

TEST(truststore, is_one_that_java_trusts) {
    const auto folder = std::filesystem::temp_directory_path() /
                        ("kinetide_truststore_test_" + std::to_string(getpid()));
    http::tls_options kept;
    kept.directory = folder;
    const std::string bytes = program::truststore_of(http::authority_kept_in(kept));
    ASSERT_FALSE(bytes.empty());
    const std::string file = folder / "truststore.p12";
    std::ofstream(file, std::ios::binary) << bytes;
    const std::string command =
        "keytool -list -keystore " + file + " -storepass changeit 2>/dev/null || echo absent";
    std::string said;
    FILE* const tool = popen(command.c_str(), "r");
    std::array<char, 256> piece{};
    while (std::fgets(piece.data(), static_cast<int>(piece.size()), tool) != nullptr) {
        said += piece.data();
    }
    pclose(tool);
    std::filesystem::remove_all(folder);
    if (said == "absent\n") GTEST_SKIP() << "no keytool";
    EXPECT_NE(said.find("trustedCertEntry"), std::string::npos) << said;
}

TEST(truststore, needs_a_certificate) {
    EXPECT_THROW(static_cast<void>(program::truststore_of("nonsense")), std::runtime_error);
}

}  // namespace
}  // namespace kinetide::testing
