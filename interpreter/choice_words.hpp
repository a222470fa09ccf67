// A choice and its values as people write them side by side: `ECOG 0-2`, `NYHA III or IV`, `HIV positive`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "interpreter/schema.hpp"

namespace crit {

// A name as it is spelt, or spelt in other cases; empty: there is none.
std::string name_in_any_case(Schema&, const Schema::Scope&, const std::string& word);

// The choice of a name, spelt so or in other cases; null: none.
const Fact* choice_named(Schema&, const Schema::Scope&, const std::string& name);

// The value and those that are joined to it behind `end`: `III or IV`, `III/IV`, `0-2`, `0 to 2`. Moves the
// end behind the last.
std::vector<std::string> values_from(const Fact& choice, const std::string& value, std::string_view text,
                                     uint32_t& end);

// The value behind `of`: `ECOG performance status of 0`. Moves the end behind it; empty: there is none.
std::string value_behind_of(const Fact& choice, std::string_view text, uint32_t& end);

// A word between a choice and its value: `ECOG score 2`.
bool is_choice_filler(std::string_view word);

// What `HIV positive` may mean: `HIV_test = positive`. A choice of that name, or else those of the tests for
// it.
std::vector<std::string> tests_meant(Schema&, const Schema::Scope&, const std::string& name,
                                     std::string_view value);

}  // namespace crit
