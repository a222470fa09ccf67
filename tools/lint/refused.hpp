// The manual pages of what the parser and the checker refuse by themselves: no search belongs to them here.
#pragma once

#include <span>

#include "tools/lint/rule.hpp"

namespace crit {

std::span<const LintRule> refused_by_parser();
std::span<const LintRule> refused_by_checker();

}  // namespace crit
