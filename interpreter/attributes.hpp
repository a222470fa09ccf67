// Which attributes a record of a fact may have: its own, those of the facts it `is`, and those that every
// record of its kind has whatever the declaration says.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "interpreter/schema.hpp"

namespace crit {

std::span<const AttributeInfo> built_in_attributes(FactKind);

// The word of an attribute that has others than those which are told, or may have.
inline constexpr std::string_view kAnyWord = "";

// For the readers of patients, who serve all trials of a run: the nearest of each name first.
std::vector<AttributeInfo> attributes_in_data(Schema&, const Fact&);

}  // namespace crit
