// The pieces of the canonical form that the printers share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "grammar/ast.hpp"

namespace crit {

inline constexpr size_t kLineWidth = 100;

// The text in quotes, quotes inside doubled.
std::string quoted(std::string_view text);

std::string print(const PlainDuration&);
std::string print(const Duration&);
std::string print_names(const std::vector<Name>&);
std::string print_records_head(const Records&);  // all but the exceptions
std::string print_exception(const Exception&);
std::string print_exception_end(const Exception&);  // what follows the list of names
std::string print_list_head(const ListOf&);         // `at least 2 of `
std::string print_sign(const Arithmetic&);

// Appends the expression at the end of `out`, over several lines where it does not fit in one or has comments
// at its items. Lines after the first are indented by `indent`; the operands of a chain by `chain`. `room` is
// what must still fit after it on its last line.
void print_lines(const Expr&, size_t indent, size_t chain, size_t room, std::string& out);

// The fields that stand before the condition (`when`, `arms`) and those after it.
bool stands_before_condition(const CriterionField&);

}  // namespace crit
