// Statements from the trees of their parts.
#pragma once

#include "grammar/build.hpp"

namespace crit {

using StatementNode = decltype(Statement::node);

// build_head.cpp: a broken head still declares its name where that was read.
StatementNode build_head(Build&, const Tree&, std::string_view keyword, bool broken);

// The name that a line declares which could not be read up to it, for what its first word begins: `measure
// "q" qq`, `Measure: qq`. Behind a word that is no keyword (not `is_keyword`) only what has a text behind it
// is one.
std::optional<Name> name_meant_behind(const Source&, uint32_t word, bool is_keyword);

// build_fields.cpp: adds the field to the statement; twice the same is a finding.
void build_field(Build&, const Tree&, StatementNode&, Trivia);

}  // namespace crit
