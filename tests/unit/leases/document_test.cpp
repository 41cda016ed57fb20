// Documents say the same as nlohmann's trees, which are slower and larger.

#include "../../../src/leases/document.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <random>
#include <string>
#include <vector>

namespace kinetide::testing {
namespace {

using leases::document;
using leases::json;
using leases::kind;
using leases::value;
using leases::writer;

class random_json {
public:
    json object(int depth) {
        json out = json::object();
        for (int i = below(6); i > 0; --i) out[text()] = any(depth - 1);
        return out;
    }

private:
    json any(int depth) {
        switch (below(depth > 0 ? 8 : 6)) {
            case 0: return nullptr;
            case 1: return below(2) == 0;
            case 2: return below(2000) - 1000;
            case 3: return below(1000) / 8.0;
            case 4:
            case 5: return text();
            case 6: return object(depth);
            default: break;
        }
        json out = json::array();
        for (int i = below(6); i > 0; --i) out.push_back(any(depth - 1));
        return out;
    }
    std::string text() {
        static const std::vector<std::string> pieces{
            "a", "B", "\"", "\\", "\n", "\x01", "é", "日", "/"};
        std::string out;
        for (int i = below(5); i > 0; --i) out += pieces[static_cast<std::size_t>(below(9))];
        return out;
    }
    int below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }

    std::mt19937 random_{42};
};

TEST(lease_documents, say_what_a_tree_says) {
    random_json random;
    for (int i = 0; i < 2'000; ++i) {
        const json tree = random.object(5);
        const auto flat = document::parse(tree.dump(i % 2 == 0 ? -1 : 1));
        ASSERT_TRUE(flat);
        ASSERT_EQ(flat->top().dump(), tree.dump());
        ASSERT_EQ(flat->top().to_json(), tree);
        writer w(0, 0);
        w.copy(flat->top());
        const document copy = w.finish();
        ASSERT_EQ(copy.top().dump(), tree.dump());
        ASSERT_TRUE(copy.top() == flat->top());
        for (const auto& [name, member] : tree.items()) {
            const value found = flat->top().find(name);
            ASSERT_TRUE(found);
            ASSERT_EQ(found.to_json(), member);
        }
    }
}

TEST(lease_documents, take_the_last_of_one_name) {
    const auto d = document::parse(R"({"b":1,"a":2,"b":{"x":3},"":true,"":false})");
    ASSERT_TRUE(d);
    EXPECT_EQ(d->top().dump(), R"({"":false,"a":2,"b":{"x":3}})");
}

TEST(lease_documents, leave_out_what_is_nothing_after_all) {
    writer w(0, 0);
    w.open(kind::object);
    w.name("a");
    w.text("was there");
    w.name("b");
    w.text("stays");
    w.name("a");
    w.nothing();
    w.close();
    EXPECT_EQ(w.finish().top().dump(), R"({"b":"stays"})");
}

TEST(lease_documents, are_objects_that_nest_80_deep) {
    const auto nested = [](std::size_t lists) {
        return R"({"a":)" + std::string(lists, '[') + std::string(lists, ']') + "}";
    };
    EXPECT_TRUE(document::parse(nested(leases::depth_max - 1)));
    EXPECT_FALSE(document::parse(nested(leases::depth_max)));
    for (const char* text :
         {"", "[]", "1", "{", R"({"a":1}})", R"({"a":01})", "{\"a\":\"\xff\"}"}) {
        EXPECT_FALSE(document::parse(text)) << text;
    }
}

TEST(lease_documents, have_a_million_values_at_most) {
    const auto list_of = [](std::size_t count) {
        std::string body = R"({"a":[0)";
        for (std::size_t i = 1; i < count; ++i) body += ",0";
        return body + "]}";
    };
    EXPECT_TRUE(leases::document::parse(list_of(999'998)));
    EXPECT_FALSE(leases::document::parse(list_of(1'000'001)));
}

TEST(lease_documents, know_whole_numbers) {
    const auto d = document::parse(R"({"a":7,"b":-7,"c":1.5,"d":18446744073709551615,"e":"7"})");
    ASSERT_TRUE(d);
    const value top = d->top();
    EXPECT_EQ(top.find("a").whole(), 7);
    EXPECT_EQ(top.find("b").whole(), -7);
    EXPECT_EQ(top.find("c").whole(), std::nullopt);
    EXPECT_EQ(top.find("d").whole(), std::numeric_limits<std::int64_t>::max());
    EXPECT_EQ(top.find("e").whole(), std::nullopt);
    EXPECT_EQ(top.find("f").whole(), std::nullopt);
}

TEST(lease_documents, give_nothing_of_what_is_none) {
    const value none;
    EXPECT_FALSE(none);
    EXPECT_FALSE(none.find("a"));
    EXPECT_FALSE(none.is_null());
    EXPECT_FALSE(none.truth());
    EXPECT_EQ(none.text(), "");
    EXPECT_EQ(none.size(), 0U);
    for (const value one : none) ADD_FAILURE() << one.dump();
}

}  // namespace
}  // namespace kinetide::testing
