// All of wire that an operation needs.
#pragma once

#include <kinetide/wire/arena.hpp>         // IWYU pragma: export
#include <kinetide/wire/body.hpp>          // IWYU pragma: export
#include <kinetide/wire/constraints.hpp>   // IWYU pragma: export
#include <kinetide/wire/decode.hpp>        // IWYU pragma: export
#include <kinetide/wire/encode.hpp>        // IWYU pragma: export
#include <kinetide/wire/enum_names.hpp>    // IWYU pragma: export
#include <kinetide/wire/event_stream.hpp>  // IWYU pragma: export
#include <kinetide/wire/form.hpp>          // IWYU pragma: export
#include <kinetide/wire/list.hpp>          // IWYU pragma: export
#include <kinetide/wire/shape.hpp>         // IWYU pragma: export
