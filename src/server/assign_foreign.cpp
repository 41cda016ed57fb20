#include "assign_foreign.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "forms.hpp"

namespace kinetide::program {
namespace {

struct foreign_given {
    const foreign_setting* what;
    given said;
};

// The weakest first: what is assigned later counts.  Of one setting only the strongest is there.
std::vector<foreign_given> all_given(const sources& all) {
    std::vector<foreign_given> out;
    const auto add = [&](const foreign_setting& f, std::optional<given> said) {
        if (said) out.push_back({&f, std::move(*said)});
    };
    for (const foreign_setting& f : foreign_settings()) {
        if (!said_of_flag(f, all) && !said_of_variable(f, all)) add(f, said_of_key(f, all));
    }
    for (const foreign_setting& f : foreign_settings()) {
        if (!said_of_flag(f, all)) add(f, said_of_variable(f, all));
    }
    for (const foreign_setting& f : foreign_settings()) add(f, said_of_flag(f, all));
    return out;
}

const setting* ours_of(const foreign_setting& f) {
    const auto& all = all_settings();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const setting& s) { return s.name == f.sets; });
    return found == all.end() ? nullptr : &*found;
}

// Of a list, all that was said counts: kinesis-mock has a setting for each of its ports.
class lists {
public:
    void add(const setting& ours, const std::string& value, configuration& c) {
        if (!ours.value.list) return;
        std::string& text = texts_[ours.name];
        if (!text.empty()) text += ',';
        text += value;
        ours.value.assign(c, text);
    }

private:
    std::map<std::string_view, std::string> texts_;
};

// One line for all that have the same said of them.
class notices {
public:
    void add(const foreign_given& g) {
        const std::string_view text = g.what->notice;
        if (text.empty() || (g.what->boolean && parse_boolean(g.said.value) == false)) return;
        const auto same = std::find_if(
            lines_.begin(), lines_.end(), [&](const auto& line) { return line.second == text; });
        if (same == lines_.end()) {
            lines_.emplace_back(g.said.source, text);
        } else {
            same->first += ", " + g.said.source;
        }
    }

    void move_to(std::vector<std::string>& warnings) {
        for (const auto& [names, text] : lines_) {
            warnings.push_back(names + ": " + std::string(text));
        }
    }

private:
    std::vector<std::pair<std::string, std::string_view>> lines_;
};

}  // namespace

void assign_foreign(const sources& all, configuration& c) {
    lists gathered;
    notices said;
    for (const foreign_given& g : all_given(all)) {
        const setting* const ours = ours_of(*g.what);
        if (ours != nullptr && !ours->in_file) continue;  // the file itself: read by now
        if (const auto stronger = ours == nullptr ? std::nullopt : said_of(*ours, all)) {
            c.warnings.push_back(
                g.said.source + " has no effect: " + stronger->source + " is stronger");
            continue;
        }
        if (!g.what->assign(c, g.said.value)) refuse(g.said, g.what->accepted);
        if (ours != nullptr) gathered.add(*ours, g.said.value, c);
        said.add(g);
    }
    said.move_to(c.warnings);
}

}  // namespace kinetide::program
