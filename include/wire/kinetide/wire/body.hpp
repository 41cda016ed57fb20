// An answer that is encoded while it is sent: its size is known at once, its bytes come in pieces.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include <kinetide/wire/describe.hpp>
#include <kinetide/wire/form.hpp>

namespace kinetide::wire {

// One thread at a time.
class body {
public:
    body(const body&) = delete;
    body& operator=(const body&) = delete;
    virtual ~body();

    // Of the whole answer, in bytes: exact.
    [[nodiscard]] std::uint64_t size() const { return size_; }

    // Appends about `wanted` bytes: whole elements of the sequence, one at least; those that are
    // larger than `wanted` and than 64 KiB are divided.  False when these were the last ones.
    bool next(std::string& out, std::size_t wanted);

protected:
    explicit body(form f) : form_(f) {}
    // Once, with a value that stays where it is.
    void start(const structure_table& table, const void* value);

private:
    enum class stage { head, elements, done };

    void next_elements(std::string& out, std::size_t wanted);
    void next_divided(std::string& out, std::size_t wanted);

    form form_;
    stage stage_ = stage::head;
    bool first_element_ = true;
    const structure_table* table_ = nullptr;
    const void* value_ = nullptr;
    const type_table* element_ = nullptr;  // of the sequence that is the last member, if it is one
    std::unique_ptr<element_cursor> rest_;
    std::uint64_t size_ = 0;
    std::uint64_t largest_ = 0;  // element, in bytes
    // The element that is being divided, if any.
    const void* divided_ = nullptr;
    std::uint64_t divided_given_ = 0;
};

namespace detail {

template <class T>
class owning_body final : public body {
public:
    owning_body(form f, T value) : body(f), value_(std::move(value)) {
        start(table_of<T>, &value_);
    }

private:
    T value_;
};

}  // namespace detail

// Owns the value.  Only its last declared member may be a sequence that is worth pausing in: others
// are written in one go.
template <class T>
std::unique_ptr<body> encode_later(form f, T value) {
    return std::make_unique<detail::owning_body<T>>(f, std::move(value));
}

}  // namespace kinetide::wire
