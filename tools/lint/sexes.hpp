// Whom a condition asks for: `sex = female`, in whatever form.
#pragma once

#include "tools/lint/criteria.hpp"

namespace crit {

enum class Sex { unsaid, female, male };

Sex other(Sex);
std::string_view name_of(Sex);  // "women"

// The sex that a condition asks for by itself, or by a definition that does.
Sex sex_asked(const LintInput&, const Expr&);

}  // namespace crit
