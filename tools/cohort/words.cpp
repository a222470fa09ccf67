// Orders, shares and words that the text, the JSON and the page have in common.
#include <fmt/format.h>

#include <algorithm>

#include "tools/cohort/write.hpp"

namespace crit {

namespace {

std::vector<uint32_t> numbers_up_to(size_t count) {
  std::vector<uint32_t> numbers(count);
  for (uint32_t i = 0; i < count; ++i) numbers[i] = i;
  return numbers;
}

// The numbers of the counts that are not 0, the largest first.
template <typename Count>
std::vector<uint32_t> largest_first(size_t size, Count count) {
  std::vector<uint32_t> numbers = numbers_up_to(size);
  std::erase_if(numbers, [&](uint32_t i) { return count(i) == 0; });
  std::ranges::stable_sort(numbers, [&](uint32_t a, uint32_t b) { return count(a) > count(b); });
  return numbers;
}

std::string on_one_line(std::string_view text) {
  std::string words;
  bool blank = false;
  for (char c : text) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      blank = true;
      continue;
    }
    if (blank && !words.empty()) words += ' ';
    blank = false;
    words += c;
  }
  return words;
}

}  // namespace

std::string title_of(const Study& study, const Tally& tally) {
  const Model& model = study.trial.model;
  return tally.arm == kNone ? model.trial : fmt::format("{}, arm {}", model.trial, model.arms[tally.arm]);
}

std::string share_of(uint64_t part, uint64_t all) {
  if (all == 0) return {};
  const uint64_t tenths = (part * 1000 + all / 2) / all;
  return fmt::format("{}.{}%", tenths / 10, tenths % 10);
}

std::string with_plural(uint64_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::string limit_text(const Rules& rules, const MovableLimit& limit) {
  return on_one_line(text_of(rules.sources[limit.span.file], limit.span));
}

std::string words_of_flaws(const Cohort& cohort) {
  std::vector<std::string> flaws;
  if (cohort.nameless > 0)
    flaws.push_back(fmt::format("{} could not be read at all, and not even a patient be named",
                                with_plural(cohort.nameless, "record", "records")));
  if (cohort.cut > 0)
    flaws.push_back(fmt::format("{} could not be read to {} end", with_plural(cohort.cut, "file", "files"),
                                cohort.cut == 1 ? "its" : "their"));
  if (cohort.empty > 0) flaws.push_back(with_plural(cohort.empty, "file is empty", "files are empty"));
  if (cohort.repeated > 0)
    flaws.push_back(fmt::format("{} in the input more than once, and the first answer of each is counted",
                                with_plural(cohort.repeated, "patient is", "patients are")));
  return fmt::format("{}", fmt::join(flaws, "; "));
}

std::string words_of_unmapped(const Cohort& cohort, const Tally& tally) {
  const std::string words = words_of_unmapped(tally.assumed, cohort.unmapped);
  return words.empty() ? words : words + " (`crit facts --unmapped` lists them)";
}

std::string words_of(const Study& study, const Change& change) {
  const std::string& id = study.trial.model.criteria[change.criterion].id;
  return change.takes_out() ? "without " + id : fmt::format("with {}: {}", id, on_one_line(change.condition));
}

std::string words_of_none_together(const Study& study) {
  if (study.together || study.changes.size() < 2) return {};
  std::vector<std::string> twice;
  for (const Change& change : study.changes) {
    const std::string& id = study.trial.model.criteria[change.criterion].id;
    if (std::ranges::count(study.changes, change.criterion, &Change::criterion) > 1 &&
        std::ranges::find(twice, id) == twice.end())
      twice.push_back(id);
  }
  return fmt::format("they are not counted all together: {} more than one change",
                     twice.size() == 1 ? twice[0] + " has" : fmt::format("{} have", fmt::join(twice, ", ")));
}

std::string near_meaning() {
  return fmt::format(
      "patients that fail one criterion only, and pass it when one of its limits is moved by {}% (ages, "
      "dates, periods, grades, counts and limits inside `with` are not moved)",
      kNearPercent);
}

std::string words_of_uncounted(const Tally& tally) {
  const bool one = tally.refused_by_rules == 1;
  if (tally.refused_by_rules == 0) return {};
  return fmt::format(
      "{} no verdict, since criteria ask for what cannot be read of {}, and {} in none of "
      "these numbers; `--without` counts {} too",
      with_plural(tally.refused_by_rules, "patient has", "patients have"), one ? "it" : "them",
      one ? "is" : "are", one ? "it" : "them");
}

std::string_view later_assumption() {
  return "nothing new is recorded: only the screening date moves";
}

std::vector<uint32_t> costliest_first(const Tally& tally) {
  std::vector<uint32_t> numbers = numbers_up_to(tally.criteria.size());
  std::ranges::stable_sort(numbers, [&](uint32_t a, uint32_t b) {
    const CriterionCount &x = tally.criteria[a], &y = tally.criteria[b];
    return std::tie(x.fail, x.unknown) > std::tie(y.fail, y.unknown);
  });
  return numbers;
}

std::vector<std::pair<std::string, FactCount>> most_needed_first(const Tally& tally) {
  std::vector<std::pair<std::string, FactCount>> facts(tally.facts.begin(), tally.facts.end());
  std::ranges::stable_sort(facts,
                           [](const auto& a, const auto& b) { return a.second.needed > b.second.needed; });
  return facts;
}

std::vector<uint32_t> near_limits(const Tally& tally) {
  return largest_first(tally.near.size(), [&](uint32_t i) { return tally.near[i].patients; });
}

std::vector<uint32_t> later_criteria(const Tally& tally) {
  return largest_first(tally.later_by_criterion.size(), [&](uint32_t i) {
    return tally.later_by_criterion[i].eligible + tally.later_by_criterion[i].undetermined;
  });
}

std::string gain(uint64_t before, uint64_t after) {
  if (before == after) return "±0";
  return after > before ? fmt::format("+{}", after - before) : fmt::format("-{}", before - after);
}

}  // namespace crit
