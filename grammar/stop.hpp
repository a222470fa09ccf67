// The place where the grammar stopped, as the explanations of it look at it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "grammar/diagnostic.hpp"
#include "grammar/read.hpp"

namespace crit {

struct Stop {
  const Source& source;
  Part part;
  std::string_view expected;  // empty: nothing more
  Span token;                 // what was not expected; empty at the end of the part
  Span before;                // the last token before it; empty at the start of the part
  bool line_ends;             // nothing more on the line of `before`
  bool new_line;              // the token stands on a later line than `before`
  uint32_t end;               // of the part

  std::string_view word() const { return text_of(source, token); }
  std::string_view last() const { return text_of(source, before); }
  // The token before in backticks; of a text no more than that it is one.
  std::string last_shown() const;
  // The text from the token on, or from the one before it.
  std::string_view rest() const { return text_of(source, {token.begin, end, source.id}); }
  std::string_view from_last() const { return text_of(source, {before.begin, end, source.id}); }
  bool at_start() const { return before.begin == before.end; }

  bool wants(std::string_view what) const { return expected.find(what) != std::string_view::npos; }
  bool wants_operand() const { return wants("condition") || wants("a value") || wants("a name"); }
  bool wants_end() const { return expected.empty(); }
};

// An explanation says nothing where it does not apply.
using Explanation = std::optional<Diagnostic> (*)(const Stop&);

Diagnostic finding(std::string rule, Span, std::string message, std::string help,
                   std::optional<Fix> = std::nullopt);

// mistakes.cpp: what people write that has a right form.
std::optional<Diagnostic> anticipated_mistake(const Stop&);

}  // namespace crit
