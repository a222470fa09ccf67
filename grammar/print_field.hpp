// The lines of statements in their canonical form, without the indentation before each part's first line.
#pragma once

#include <string>
#include <vector>

#include "grammar/ast.hpp"

namespace crit {

// The pieces of a text, a line each; lines after the first are indented.
std::string print_text(const Text&, size_t indent);

std::string print_head(const Statement&);

std::string print_trial_field(const TrialStatement&, const std::string& keyword);
std::string print_field(const CriterionField&);
std::string print_field(const DeclarationField&);
std::string print_range_line(const RangeLine&);

// The items with commas; where a line would pass `width` the next begins, indented. The first line has
// `column` characters already.
std::string wrap(const std::vector<std::string>& items, size_t indent, size_t width, size_t column);

// The characters on the last line.
size_t last_column(const std::string&);

}  // namespace crit
