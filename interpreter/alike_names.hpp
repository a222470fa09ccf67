// A name that nobody declares, to the declared ones that share its telling word: `tourette_disorder` and
// `tourette_syndrome`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "interpreter/schema.hpp"

namespace crit {

// At most three, in order; none where only words are shared that many names have (`disorder`, `blood`).
std::vector<std::string> names_with_its_word(const Schema::Scope&, std::string_view name);

}  // namespace crit
