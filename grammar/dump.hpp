// The syntax tree as an indented list: what `crit dump --ast` shows, and what two trees are compared by.
#pragma once

#include <string>

#include "grammar/ast.hpp"

namespace crit {

// One line, indented by `depth` levels.
void dump_line(std::string& out, size_t depth, std::string_view line);

void dump(const Expr&, size_t depth, std::string& out);
void dump(const Window&, size_t depth, std::string& out);
void dump(const Trivia&, size_t depth, std::string& out);

}  // namespace crit
