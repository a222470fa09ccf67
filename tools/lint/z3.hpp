// Z3 as it is loaded where a question is first asked. To be included for z3++.h.
//
// The functions of z3++.h call those of z3.h, and in namespace z3 the pointers of the same names are found
// first; a function that is called and does not stand in z3.def is not found by the linker.
#pragma once

#include <z3.h>

#include <string>

namespace z3 {

// A declared name has no parentheses. NOLINTNEXTLINE(bugprone-macro-parentheses)
#define CRIT_FUNCTION(name) inline decltype(&::name) name = nullptr;
#include "tools/lint/z3.def"
#undef CRIT_FUNCTION

}  // namespace z3

#include <z3++.h>

namespace crit {

// Loads it once. What is wrong, and the mend; empty: it is there.
const std::string& no_z3();

}  // namespace crit
