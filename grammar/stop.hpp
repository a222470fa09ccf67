// The place where the grammar stopped, as the explanations of it look at it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "grammar/diagnostic.hpp"
#include "grammar/read.hpp"
#include "grammar/text_at.hpp"

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
  // Behind a whole condition or value: at the end of the part, or before what closes or goes on.
  bool after_operand() const {
    return wants_end() || expected == "`)`" || expected == "`then`" || expected == "`else`";
  }
  // The line of the token before, up to that token.
  std::string_view line_before() const {
    const std::string_view text = std::string_view(source.text).substr(0, before.begin);
    return text.substr(text.rfind('\n') + 1);
  }
};

// An explanation says nothing where it does not apply.
using Explanation = std::optional<Diagnostic> (*)(const Stop&);
std::optional<Diagnostic> first_of(std::span<const Explanation>, const Stop&);

Diagnostic finding(std::string rule, Span, std::string message, std::string help,
                   std::optional<Fix> = std::nullopt);

Diagnostic mistake(Span, std::string message, std::string help, std::optional<Fix> = std::nullopt);
// `wrong` is not how it is written, `right` is.
Diagnostic written(Span, std::string_view wrong, std::string_view right, bool safe = true);

// A number and its unit or limit at the front of the text: `18 years`, `6.5 %`, `100/mm3`, `3*ULN`.
struct Written {
  std::string_view number, unit, whole;
};
Written quantity_at(std::string_view text);

// `40 and 90`, `40 to 90 /min`, `35%-80% of predicted` at the front of the text. Length 0: no range stands
// there.
struct TwoLimits {
  std::string_view low, high;  // with the unit that is written
  std::string_view joint;      // `and`, `to`, or a dash
  bool predicted = false;
  size_t length = 0;
  std::string limits() const;  // `35% and 80% predicted`
};
TwoLimits range_at(std::string_view text);
size_t dash_length(std::string_view text);  // of `-` or `–` at the front; 0: there is none

bool begins_condition(std::string_view line);  // whether one may stand behind the text

// The comparison that ends the text: `age >= 18 years`, `age at least 18 years`. No name: what is compared is
// more than a name.
struct Ending {
  std::string_view name;
  CompareOp op;
  std::string_view value;
};
std::optional<Ending> comparison_at_end(const Stop&, std::string_view text);

// `age >= 18 years and <= 65 years`: another limit of what is compared before `and`, with its sign and the
// place of its value in the rest. Nothing: no comparison stands there.
std::optional<Diagnostic> second_limit(const Stop&, std::string_view ahead, std::string_view joint, Span sign,
                                       CompareOp, size_t value_at);

// The result that decides whether any of them is beyond the limit, or every one.
Selector result_of_any(CompareOp);
Selector result_of_every(CompareOp);
std::string results_meant(std::string_view name, CompareOp);  // which of both to write

// The bytes from the token on.
Span part_of_rest(const Stop&, size_t length);
uint32_t place_of_word(const Stop&, std::string_view word);  // of the source

// The length of `of the predicted normal value` or `pred.` at the front of the text; 0: there is none.
size_t predicted_length(std::string_view text);

// The length of `within normal limits` or `in the normal range` at the front of the text; 0: there is none.
size_t normal_range_length(std::string_view text);
size_t normal_length(std::string_view text);  // or of `are normal`

// `autism, epilepsy, or dementia ever`, on one line: how it is written. Empty: other things stand there.
std::string list_meant(const Stop&);

// What people write that has a right form: signs and numbers (mistakes.cpp), words that ask for records
// (mistakes_records.cpp), for what lasts (mistakes_lasting.cpp) or is stable (mistakes_stable.cpp), and count
// them (mistakes_counts.cpp), words around a name (mistakes_words.cpp), windows (mistakes_windows.cpp),
// comparisons (mistakes_compared.cpp), ranges (mistakes_ranges.cpp), changes (mistakes_changes.cpp), which
// result counts (mistakes_results.cpp), units (mistakes_units.cpp), the first line of a declaration
// (mistakes_declared.cpp), in which case a rule holds (mistakes_cases.cpp), for which arm
// (mistakes_arms.cpp).
std::optional<Diagnostic> anticipated_mistake(const Stop&);
std::optional<Diagnostic> mistake_of_records(const Stop&);
std::optional<Diagnostic> mistake_of_lasting(const Stop&);
std::optional<Diagnostic> mistake_of_stable(const Stop&);
std::optional<Diagnostic> mistake_of_count(const Stop&);
std::optional<Diagnostic> mistake_of_words(const Stop&);
std::optional<Diagnostic> mistake_of_declaration(const Stop&);
std::optional<Diagnostic> mistake_of_window(const Stop&);
std::optional<Diagnostic> mistake_of_comparison(const Stop&);
std::optional<Diagnostic> mistake_of_range(const Stop&);
std::optional<Diagnostic> mistake_of_unit(const Stop&);
std::optional<Diagnostic> mistake_of_case(const Stop&);
std::optional<Diagnostic> mistake_of_other_limit(const Stop&);  // in a case: before comparisons
std::optional<Diagnostic> mistake_of_change(const Stop&);
std::optional<Diagnostic> mistake_of_result(const Stop&);
std::optional<Diagnostic> mistake_of_arms(const Stop&);

}  // namespace crit
