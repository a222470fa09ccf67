// Answers for a person: the verdict first, then what is needed, then the criteria, those that decide first.
#include <fmt/format.h>

#include <algorithm>

#include "grammar/characters.hpp"
#include "tools/report.hpp"

namespace crit {

namespace {

// In this order the criteria are told.
constexpr Outcome kOrder[] = {Outcome::fail, Outcome::unknown, Outcome::pass, Outcome::not_applicable};

Style style_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::pass:
      return Style::good;
    case Outcome::fail:
      return Style::bad;
    case Outcome::unknown:
      return Style::open;
    case Outcome::not_applicable:
      return Style::quiet;
  }
  return Style::quiet;
}

Style style_of(Decision decision) {
  switch (decision) {
    case Decision::eligible:
      return Style::good;
    case Decision::ineligible:
      return Style::bad;
    case Decision::undetermined:
      return Style::open;
  }
  return Style::open;
}

std::string_view shown_name(Outcome outcome) {
  return outcome == Outcome::not_applicable ? "not asked" : name_of(outcome);
}

constexpr size_t kOutcomeWidth = 9;
constexpr size_t kMaxIdWidth = 12;  // a longer id pushes its own line only

size_t id_width(const Model& model) {
  size_t width = 0;
  for (const CriterionModel& c : model.criteria) width = std::max(width, std::min(c.id.size(), kMaxIdWidth));
  return width;
}

void append_heading(std::string& to, const Report& report, const Console& console) {
  const std::string_view word = report.verdict ? name_of(report.verdict->decision) : "no verdict";
  const Style style = report.verdict ? style_of(report.verdict->decision) : Style::quiet;
  to += styled(console.out, style, word);
  to += "  ";
  std::string rest = visible(report.patient.id);
  if (report.arm != kNone) rest += fmt::format(", arm {}", report.model.arms[report.arm]);
  rest += fmt::format(", {}", report.model.trial);
  if (report.patient.screening) rest += fmt::format(", screening {}", to_string(*report.patient.screening));
  append_wrapped(to, rest, word.size() + 2, word.size() + 2, console.width);
  to += '\n';
}

void append_needed(std::string& to, const Report& report, const Console& console) {
  const std::vector<std::string> names = needed_of(report);
  if (names.empty()) return;
  constexpr std::string_view kLabel = "  needed: ";
  to += kLabel;
  append_wrapped(to, fmt::format("{}", fmt::join(names, ", ")), kLabel.size(), kLabel.size(), console.width);
  to += '\n';
}

void append_assumed(std::string& to, const Report& report, const Console& console) {
  if (report.patient.assumed == 0) return;
  constexpr std::string_view kLabel = "  assumed complete: ";
  to += kLabel;
  append_wrapped(to, assumption_of(report), kLabel.size(), kLabel.size(), console.width);
  to += '\n';
  const std::string lost = unmapped_words_of(report);
  if (lost.empty()) return;
  to += "  ";
  append_wrapped(to, lost, 2, 4, console.width);
  to += '\n';
}

void append_criterion(std::string& to, const Report& report, uint32_t i, size_t ids, const Console& console) {
  const CriterionModel& criterion = report.model.criteria[i];
  const Outcome outcome = report.verdict->outcomes[i];
  const std::string_view name = shown_name(outcome);
  const size_t indent = 2 + kOutcomeWidth + 2 + ids + 2;
  to += "  ";
  to += styled(console.out, style_of(outcome), name);
  to.append(kOutcomeWidth - name.size() + 2, ' ');
  to += criterion.id;
  to.append(criterion.id.size() < ids ? ids - criterion.id.size() + 2 : 2, ' ');
  const size_t used = indent - ids + std::max(ids, criterion.id.size());
  append_wrapped(to, explain(report.model, report.patient, i, *report.verdict).why, used, indent,
                 console.width);
  to += '\n';
  if (criterion.text.empty()) return;
  to.append(indent, ' ');
  const std::string words = fmt::format("\"{}\"", criterion.text);
  std::string shown;
  // What passed is only recalled; what did not is to be read in full.
  const bool in_full = outcome == Outcome::fail || outcome == Outcome::unknown;
  if (in_full)
    append_wrapped(shown, words, indent, indent, console.width);
  else
    shown = shortened(words, console.width - indent);
  to += styled(console.out, Style::quiet, shown);
  to += '\n';
}

}  // namespace

std::vector<std::string_view> assumed_parts(uint8_t parts) {
  std::vector<std::string_view> names;
  for (const Part part : {Part::conditions, Part::drugs, Part::events})
    if (parts >> unsigned(part) & 1) names.push_back(name_of(part));
  return names;
}

std::string words_of_assumption(uint8_t parts, uint64_t resting, uint64_t verdicts) {
  return fmt::format("assumed complete: {}; {} of {} verdicts {} on it",
                     fmt::join(assumed_parts(parts), ", "), resting, verdicts,
                     resting == 1 ? "rests" : "rest");
}

std::string assumption_of(const Report& report) {
  std::string words = fmt::format("{}", fmt::join(assumed_parts(report.patient.assumed), ", "));
  if (report.rests_on_assumption()) words += fmt::format("; without that {}", name_of(report.without));
  return words;
}

std::string words_of_unmapped(uint8_t assumed, const UnmappedParts& counts) {
  std::vector<std::string> parts;
  for (const std::string_view name : assumed_parts(assumed))
    if (const uint64_t count = counts[size_t(*part_named(name))]; count == kNotCounted)
      parts.push_back(fmt::format("{} (not counted)", name));
    else if (count > 0)
      parts.push_back(fmt::format("{} {}", name, count));
  return parts.empty() ? std::string()
                       : fmt::format("not mapped and so not looked at: {}", fmt::join(parts, ", "));
}

std::string unmapped_words_of(const Report& report) {
  UnmappedParts counts{};
  std::ranges::copy(report.patient.unmapped, counts.begin());
  const std::string words = words_of_unmapped(report.patient.assumed, counts);
  return words.empty() ? words : words + "; what is not recorded may be among them";
}

std::vector<std::string> needed_of(const Report& report) {
  if (report.verdict->decision != Decision::undetermined) return {};
  return needed(report.model, report.patient, *report.verdict);
}

void append_text(std::string& to, const Report& report, const Console& console) {
  append_heading(to, report, console);
  if (report.verdict) {
    append_needed(to, report, console);
    append_assumed(to, report, console);
    to += '\n';
    const size_t ids = id_width(report.model);
    for (Outcome outcome : kOrder)
      for (uint32_t i = 0; i < report.model.criteria.size(); ++i)
        if (report.verdict->outcomes[i] == outcome) append_criterion(to, report, i, ids, console);
  } else {
    for (const Fault& fault : report.faults) {
      to += "  ";
      append_wrapped(to, fmt::format("{}: {}", fault.where, fault.message), 2, 4, console.width);
      to += '\n';
    }
  }
  to += '\n';
}

}  // namespace crit
