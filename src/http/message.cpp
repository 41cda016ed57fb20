#include <kinetide/http/message.hpp>

#include "ascii.hpp"

namespace kinetide::http {

const std::string_view* request::find(std::string_view name) const {
    for (const field& f : fields) {
        if (same_text(f.name, name)) return &f.value;
    }
    return nullptr;
}

}  // namespace kinetide::http
