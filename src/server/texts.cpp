#include <kinetide/server/texts.hpp>

#include <algorithm>
#include <utility>

#include <kinetide/server/setting.hpp>

namespace kinetide::program {
namespace {

constexpr std::size_t left_column = 20;

std::string padded(std::string text) {
    text.resize(std::max(text.size() + 1, left_column), ' ');
    return text;
}

// A wildcard is an address to listen at, not one to call.
std::string callable(std::string_view address) {
    std::string out(address);
    const std::pair<std::string_view, std::string_view> wildcards[] = {
        {"//0.0.0.0:", "//127.0.0.1:"}, {"//[::]:", "//[::1]:"}};
    for (const auto& [everywhere, here] : wildcards) {
        const auto at = out.find(everywhere);
        if (at != std::string::npos) out.replace(at, everywhere.size(), here);
    }
    return out;
}

}  // namespace

std::string help_text() {
    std::string out = "kinetide " + std::string(version) +
                      ": Amazon Kinesis Data Streams on your own machine\n"
                      "\n"
                      "Usage:\n"
                      "  kinetide [serve] [--flag value]...   answer requests until SIGTERM\n"
                      "  kinetide health [--flag value]...    ask the server that was started "
                      "with the same settings\n"
                      "                                       how it is; exit code 0 when well\n"
                      "  kinetide cert --out DIR [--flag value]...\n"
                      "                                       write what clients need to trust the "
                      "certificate of --tls-dir,\n"
                      "                                       else of the server that was started "
                      "with the same settings\n"
                      "  kinetide --help | --version\n"
                      "\n"
                      "A flag wins over its variable, that over the same key of the settings file "
                      "(dashes are underscores\n"
                      "there), that over the settings of other emulators, those over the "
                      "variables of AWS tools, those\n"
                      "over the default.\n"
                      "\n";
    for (const setting& s : all_settings()) {
        out += padded("  " + s.flag()) + std::string(s.meaning) + "\n";
        out += padded("") + "accepted: " + std::string(s.accepted) + "\n";
        out += padded("") + "default: " + s.default_text() + "; variable: " + s.variable();
        for (const std::string_view name : s.aws_variables) out += ", " + std::string(name);
        out += s.in_file ? "\n" : "; not in the settings file\n";
    }
    return out +
           "\n"
           "The flags, variables and keys of kinesalite, kinesis-mock, LocalStack and "
           "ferrokinesis are understood\n"
           "as well: docs/configuration.md lists them.\n";
}

std::string first_record_line(std::string_view address, const settings& s) {
    const std::string aws = "aws --endpoint-url " + callable(address) + " --region " + s.region;
    std::string line = "(export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test; " + aws +
                       " kinesis create-stream --stream-name first --shard-count 1 && ";
    if (s.transition_of(settings::transition_kind::create_stream).count() > 0) {
        line += aws + " kinesis wait stream-exists --stream-name first && ";
    }
    // Version 1 takes --data as it is, version 2 as base64; both read raw bytes from fileb://.
    return line + "echo hello | " + aws +
           " kinesis put-record --stream-name first --partition-key 1 --data "
           "fileb:///dev/stdin)";
}

}  // namespace kinetide::program
