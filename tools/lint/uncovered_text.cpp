// uncovered-text: with --protocol, criteria of the registry that no rule quotes, and quotes that the registry
// has not.
#include <fmt/format.h>

#include "grammar/characters.hpp"
#include "tools/lint/plain_text.hpp"
#include "tools/lint/protocol_quotes.hpp"

namespace crit {

namespace {

constexpr size_t kMostShown = 100;  // bytes of a protocol's words in a message

std::string shortened(std::string_view text) {
  std::string shown = visible(stripped(text.substr(0, kMostShown)));
  if (text.size() <= kMostShown) return shown;
  return shown.substr(0, shown.find_last_of(' ')) + " ...";
}

std::string_view name_of(ProtocolItem::List list) {
  switch (list) {
    case ProtocolItem::List::inclusion:
      return "inclusion ";
    case ProtocolItem::List::exclusion:
      return "exclusion ";
    case ProtocolItem::List::unsaid:
      return "";
  }
  return "";
}

// "Part A", "Cohort 2:": a heading among the items of a list.
bool is_heading(std::string_view text) {
  const std::string lower = plain_text(text).lower;
  const std::string_view item = stripped(lower), first = next_word(item);
  if (item.ends_with(':')) return true;
  const bool names_a_part = first == "part" || first == "cohort" || first == "arm" || first == "group" ||
                            first == "stage" || first == "phase";
  return names_a_part && item.size() <= first.size() + 3;
}

Span place_of_trial(const LintInput& input) {
  for (const Statement& statement : input.trial.statements)
    if (const auto* trial = std::get_if<TrialStatement>(&statement.node)) return trial->id.span;
  return {0, 0, input.trial.file};
}

void run(const LintInput& input, Findings& findings) {
  const auto q = protocol_quotes(input);
  if (!q) return;
  if (q->items.empty()) {
    findings.push_back(finding(place_of_trial(input), "the protocol's file has no criteria that can be read",
                               "give the registry's text with its headings, or its JSON"));
    return;
  }
  if (std::string words = other_trial(input, *q); !words.empty()) {
    findings.push_back(finding(place_of_trial(input), std::move(words), "give the text of this trial"));
    return;
  }
  for (const Quote& quote : q->quotes) {
    if (quote.held) continue;
    const ProtocolItem* nearest = nearest_item(q->items, quote.criterion->text->text);
    findings.push_back(
        finding(quote.criterion->text->span,
                fmt::format("the protocol does not have the words of `{}`", quote.criterion->id.text),
                nearest ? "the protocol has: " + shortened(nearest->text) : ""));
  }
  for (size_t i = 0; i < q->items.size(); ++i) {
    const ProtocolItem& item = q->items[i];
    if (q->quoted[i] || is_heading(item.text)) continue;
    findings.push_back(
        finding(place_of_trial(input),
                fmt::format("no rule quotes the {}criterion `{}`", name_of(item.list), shortened(item.text)),
                "write an `include` or `exclude` for it"));
  }
}

}  // namespace

extern const LintRule kUncoveredText{"uncovered-text",
                                     LintGroup::text,
                                     Severity::warning,
                                     "with `--protocol FILE`: a criterion of the registry that no rule "
                                     "quotes; a quote that the registry does not have",
                                     "A criterion that was forgotten turns nobody away, and no other check "
                                     "can see it. Of a text that seems to be another trial's that alone is "
                                     "said. White space, bullets, quotes and "
                                     "dashes make no difference.",
                                     R"(trial T1 "example"

include I1 "Age 18 years or older"
  age >= 18 years
)",
                                     R"(trial T1 "example"

include I1 "Age 18 years or older"
  age >= 18 years

exclude E1 "Pregnant women"
  pregnant
)",
                                     run,
                                     Needs::protocol};

}  // namespace crit
