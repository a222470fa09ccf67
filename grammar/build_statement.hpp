// Statements from the trees of their parts.
#pragma once

#include "grammar/build.hpp"

namespace crit {

using StatementNode = decltype(Statement::node);

// build_head.cpp: a broken head still declares its name where that was read.
StatementNode build_head(Build&, const Tree&, std::string_view keyword, bool broken);

// build_fields.cpp: adds the field to the statement; twice the same is a finding.
void build_field(Build&, const Tree&, StatementNode&, Trivia);

}  // namespace crit
