// Takes typed members out of a request's tree.  What is wrong first is remembered, with its path as
// CloudWatch writes it; what is asked for behind it is empty.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include <kinetide/base/clock.hpp>
#include <kinetide/base/result.hpp>
#include <kinetide/metrics/metric.hpp>
#include <kinetide/metrics/protocol.hpp>

namespace kinetide::metrics {

// A structure of the request, and the way to it.
struct node {
    const nlohmann::json* at = nullptr;
    std::string path;  // "" or "MetricData.member.1."
};

class reader {
public:
    reader(protocol p, const nlohmann::json& root) : protocol_(p), root_{&root, ""} {}

    [[nodiscard]] const node& root() const { return root_; }
    [[nodiscard]] const std::optional<refusal>& wrong() const { return wrong_; }
    // The first one counts.
    void refuse(refusal r) {
        if (!wrong_) wrong_ = std::move(r);
    }

    std::optional<std::string> text(const node& in, std::string_view name);
    // ASCII without control characters, and not all blank: what CloudWatch has names of.
    std::string required_text(const node& in, std::string_view name, std::size_t length_max);
    // Finite, and not beyond what CloudWatch keeps.
    std::optional<double> number(const node& in, std::string_view name);
    std::optional<std::int64_t> integer(const node& in, std::string_view name);
    std::optional<bool> boolean(const node& in, std::string_view name);
    std::optional<instant> time(const node& in, std::string_view name);
    std::optional<unit> unit_in(const node& in, std::string_view name);
    std::optional<node> structure(const node& in, std::string_view name);
    // Absent and empty are the same.
    std::vector<node> structures(const node& in, std::string_view name, std::size_t count_max);
    std::vector<double> numbers(const node& in, std::string_view name, std::size_t count_max);
    std::vector<std::string> texts(const node& in, std::string_view name, std::size_t count_max);

    // Namespace, MetricName and Dimensions, which are sorted.
    metric metric_in(const node& in);
    std::vector<dimension> dimensions(const node& in);

private:
    struct element {
        const nlohmann::json* at;
        std::string path;  // without a dot behind it
    };

    const nlohmann::json* member(const node& in, std::string_view name);
    std::vector<element> list(const node& in, std::string_view name, std::size_t count_max);
    std::optional<std::string> text_of(const nlohmann::json& v, const std::string& path);
    std::optional<double> number_of(const nlohmann::json& v, const std::string& path);
    void wrong_type(const nlohmann::json& v, const std::string& path);

    const protocol protocol_;
    const node root_;
    std::optional<refusal> wrong_;
};

}  // namespace kinetide::metrics
