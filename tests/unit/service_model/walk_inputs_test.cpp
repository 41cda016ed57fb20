// Each member of each operation's input, nested ones included: null is absent, other types are
// refused in the recorded words, and each bound of the model holds to the letter.

#include <algorithm>

#include "requests.hpp"
#include "samples.hpp"

namespace kinetide::testing {
namespace {

KINETIDE_EACH_OPERATION(service_model_inputs);

// Puts a value where a place is, with what the model requires around it.
void put(json& body, const place& where, const json& value) {
    for (const place::container& c : where.within) {
        if (!body.contains(c.at)) body[c.at] = good_value(c.of);
    }
    if (where.as == role::map_key) {
        body[where.at] = {{value.get<std::string>(), "v"}};
    } else {
        body[where.at] = value;
    }
}

void remove(json& body, const place& where) {
    if (!body.contains(where.at)) return;
    body[where.at.parent_pointer()].erase(where.at.back());
}

// What a ValidationException says of a path, one text for each constraint.
std::vector<std::string> told_of(const std::string& path, const reply& r) {
    std::vector<std::string> all;
    if (r.error_code != "ValidationException") return all;
    const std::string head = "' at '" + path + "' failed to satisfy constraint: ";
    const std::string null_head = "Value null" + head.substr(1);
    for (std::size_t at = 0; at < r.message.size();) {
        const std::size_t given = r.message.find(head, at);
        const std::size_t null = r.message.find(null_head, at);
        if (given == std::string::npos && null == std::string::npos) break;
        const std::size_t start = given < null ? given + head.size() : null + null_head.size();
        const std::size_t end = std::min(r.message.find("; Value ", start), r.message.size());
        all.push_back(r.message.substr(start, end - start));
        at = end;
    }
    return all;
}

// A long value tells nothing more by its end.
std::string shown(const json& value) {
    const std::string text = value.dump();
    return text.size() <= 200 ? text
                              : text.substr(0, 200) + "... of " + std::to_string(text.size());
}

TEST_P(service_model_inputs, take_null_for_absent) {
    for (const place& where : input_places(operation)) {
        if (where.as != role::member) continue;
        SCOPED_TRACE(where.at.to_string());
        const auto ask = [&](auto change) {
            service_kit service(form);
            json body = base_request(operation, service);
            put(body, where, nullptr);
            change(body);
            return service.call(operation, body);
        };
        const reply null = ask([](json&) {});
        const reply absent = ask([&](json& body) { remove(body, where); });
        EXPECT_EQ(null.status, absent.status);
        EXPECT_EQ(null.error_code, absent.error_code);
        EXPECT_EQ(null.message, absent.message);
        if (where.required) {
            EXPECT_EQ(told_of(where.path, null), std::vector<std::string>{must::not_be_null});
        } else {
            EXPECT_NE(null.error_code, "SerializationException");
        }
    }
}

TEST_P(service_model_inputs, refuse_other_types) {
    service_kit service(form);
    const json good = base_request(operation, service);
    for (const place& where : input_places(operation)) {
        if (where.as == role::map_key) continue;  // always text
        for (const wrong_type& wrong : wrong_types_of(where.of, form)) {
            SCOPED_TRACE(where.at.to_string() + " = " + wrong.value.dump());
            json body = good;
            put(body, where, wrong.value);
            const reply r = service.call(operation, body);
            EXPECT_EQ(r.status, 400);
            EXPECT_EQ(r.error_code, "SerializationException");
            EXPECT_TRUE(r.capital_message);
            EXPECT_EQ(r.message, wrong.text);
        }
    }
}

TEST_P(service_model_inputs, hold_to_their_bounds) {
    service_kit service(form);
    const json good = base_request(operation, service);
    for (const place& where : input_places(operation)) {
        const bool of_whole = where.as != role::member && shape(where.of)["type"] != "structure";
        for (const sample& tried : samples_of(where.of)) {
            SCOPED_TRACE(where.at.to_string() + " = " + shown(tried.value));
            json body = good;
            put(body, where, tried.value);
            std::vector<std::string> expected = tried.faults;
            if (of_whole && !expected.empty()) expected = {whole_fault(where.as, where.of)};

            const reply r = service.call(operation, body);
            std::vector<std::string> told = told_of(where.path, r);
            std::sort(expected.begin(), expected.end());
            std::sort(told.begin(), told.end());
            EXPECT_EQ(told, expected);
            EXPECT_NE(r.error_code, "SerializationException") << r.message;
        }
    }
}

}  // namespace
}  // namespace kinetide::testing
