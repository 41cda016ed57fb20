// Whether this machine has AVX2, for code that is compiled for it in single functions.
#pragma once

namespace kinetide {

bool has_avx2();

}  // namespace kinetide
