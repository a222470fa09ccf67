// What is wrong in a text, as a value: place, rule, plain words and the mend. Rendered in one place (render).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/source.hpp"

namespace crit {

enum class Severity { info, warning, error };
std::string_view name_of(Severity);

// A change of the text that mends a finding. `safe` keeps the meaning; others are offered, not applied
// unasked.
struct Fix {
  Span span;
  std::string text;
  bool safe = false;
};

// A second place that explains the first ("I1 is already used here").
struct Note {
  Span span;
  std::string message;
};

struct Diagnostic {
  Severity severity = Severity::error;
  std::string rule;  // "syntax", "unknown-name", ...: a name of the table of lint rules; empty: none of them
  Span span;
  std::string message;  // lower case, no full stop, the user's words in backticks
  std::string help;     // the mend, apart; may be empty, may have several lines
  std::optional<Fix> fix;
  std::vector<Note> notes;
  // The first of two words that stand side by side: who knows the names may say what they mean together.
  std::optional<Span> word_before = std::nullopt;
};

// Places first, then severity and rule, so that the order never depends on who found it.
void sort_by_place(std::vector<Diagnostic>&);

bool has_error(const std::vector<Diagnostic>&);

// The finding as a person reads it, ending in a line end:
//   trials/a.crit:5:3: error: number without a unit [missing-unit]
//     markerA <= 100
//                ^~~
//     help: write `100 U/L`
// Long lines are cut around the caret to `width` columns. `sources` is indexed by Span::file. `colour` adds
// ANSI colours.
std::string render(const Diagnostic&, const std::vector<const Source*>& sources, bool colour = false,
                   size_t width = 110);

// The same below a heading that names the file:
//   5:3 error: number without a unit [missing-unit]
//     markerA <= 100
std::string render_in_file(const Diagnostic&, const std::vector<const Source*>& sources, bool colour,
                           size_t width);

}  // namespace crit
