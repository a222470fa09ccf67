// Words that stand side by side, which the parser could not read, to what they mean by the names that there
// are.
#pragma once

#include <vector>

#include "interpreter/schema.hpp"

namespace crit {

// Says more of the parser's findings about two words without a sign or a word between them: that they are one
// name, or a choice and its value.
void say_by_names(std::vector<Diagnostic>&, const std::vector<const Source*>& sources, Schema&,
                  const Schema::Scope&);

}  // namespace crit
