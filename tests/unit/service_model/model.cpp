#include "model.hpp"

#include <algorithm>
#include <cctype>

#include "project_files.hpp"

namespace kinetide::testing {
namespace {

const json& model() {
    static const json all = json::parse(project_file("tests/model/kinesis-service-model.json"));
    return all;
}

std::string lower_first(std::string name) {
    name[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(name[0])));
    return name;
}

class input_walk {
public:
    std::vector<place> found;

    void structure(const place& in, const std::string& prefix) {
        const json& of = shape(in.of);
        const std::vector<std::string> required = of.value("required", std::vector<std::string>{});
        for (const auto& [name, member] : of["members"].items()) {
            place p;
            p.at = in.at / name;
            p.path = prefix + lower_first(name);
            p.of = member["shape"];
            p.required = std::find(required.begin(), required.end(), name) != required.end();
            p.within = in.within;
            if (!in.at.empty()) p.within.push_back({in.at, in.of});
            found.push_back(p);
            inside(p);
        }
    }

private:
    void inside(const place& p) {
        const json& of = shape(p.of);
        if (of["type"] == "structure") structure(p, p.path + ".");
        if (of["type"] == "list") element(p, of["member"]["shape"]);
        if (of["type"] != "map") return;
        add(p, p.at, role::map_key, of["key"]["shape"]);
        add(p, p.at / "k", role::map_value, of["value"]["shape"]);
    }

    void element(const place& list, const shape_name& of) {
        place p = add(list, list.at / 0, role::element, of);
        p.path = list.path + ".1.member";
        if (shape(of)["type"] != "structure") return;
        found.back().path = p.path;
        structure(p, p.path + ".");
    }

    place add(const place& whole, json::json_pointer at, role as, const shape_name& of) {
        place p;
        p.at = std::move(at);
        p.path = whole.path;
        p.of = of;
        p.as = as;
        p.within = whole.within;
        p.within.push_back({whole.at, whole.of});
        found.push_back(p);
        return p;
    }
};

}  // namespace

const json& shape(const shape_name& name) { return model()["shapes"].at(name); }

const json& modelled(const std::string& operation) { return model()["operations"].at(operation); }

std::set<std::string> all_operations() {
    std::set<std::string> names;
    for (const auto& [name, operation] : model()["operations"].items()) names.insert(name);
    return names;
}

std::set<std::string> classic_operations() {
    std::set<std::string> names = all_operations();
    std::erase_if(names, [](const std::string& name) {
        return name.find("Channel") != std::string::npos || name.find("Queue") != std::string::npos;
    });
    return names;
}

std::vector<place> input_places(const std::string& operation) {
    input_walk walk;
    place request;
    request.of = modelled(operation)["input"]["shape"];
    walk.structure(request, "");
    return walk.found;
}

std::vector<std::string> errors_of(const std::string& operation) {
    std::vector<std::string> names;
    for (const json& e : modelled(operation)["errors"]) names.push_back(e["shape"]);
    return names;
}

}  // namespace kinetide::testing
