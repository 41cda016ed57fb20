// The program as a process: what it prints and where, how it ends, and what it leaves behind.

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "support/child_process.hpp"

namespace kinetide::testing {
namespace {

using arguments = std::vector<std::string>;

const arguments on_one_address = {"--host", "127.0.0.1", "--port", "0"};

arguments with(arguments more) {
    more.insert(more.begin(), on_one_address.begin(), on_one_address.end());
    return more;
}

std::string content(const std::filesystem::path& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

long lines_in(const std::string& text) { return std::count(text.begin(), text.end(), '\n'); }

class process : public ::testing::Test {
protected:
    void SetUp() override {
        folder = std::filesystem::temp_directory_path() /
                 ("kinetide_process_test_" + std::to_string(getpid()));
        std::filesystem::create_directories(folder);
    }
    void TearDown() override { std::filesystem::remove_all(folder); }

    std::filesystem::path folder;
};

// A request that has begun and not ended: the server has asked for its body.
channel half_a_request(std::uint16_t port) {
    channel client = connect_to(port);
    client.send(
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n"
        "Expect: 100-continue\r\n\r\n");
    EXPECT_TRUE(client.read_until("\r\n\r\n").starts_with("HTTP/1.1 100"));
    return client;
}

TEST_F(process, says_where_it_listens_and_nothing_else_on_stdout) {
    child_process program(with({"--log-level", "trace"}));
    const std::string line = program.out.read_line();
    EXPECT_EQ(line, "Listening at http://127.0.0.1:" + std::to_string(port_in(line)) + "\n");
    channel client = connect_to(port_in(line));
    client.send("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_TRUE(client.read_until("\r\n\r\n").starts_with("HTTP/1.1 200"));

    program.signal(SIGTERM);
    EXPECT_EQ(program.out.read_all(), "");
    EXPECT_EQ(program.exit_code(), 0);
}

TEST_F(process, does_not_start_with_a_certificate_that_cannot_be_read) {
    child_process program(with({"--tls-cert", "absent.pem", "--tls-key", "absent.pem"}));
    EXPECT_EQ(
        program.err.read_all(),
        "kinetide: --tls-cert absent.pem cannot be read (No such file): name a PEM file\n");
    EXPECT_EQ(program.out.read_all(), "");
    EXPECT_EQ(program.exit_code(), 1);
}

TEST_F(process, keeps_an_authority_for_clients) {
    child_process program(with({"--tls-dir", folder / "tls"}));
    program.out.read_line();
    EXPECT_TRUE(content(folder / "tls" / "ca.pem").starts_with("-----BEGIN CERTIFICATE-----"));
}

TEST_F(process, has_a_line_for_each_port) {
    child_process program({"--host", "127.0.0.1", "--port", "0", "--host", "127.0.0.2"});
    EXPECT_TRUE(program.out.read_line().starts_with("Listening at http://127.0.0.1:"));
    EXPECT_TRUE(program.out.read_line().starts_with("Listening at http://127.0.0.2:"));
}

TEST_F(process, ends_in_order_on_either_signal) {
    for (const int signal : {SIGTERM, SIGINT}) {
        child_process program(on_one_address);
        program.out.read_line();
        program.signal(signal);
        EXPECT_EQ(program.exit_code(), 0);
    }
}

TEST_F(process, finishes_what_is_in_flight) {
    child_process program(on_one_address);
    channel client = half_a_request(port_in(program.out.read_line()));
    program.signal(SIGTERM);
    EXPECT_NE(program.err.read_until("stopping: SIGTERM\n"), "");
    client.send("{}");
    EXPECT_TRUE(client.read_until("\r\n\r\n").starts_with("HTTP/1.1 "));
    EXPECT_EQ(program.exit_code(), 0);
}

TEST_F(process, waits_no_longer_than_it_was_told) {
    child_process program(with({"--drain-ms", "1"}));
    const channel client = half_a_request(port_in(program.out.read_line()));
    program.signal(SIGTERM);
    EXPECT_EQ(program.exit_code(), 0);
}

TEST_F(process, ends_at_once_on_a_second_signal) {
    child_process program(with({"--drain-ms", "86400000", "--body-idle-ms", "86400000"}));
    const channel client = half_a_request(port_in(program.out.read_line()));
    program.signal(SIGTERM);
    EXPECT_NE(program.err.read_until("stopping: SIGTERM\n"), "");
    program.signal(SIGINT);
    EXPECT_EQ(program.exit_code(), 128 + SIGINT);
}

TEST_F(process, does_not_start_on_a_taken_port) {
    std::uint16_t port = 0;
    const channel taken = listen_somewhere(port);
    child_process program({"--host", "127.0.0.1", "--port", std::to_string(port)});
    const std::string complaint = program.err.read_all();
    EXPECT_TRUE(complaint.starts_with("kinetide: ")) << complaint;
    EXPECT_NE(complaint.find(std::to_string(port)), std::string::npos) << complaint;
    EXPECT_EQ(lines_in(complaint), 1) << complaint;
    EXPECT_EQ(program.out.read_all(), "");
    EXPECT_EQ(program.exit_code(), 1);
}

TEST_F(process, a_wrong_setting_stops_the_start) {
    child_process program({}, {"KINETIDE_PORT=http"});
    EXPECT_EQ(
        program.err.read_all(),
        "kinetide: KINETIDE_PORT is \"http\"; accepted: numbers from 0 to 65535, separated by "
        "commas\n");
    EXPECT_EQ(program.out.read_all(), "");
    EXPECT_EQ(program.exit_code(), 2);
}

TEST_F(process, an_unknown_flag_points_to_the_help) {
    child_process program({"--prot", "4567"});
    EXPECT_EQ(program.err.read_all(), "kinetide: unknown flag --prot\nsee kinetide --help\n");
    EXPECT_EQ(program.exit_code(), 2);
}

TEST_F(process, an_unknown_variable_is_logged) {
    child_process program(on_one_address, {"KINETIDE_PROT=4567"});
    EXPECT_NE(program.err.read_line().find("KINETIDE_PROT is not a setting"), std::string::npos);
}

TEST_F(process, reads_its_settings_file) {
    const auto file = folder / "kinetide.toml";
    std::ofstream(file) << "host = \"127.0.0.1\"\nport = 0\n";
    child_process program({"--config", file});
    EXPECT_TRUE(program.out.read_line().starts_with("Listening at http://127.0.0.1:"));
}

TEST_F(process, refuses_a_settings_file_that_cannot_be_read) {
    child_process program({}, {"KINETIDE_CONFIG=" + folder.string()});
    EXPECT_EQ(
        program.err.read_all(),
        "kinetide: KINETIDE_CONFIG: " + folder.string() + " cannot be read\n");
    EXPECT_EQ(program.exit_code(), 2);
}

TEST_F(process, help_and_version_go_to_stdout) {
    child_process help({"--help"});
    EXPECT_NE(help.out.read_all().find("--port-file"), std::string::npos);
    EXPECT_EQ(help.err.read_all(), "");
    EXPECT_EQ(help.exit_code(), 0);
    child_process version({"--version"});
    EXPECT_TRUE(version.out.read_all().starts_with("kinetide "));
    EXPECT_EQ(version.exit_code(), 0);
}

TEST_F(process, the_port_file_is_there_before_the_line_and_gone_after_the_end) {
    const auto file = folder / "port";
    child_process program(with({"--port-file", file}));
    const std::string line = program.out.read_line();
    EXPECT_EQ(content(file), std::to_string(port_in(line)) + "\n");
    program.signal(SIGTERM);
    EXPECT_EQ(program.exit_code(), 0);
    EXPECT_TRUE(std::filesystem::is_empty(folder));
}

TEST_F(process, a_port_file_that_cannot_be_written_stops_the_start) {
    child_process program(with({"--port-file", folder / "absent" / "port"}));
    const std::string complaint = program.err.read_all();
    EXPECT_TRUE(complaint.starts_with("kinetide: --port-file ")) << complaint;
    EXPECT_EQ(program.out.read_all(), "");
    EXPECT_EQ(program.exit_code(), 1);
}

TEST_F(process, shows_a_first_record_on_a_terminal_only) {
    child_process seen(on_one_address, {}, true);
    const std::string line = seen.err.read_line();
    EXPECT_NE(line.find("kinesis create-stream"), std::string::npos) << line;
    seen.out.read_line();

    child_process unseen(with({"--log-level", "off"}));
    unseen.out.read_line();
    unseen.signal(SIGTERM);
    EXPECT_EQ(unseen.err.read_all(), "");
}

TEST_F(process, raises_the_descriptor_limit) {
    rlimit before{};
    ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
    const rlimit low{.rlim_cur = 100, .rlim_max = before.rlim_max};
    ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &low), 0);
    child_process program(on_one_address);
    ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &before), 0);
    program.out.read_line();
    rlimit raised{};
    ASSERT_EQ(prlimit(program.id(), RLIMIT_NOFILE, nullptr, &raised), 0);
    EXPECT_EQ(raised.rlim_cur, raised.rlim_max);
}

