// A name that nobody declares, to the declared ones that share its telling word (`tourette_disorder` and
// `tourette_syndrome`), or that say it of themselves (`angiotensin_receptor_blockers` and `ARB`).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "interpreter/schema.hpp"

namespace crit {

// At most three, in order; none where only words are shared that many names have (`disorder`, `blood`).
std::vector<std::string> names_with_its_word(const Schema::Scope&, std::string_view name);

// The name that is said to be these very words, or has them; empty: there is none, or several are. Capitals,
// `_`, `-` and an `s` of the plural make no other words.
std::string name_said_as(const Schema&, const Schema::Scope&, std::string_view words);
std::string standard_name_said_as(std::string_view words);  // of the vocabulary alone

}  // namespace crit
