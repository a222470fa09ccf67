// anchor-unsaid: the protocol counts a period from another day than the screening, and the rule does not say
// so.
#include <fmt/format.h>

#include <algorithm>

#include "tools/lint/fact_windows.hpp"
#include "tools/lint/same_amount.hpp"

namespace crit {

namespace {

struct AnchorWords {
  std::string_view words;
  std::string_view date;
};
constexpr AnchorWords kAnchors[] = {{"enrollment", "enrollment"},
                                    {"enrolment", "enrollment"},
                                    {"study entry", "enrollment"},
                                    {"randomization", "randomization"},
                                    {"randomisation", "randomization"},
                                    {"first dose", "first_dose"},
                                    {"first administration", "first_dose"},
                                    {"start of study drug", "first_dose"},
                                    {"start of study treatment", "first_dose"},
                                    {"initiation of study", "first_dose"},
                                    {"study drug administration", "first_dose"},
                                    {"dosing", "first_dose"},
                                    {"informed consent", "consent"},
                                    {"signing", "consent"},
                                    {"baseline", "baseline"},
                                    {"registration", "registration"}};

// The date that the words right after a period name: "prior to study enrollment".
const AnchorWords* anchor_after(std::string_view tail) {
  tail = stripped(tail);
  bool counts = false;
  for (std::string_view side : {"prior to", "before", "of", "preceding", "from"}) {
    if (!starts_with_words(tail, side)) continue;
    tail = stripped(tail.substr(side.size()));
    counts = true;
    break;
  }
  if (!counts) return nullptr;
  // Up to the next comma or three words on.
  const std::string_view clause =
      tail.substr(0, std::min({tail.find_first_of(",;.("), size_t{40}, tail.size()}));
  const AnchorWords* nearest = nullptr;
  size_t first = std::string_view::npos;
  for (const AnchorWords& anchor : kAnchors) {
    const size_t at = find_words(clause, anchor.words);
    if (at == std::string_view::npos || at >= first) continue;
    first = at;
    nearest = &anchor;
  }
  return find_words(clause.substr(0, first), "screening") == std::string_view::npos ? nearest : nullptr;
}

// The windows of this period, if none of them names an anchor.
const PlainDuration* unanchored(const Expr& condition, const TextNumber& t) {
  const PlainDuration* found = nullptr;
  bool anchored = false;
  for_each_window(condition, [&](const FactWindow& w) {
    if (!w.duration || !w.window) return;
    for (const PlainDuration& part : w.duration->parts) {
      const auto count = Rational::parse(part.count.digits);
      if (!count || !same_period({*count, part.unit, false, part.span, {}}, t)) continue;
      anchored = anchored || w.window->anchor;
      if (!found) found = &part;
    }
  });
  return anchored ? nullptr : found;
}

void run(const LintInput& input, Findings& findings) {
  for_each_criterion(input, [&](const Criterion& criterion) {
    if (!criterion.text || !criterion.condition) return;
    const TextReading text = read_protocol_text(criterion.text->text);
    for (const TextNumber& t : text.numbers) {
      if (!t.is_period()) continue;
      const auto end =
          size_t(std::ranges::lower_bound(text.plain.origin, uint32_t(t.end)) - text.plain.origin.begin());
      const AnchorWords* anchor =
          anchor_after(std::string_view(text.plain.lower).substr(std::min(end, text.plain.lower.size())));
      if (!anchor) continue;
      const PlainDuration* window = unanchored(*criterion.condition, t);
      if (!window) continue;
      findings.push_back(
          finding(window->span,
                  fmt::format("the protocol counts `{}` from `{}`, the rule from the screening", t.shown,
                              anchor->words),
                  fmt::format("write `within {} before {}` if the days differ",
                              text_of(input.source, window->span), anchor->date)));
    }
  });
}

}  // namespace

extern const LintRule kAnchorUnsaid{
    "anchor-unsaid",
    LintGroup::time,
    Severity::info,
    "the protocol counts a window from the enrollment or the first dose, and the rule from the screening",
    "Weeks may lie between the two, so that a treatment is inside one window and outside the other.",
    R"(trial T1 "example"

exclude E1 "Surgery within 4 weeks before randomization"
  surgery within 4 weeks
)",
    R"(trial T1 "example"

exclude E1 "Surgery within 4 weeks before randomization"
  surgery within 4 weeks before randomization
)",
    run};

}  // namespace crit