TEST_F(process, health_finds_a_running_server) {
    const auto file = folder / "port";
    child_process program(with({"--port-file", file}));
    const std::string port = std::to_string(port_in(program.out.read_line()));

    EXPECT_EQ(child_process({"health", "--port", port}).exit_code(), 0);
    EXPECT_EQ(child_process({"health"}, {"KINETIDE_PORT=" + port}).exit_code(), 0);
    EXPECT_EQ(child_process({"--host", "0.0.0.0", "--port", port, "health"}).exit_code(), 0);
    EXPECT_EQ(child_process({"health", "--port", "0", "--port-file", file}).exit_code(), 0);
}

TEST_F(process, health_says_what_is_wrong) {
    std::uint16_t port = 0;
    { const channel closed_again = listen_somewhere(port); }
    child_process nobody({"health", "--port", std::to_string(port)});
    EXPECT_EQ(
        nobody.err.read_all(),
        "kinetide health: 127.0.0.1 port " + std::to_string(port) + ": Connection refused\n");
    EXPECT_EQ(nobody.exit_code(), 1);

    child_process unknown({"health", "--port", "0"});
    EXPECT_EQ(
        unknown.err.read_all(),
        "kinetide health: --port is 0, and no --port-file says which one was taken\n");
    EXPECT_EQ(unknown.exit_code(), 1);
}

