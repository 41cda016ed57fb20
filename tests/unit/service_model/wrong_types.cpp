// Values of other types than a shape has, and the texts that were recorded for them.
// 2).

#include "samples.hpp"

namespace kinetide::testing {
namespace {

const std::string boolean = "class java.lang.Boolean can not be converted to ";
const std::string number =
    "class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be converted to ";
const std::string text = "class java.lang.String can not be converted to ";

// A blob's text is base64 in JSON only.
void add_bad_base64(std::vector<wrong_type>& all) {
    const std::string end = "' can not be converted to a Blob: ";
    all.push_back(
        {"23456",
         "'23456" + end + "Base64 encoded length is expected a multiple of 4 bytes but found: 5"});
    all.push_back({"=+/=", "'=+/=" + end + "Invalid Base64 character: '='"});
    all.push_back({"+/+=", "'+/+=" + end + "Invalid last non-pad Base64 character dectected"});
}

std::vector<wrong_type> scalars_for(const std::string& type, wire::form form) {
    if (type == "string") {
        return {
            {true, boolean + "an String"}, {1, number + "an String"}, {1.5, number + "an String"}};
    }
    if (type == "integer") return {{"1", text + "an Integer"}, {true, boolean + "an Integer"}};
    if (type == "long") return {{"1", text + "an Long"}, {true, boolean + "an Long"}};
    if (type == "boolean") {
        return {{1, number + "an Boolean"}, {"abc", "'ABC' can not be converted to an Boolean"}};
    }
    if (type == "timestamp") {
        const std::string end = "milliseconds since epoch";
        return {{"1", text + end}, {false, boolean + end}};
    }
    std::vector<wrong_type> all{{true, boolean + "a Blob"}, {1, number + "a Blob"}};
    if (form == wire::form::json) add_bad_base64(all);
    return all;
}

}  // namespace

std::vector<wrong_type> wrong_types_of(const shape_name& name, wire::form form) {
    const std::string list_found = "Start of list found where not expected";
    const std::string map_found = "Start of structure or map found where not expected.";
    const std::string type = shape(name)["type"];
    std::vector<wrong_type> all;
    const bool list = type == "list";
    const bool map = type == "map";
    if (list || map || type == "structure") {
        const std::string expected = list  ? "Expected list or null"
                                     : map ? "Expected map or null"
                                           : "Expected null";
        for (const json& scalar : {json("a"), json(1), json(true)}) {
            all.push_back({scalar, expected});
        }
    } else {
        all = scalars_for(type, form);
    }
    if (!list) all.push_back({json::array(), list_found});
    if (!map && type != "structure") all.push_back({json::object(), map_found});
    return all;
}

}  // namespace kinetide::testing
