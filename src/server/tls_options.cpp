#include "tls_options.hpp"

#include <string>

namespace kinetide {

http::tls_options tls_options_of(const settings& s) {
    using mode = http::tls_options::mode;
    http::tls_options o;
    o.use = s.tls == settings::tls_mode::off    ? mode::off
            : s.tls == settings::tls_mode::only ? mode::only
                                                : mode::on;
    o.certificate_file = s.tls_cert;
    o.key_file = s.tls_key;
    o.directory = s.tls_dir;
    o.names = {
        "kinetide",
        "kinesis",
        "localstack",
        "host.docker.internal",
        "localhost.localstack.cloud",
        "*.localhost.localstack.cloud"};
    for (const std::string& region : {s.region, std::string("us-east-1")}) {
        const std::string domain = region + ".amazonaws.com";
        o.names.insert(
            o.names.end(),
            {"kinesis." + domain,
             "*." + domain,
             "*.control-kinesis." + domain,
             "*.data-kinesis." + domain});
    }
    for (const std::string& host : s.hosts) {
        if (host != "0.0.0.0" && host != "::") o.names.push_back(host);
    }
    o.names.insert(o.names.end(), s.tls_names.begin(), s.tls_names.end());
    return o;
}

}  // namespace kinetide