TEST_F(process, cert_writes_what_the_running_server_shows) {
    child_process server(with({}));
    const std::string port = std::to_string(port_in(server.out.read_line()));
    const std::string out = folder / "trust";
    child_process cert({"cert", "--out", out, "--port", port});
    EXPECT_EQ(cert.exit_code(), 0);
    EXPECT_EQ(
        cert.out.read_line(),
        "wrote " + out + "/ca.pem (PEM) and " + out +
            "/truststore.p12 (for Java, password changeit)\n");
    channel client = connect_to(static_cast<std::uint16_t>(std::stoi(port)));
    client.send("GET /_kinetide/ca.pem HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    const std::string page = client.read_all();
    const std::string pem = content(folder / "trust" / "ca.pem");
    EXPECT_TRUE(pem.starts_with("-----BEGIN CERTIFICATE-----"));
    EXPECT_TRUE(page.ends_with(pem));
    EXPECT_FALSE(content(folder / "trust" / "truststore.p12").empty());
}

TEST_F(process, cert_makes_the_directory_that_a_server_will_use) {
    const std::string kept = folder / "kept";
    const std::string out = folder / "trust";
    EXPECT_EQ(child_process({"cert", "--out", out, "--tls-dir", kept}).exit_code(), 0);
    const std::string pem = content(folder / "trust" / "ca.pem");
    EXPECT_EQ(child_process({"cert", "--out", out, "--tls-dir", kept}).exit_code(), 0);
    EXPECT_EQ(content(folder / "trust" / "ca.pem"), pem);
    EXPECT_EQ(content(folder / "kept" / "ca.pem"), pem);
}

TEST_F(process, cert_never_makes_a_third_one) {
    std::uint16_t port = 0;
    { const channel nobody = listen_somewhere(port); }
    const std::string out = folder / "trust";
    child_process cert({"cert", "--out", out, "--port", std::to_string(port)});
    EXPECT_EQ(cert.exit_code(), 1);
    EXPECT_EQ(
        cert.err.read_line(),
        "kinetide: no server (127.0.0.1 port " + std::to_string(port) +
            ": Connection refused): start it, or name the --tls-dir that it is to use\n");
    EXPECT_FALSE(std::filesystem::exists(out));
    child_process nowhere({"cert", "--tls-dir", out});
    EXPECT_EQ(nowhere.exit_code(), 1);
    EXPECT_EQ(
        nowhere.err.read_line(), "kinetide: --out is missing: name a directory for the files\n");
}

TEST_F(process, a_broken_tls_hello_is_one_line_at_debug) {
    child_process server(with({"--log-level", "debug"}));
    channel client = connect_to(port_in(server.out.read_line()));
    client.send(std::string("\x16\x03\x01\x00\x05hello and more", 19));
    client.read_all();
    server.signal(SIGTERM);
    const std::string log = server.err.read_all();
    EXPECT_EQ(server.exit_code(), 0);
    const auto told = log.find(" debug tls: ");
    ASSERT_NE(told, std::string::npos) << log;
    EXPECT_EQ(log.find(" tls: ", told + 12), std::string::npos) << log;
    EXPECT_EQ(log.find("hello and more"), std::string::npos);
}

TEST_F(process, a_port_for_tls_only_says_so_and_is_well) {
    child_process server(with({"--tls", "only"}));
    const std::uint16_t port = port_in(server.out.read_line());
    channel client = connect_to(port);
    client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const std::string answer = client.read_all();
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 400 Bad Request"));
    EXPECT_NE(answer.find("https://"), std::string::npos);
    EXPECT_EQ(
        child_process({"health", "--port", std::to_string(port), "--tls", "only"}).exit_code(), 0);
}

TEST_F(process, health_does_not_wait_for_ever) {
    std::uint16_t port = 0;
    const channel silent = listen_somewhere(port);
    child_process program({"health", "--port", std::to_string(port)});
    EXPECT_NE(program.err.read_all().find("no answer within 2 s"), std::string::npos);
    EXPECT_EQ(program.exit_code(), 1);
}

}  // namespace
}  // namespace kinetide::testing
