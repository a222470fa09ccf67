// What the lint rules ask of a trial's tree: its criteria, the facts and definitions behind names, places in
// texts.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "interpreter/codes.hpp"
#include "tools/lint/rule.hpp"

namespace crit {

// Calls f for each criterion, in the order of the file.
void for_each_criterion(const LintInput&, const std::function<void(const Criterion&)>& f);

// Calls f for each condition of a criterion, `when`, and definition, in the order of the file.
void for_each_condition(const LintInput&, const std::function<void(const Expr&)>& f);

// The protocol is quoted: a text of blanks and full stops has no words.
bool has_words(const Criterion&);

// True where the whole condition is `judgement`: its own words are the question.
bool is_judgement_alone(const Criterion&);

// The condition of the criterion's `when`, or null.
const Expr* when_of(const Criterion&);

// The fact or the definition of this file that a name means; null: none.
const Fact* fact_of(const LintInput&, std::string_view name);
const Define* definition_of(const LintInput&, std::string_view name);
inline constexpr int kMostDefinitions = 8;  // that are followed one inside the other; there may be a circle

// The ICD-10 codes that a condition has, and ranges of them.
std::vector<CodeRange> icd10_of(const LintInput&, const Fact&);

// The place of bytes [begin, end) of a text as written in the file, whose pieces and quotes it may span.
Span place_in_text(const Source&, const Text&, size_t begin, size_t end);

// A finding; its rule and severity are filled in by the caller of the rule.
Diagnostic finding(Span, std::string message, std::string help = {});

// "`a`, `b` and `c`"
std::string listed(const std::vector<std::string>& words, std::string_view last = "and");

}  // namespace crit
