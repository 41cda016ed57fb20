// The two forms that one shape takes on the wire.
#pragma once

namespace kinetide::wire {

enum class form {
    json,  // application/x-amz-json-1.1
    cbor,  // application/x-amz-cbor-1.1
};

}  // namespace kinetide::wire
