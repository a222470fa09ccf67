// The names that rules use: in conditions, and through definitions, formulas and `when`s.
#pragma once

#include <functional>
#include <set>
#include <string>

#include "tools/lint/criteria.hpp"

namespace crit {

// Calls f for each name in an expression and its windows.
void for_each_name(const Expr&, const std::function<void(const Name&)>& f);

// The declared names that the criteria need, themselves or through definitions, formulas and `when`s.
std::set<std::string, std::less<>> names_used(const LintInput&);

// True where the name, or one that it `is`, is in the set.
bool is_member_of_any(const LintInput&, std::string_view name,
                      const std::set<std::string, std::less<>>& names);

}  // namespace crit
