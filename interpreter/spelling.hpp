// Two words in, how alike they are out: what "did you mean" rests on.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace crit {

// How many letters must change, be added, left out or swapped with a neighbour.
size_t edit_distance(std::string_view a, std::string_view b);

// How many letters a slip of the hand must have changed in a name; npos: it is another name. The words of a
// name are held against each other one by one, since a letter or two make another word of a short one (`mood`
// and `blood`), and another digit another thing (`DPP4`).
size_t slips(std::string_view written, std::string_view name);

// In small letters, and of what has several usual names the one of the vocabulary: `DOB` is birth_date.
std::string full_name(std::string_view word);

// The one that was meant, most likely; empty where none is so near that it would be more than a guess.
std::string_view nearest_of(const std::vector<std::string_view>& words, std::string_view word);

std::string lower_case(std::string_view text);  // ASCII letters only, whatever the locale
bool same_in_any_case(std::string_view a, std::string_view b);

std::string day_spelt_out(std::string unit);  // `mg/d` to `mg/day`, as trial staff write it

}  // namespace crit
