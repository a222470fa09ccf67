// Comments to the places of the syntax tree where the printer writes them again.
#pragma once

#include "grammar/ast.hpp"
#include "grammar/lines.hpp"

namespace crit {

// The comments and blank lines of the lines [first, last), in order; several blank lines are one.
void collect_comments(const Source&, const std::vector<Line>&, size_t first, size_t last,
                      std::vector<std::string>&);

// What stands between two lines with code: before the second.
Trivia comments_between(const Source&, const std::vector<Line>&, size_t last_above, size_t first_below);

// The comments inside the lines [first, last] of a part go before it; the one on its last line stays after
// it.
void hoist_comments(const Source&, const std::vector<Line>&, size_t first, size_t last, Trivia&);

// The comments inside a condition go to the items of its lists and chains; where there is none, before it.
void attach_comments(const Source&, const std::vector<Line>&, size_t first, size_t last, Expr&, Trivia&);

// From `line` on, the end of the indented comments that still belong to the statement above.
size_t indented_comments_end(const std::vector<Line>&, size_t line);

// Reports the characters of a line that deceive. True where some stand in its code.
bool check_line_characters(const Source&, const Line&, std::vector<Diagnostic>&);

}  // namespace crit
