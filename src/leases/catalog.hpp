// Which tables there are.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <kinetide/base/mutex.hpp>
#include <kinetide/leases/store.hpp>

#include "table.hpp"

namespace kinetide::leases {

// Any thread.  A table that is deleted lives on with those who hold it.
class catalog {
public:
    // nullptr when there is none.
    [[nodiscard]] std::shared_ptr<table> find(const owner& whose, std::string_view name) const;
    // False when there is one of that name.
    bool add(const owner& whose, std::shared_ptr<table> made);
    // False when another was faster; one that was made since is left alone.
    bool erase(const owner& whose, const table& one);

    [[nodiscard]] std::vector<std::pair<owner, std::shared_ptr<table>>> all() const;

private:
    using by_name = std::map<std::string, std::shared_ptr<table>, std::less<>>;

    mutable base::shared_mutex mutex_;
    std::map<owner, by_name> tables_ GUARDED_BY(mutex_);
};

}  // namespace kinetide::leases
