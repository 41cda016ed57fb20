// Shapes with their C++ types forgotten: constant tables, over which plain functions decode, check
// and encode.  Shapes make them (shape.hpp, describe.hpp); only wire's own walkers read them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include <kinetide/wire/constraints.hpp>

namespace kinetide::wire {

enum class kind : std::uint8_t {
    text,
    blob,
    boolean,
    integer,       // std::int32_t, "Integer" in messages
    long_integer,  // std::int64_t, "Long" in messages
    time,
    enumeration,
    list,
    map,
    structure,
    sequence,  // answers only: a list whose elements are made one by one
};

struct structure_table;

// A run of elements in memory.
struct element_run {
    const void* first = nullptr;
    std::size_t size = 0;
};

// The elements of a sequence, one after the other.
class element_cursor {
public:
    element_cursor() = default;
    element_cursor(const element_cursor&) = delete;
    element_cursor& operator=(const element_cursor&) = delete;
    virtual ~element_cursor() = default;
    // The next element, valid until the next call; nullptr at the end.
    virtual const void* next() = 0;
};

// Of a text type.  A longer text goes by way of std::string.
inline constexpr std::size_t text_bytes_limit = 256;

// How a value of one C++ type is reached.  Functions that its kind does not need are null.
struct type_table {
    kind what = kind::text;
    bool decodable = false;

    // text: the value itself; or of a text type (which alone has a text_size) what it writes to
    // `scratch`, text_bytes_limit bytes.
    std::string_view (*text)(const void* value, char* scratch) = nullptr;
    std::size_t (*text_size)(const void* value) = nullptr;

    // enumeration
    std::span<const std::string_view> names{};
    std::span<const std::string_view> names_printed{};
    std::size_t (*index)(const void* value) = nullptr;
    void (*select)(void* value, std::size_t index) = nullptr;

    // list, sequence
    const type_table* element = nullptr;
    std::size_t element_size = 0;
    std::size_t element_alignment = 0;
    element_run (*elements)(const void* value) = nullptr;
    void (*assign)(void* value, const void* first, std::size_t size) = nullptr;
    void (*construct)(void* element) = nullptr;
    std::unique_ptr<element_cursor> (*open)(const void* value) = nullptr;

    const structure_table* structure = nullptr;
};

struct member_table {
    std::string_view name;
    const type_table* type = nullptr;
    // The member's value in a structure; nullptr when it is absent.
    const void* (*find)(const void* structure) = nullptr;
    // Makes it present; where `makeable`.  (A flag of its own: under UBSan g++ does not take the
    // comparison of a function's address for a constant.)
    void* (*make)(void* structure) = nullptr;
    bool makeable = false;
    bool required = false;
    bool decodable = false;
    member_constraints limits;
};

struct structure_table {
    static constexpr std::size_t members_max = 64;

    std::string_view name;  // in messages
    std::span<const member_table> members;
    std::uint64_t required = 0;  // bit i: members[i]
};

}  // namespace kinetide::wire
