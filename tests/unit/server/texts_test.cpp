// Help, documentation and version say what the program does.

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <kinetide/server/foreign_setting.hpp>
#include <kinetide/server/setting.hpp>
#include <kinetide/server/texts.hpp>

namespace kinetide::testing {
namespace {

using program::all_settings;
using program::first_record_line;
using program::help_text;
using program::setting;

std::string source(const std::string& path) {
    std::ifstream file(std::string(KINETIDE_SOURCE_DIR) + "/" + path);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string row_of(const setting& s) {
    std::string row = "| `" + s.flag() + "` | `" + s.variable() + "`";
    for (const std::string_view name : s.aws_variables) row += ", `" + std::string(name) + "`";
    row += s.in_file ? " | `" + s.key() + "`" : std::string(" | -");
    row += " | " + s.default_text() + " | " + std::string(s.accepted);
    return row + " | " + std::string(s.meaning) + " |";
}

TEST(help, has_every_setting_with_variable_default_and_form) {
    const std::string help = help_text();
    for (const setting& s : all_settings()) {
        SCOPED_TRACE(s.name);
        for (const std::string& part :
             {"  " + s.flag() + " ",
              s.variable(),
              "default: " + s.default_text() + ";",
              std::string(s.meaning),
              std::string(s.accepted)}) {
            EXPECT_NE(help.find(part), std::string::npos) << part;
        }
    }
}

TEST(help, has_every_command) {
    const std::string help = help_text();
    for (const char* part : {"[serve]", "health", "--help", "--version"}) {
        EXPECT_NE(help.find(part), std::string::npos) << part;
    }
}

TEST(documentation, has_the_row_of_every_setting_and_no_other) {
    std::set<std::string> declared;
    for (const setting& s : all_settings()) declared.insert(row_of(s));
    std::set<std::string> documented;
    std::istringstream lines(source("docs/configuration.md"));
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("| `--")) documented.insert(line);
    }
    for (const std::string& row : declared) {
        EXPECT_EQ(documented.count(row), 1U) << "missing in docs/configuration.md:\n" << row;
    }
    for (const std::string& row : documented) {
        EXPECT_EQ(declared.count(row), 1U) << "stale in docs/configuration.md:\n" << row;
    }
}

std::string row_of(const program::foreign_setting& f) {
    std::string names;
    for (const std::string& name : {f.flag, f.variable, f.key}) {
        if (!name.empty()) names += (names.empty() ? "`" : ", `") + name + "`";
    }
    const std::string ours = f.sets.empty() ? "-" : "`--" + std::string(f.sets) + "`";
    std::string row = "| " + std::string(program::name_of(f.from)) + " | " + names + " | " + ours +
                      " | " + std::string(f.accepted) + " | " + std::string(f.meaning);
    if (!f.notice.empty()) row += (f.sets.empty() ? ": " : "; ") + std::string(f.notice);
    return row + " |";
}

TEST(documentation, has_the_row_of_every_foreign_setting_and_no_other) {
    std::vector<std::string> declared;
    for (const auto& f : program::foreign_settings()) declared.push_back(row_of(f));
    std::vector<std::string> documented;
    std::istringstream lines(source("docs/configuration.md"));
    for (std::string line; std::getline(lines, line);) {
        for (const char* who : {"LocalStack", "ferrokinesis", "kinesalite", "kinesis-mock"}) {
            if (line.starts_with("| " + std::string(who) + " |")) documented.push_back(line);
        }
    }
    EXPECT_EQ(documented, declared);
}

TEST(help, names_the_programs_whose_settings_are_understood) {
    const std::string help = help_text();
    for (const auto& f : program::foreign_settings()) {
        EXPECT_NE(help.find(program::name_of(f.from)), std::string::npos);
    }
}

TEST(version, is_that_of_the_build) {
    const std::string line = "project(kinetide VERSION " + std::string(program::version) + " ";
    EXPECT_NE(source("CMakeLists.txt").find(line), std::string::npos) << line;
}

TEST(first_record, goes_to_the_address_and_region_of_the_server) {
    settings s;
    s.region = "eu-west-1";
    const std::string line = first_record_line("http://127.0.0.1:4567", s);
    EXPECT_NE(
        line.find("aws --endpoint-url http://127.0.0.1:4567 --region eu-west-1 kinesis put-record"),
        std::string::npos);
    EXPECT_EQ(line.find('\n'), std::string::npos);
    EXPECT_EQ(line.find("wait"), std::string::npos);
}

TEST(first_record, waits_where_streams_take_their_time) {
    settings s;
    s.transition = std::chrono::milliseconds(500);
    const std::string line = first_record_line("http://127.0.0.1:4567", s);
    EXPECT_NE(line.find("kinesis wait stream-exists"), std::string::npos);
}

TEST(first_record, calls_no_wildcard) {
    EXPECT_NE(
        first_record_line("http://0.0.0.0:1", {}).find(" http://127.0.0.1:1 "), std::string::npos);
    EXPECT_NE(first_record_line("http://[::]:1", {}).find(" http://[::1]:1 "), std::string::npos);
}

}  // namespace
}  // namespace kinetide::testing
