// The counts for a person at a terminal: the flow first, then what each criterion costs, what is missing, and
// who could still join.
#include <fmt/format.h>

#include <algorithm>

#include "tools/cohort/write.hpp"

namespace crit {

namespace {

constexpr size_t kMostFacts = 20;

struct Writing {
  std::string& to;
  const Cohort& cohort;
  const Console& console;
  const Study& study;
  const Tally& tally;
  size_t ids = 0;     // the width of a criterion's number
  size_t counts = 0;  // the width of a count

  const CriterionModel& criterion(uint32_t i) const { return study.trial.model.criteria[i]; }

  void line(std::string_view text) {
    to += text;
    while (to.ends_with(' ')) to.pop_back();
    to += '\n';
  }
  void heading(std::string_view text) {
    std::string wrapped;
    append_wrapped(wrapped, text, 0, 0, console.width);
    to += '\n';
    line(styled(console.out, Style::strong, wrapped));
  }
  // The left part, then as much of the words as fits before their end, which is always there.
  void row(const std::string& left, std::string_view words, std::string_view end = {}) {
    const size_t used = left.size() + 2 + end.size();
    const bool fits = used + 10 < console.width;
    line(fmt::format("{}  {}{}", left, fits ? shortened(words, console.width - used) : "", end));
  }
  std::string share(uint64_t part, uint64_t all) const { return fmt::format("{:>6}", share_of(part, all)); }

  void title() {
    const std::string name = title_of(study, tally);
    to += styled(console.out, Style::strong, name);
    if (!study.trial.model.title.empty()) {
      to += "  ";
      append_wrapped(to, study.trial.model.title, name.size() + 2, name.size() + 2, console.width);
    }
    to += '\n';
  }

  void verdicts() {
    heading(with_plural(tally.patients, "patient with a verdict", "patients with a verdict"));
    for (const auto& [decision, style] :
         {std::pair{Decision::eligible, Style::good}, std::pair{Decision::undetermined, Style::open},
          std::pair{Decision::ineligible, Style::bad}}) {
      const uint64_t count = tally.of(decision);
      line(fmt::format("  {:>{}} {}  {}", count, counts, share(count, tally.patients),
                       styled(console.out, style, name_of(decision))));
    }
    if (tally.refused > 0) line(fmt::format("  {:>{}}         without a verdict", tally.refused, counts));
    if (tally.assumed != 0) line(words_of_assumption(tally.assumed, tally.resting, tally.patients));
    if (const std::string unmapped = words_of_unmapped(cohort, tally); !unmapped.empty()) line(unmapped);
    append_wrapped(to, words_of_flaws(cohort), 0, 0, console.width);
    if (!to.ends_with('\n')) to += '\n';
  }

  void flow() {
    heading("flow: each patient leaves at the first criterion that fails");
    row(fmt::format("  {:>{}}", tally.patients, counts), "assessed");
    for (uint32_t i = 0; i < tally.criteria.size(); ++i) {
      if (tally.criteria[i].fail_first == 0) continue;
      row(fmt::format("  {:>{}}  {:<{}}", fmt::format("-{}", tally.criteria[i].fail_first), counts,
                      criterion(i).id, ids),
          criterion(i).text);
    }
    row(fmt::format("  {:>{}}", tally.patients - tally.of(Decision::ineligible), counts),
        fmt::format("not excluded: {} eligible, {} undetermined", tally.of(Decision::eligible),
                    tally.of(Decision::undetermined)));
  }

  void criteria() {
    if (tally.patients == 0) return;
    heading("criteria, the costliest first");
    const size_t width = std::max<size_t>(counts, 8);
    line(fmt::format("  {:<{}}  {:>{}} {:>6}  {:>{}}  {:>{}}  {:>{}}", "", ids, "fail", counts, "", "alone",
                     width, "unknown", width, "eligible without", width + 9));
    std::vector<std::string> idle, of_other_arms;
    for (uint32_t i : costliest_first(tally)) {
      const CriterionCount& count = tally.criteria[i];
      if (count.fail + count.unknown == 0) {
        (is_of_arm(criterion(i), tally.arm) ? idle : of_other_arms).push_back(criterion(i).id);
        continue;
      }
      line(fmt::format("  {:<{}}  {:>{}} {}  {:>{}}  {:>{}}  {:>{}}", criterion(i).id, ids, count.fail,
                       counts, share(count.fail, tally.patients), count.fail_alone, width, count.unknown,
                       width, count.last_obstacle == 0 ? "" : fmt::format("+{}", count.last_obstacle),
                       width + 9));
    }
    list_of("nobody fails, and all are known", idle);
    list_of("not for this arm", of_other_arms);
    if (const std::string words = words_of_uncounted(tally); !words.empty()) wrapped(words);
  }
  void wrapped(const std::string& words) {
    to += "  ";
    append_wrapped(to, words, 2, 4, console.width);
    to += '\n';
  }
  void list_of(std::string_view words, const std::vector<std::string>& criteria) {
    if (criteria.empty()) return;
    wrapped(fmt::format("{}: {}", words, fmt::join(criteria, ", ")));
  }

  void missing() {
    const auto facts = most_needed_first(tally);
    if (facts.empty()) return;
    heading(fmt::format(
        "facts that are missing for a verdict on {}",
        with_plural(tally.of(Decision::undetermined), "undetermined patient", "undetermined patients")));
    line(fmt::format("  {:>{}}  {:>14}", "needed", std::max<size_t>(counts, 6), "settles alone"));
    for (size_t i = 0; i < std::min(facts.size(), kMostFacts); ++i) {
      const auto& [name, count] = facts[i];
      row(fmt::format("  {:>{}}  {:>14}", count.needed, std::max<size_t>(counts, 6), count.settles), name);
    }
    if (facts.size() > kMostFacts)
      line(fmt::format("  and {} more, with --format json", facts.size() - kMostFacts));
  }

  void near() {
    const auto limits = near_limits(tally);
    if (limits.empty()) return;
    heading("near misses: " + near_meaning());
    for (uint32_t i : limits) {
      const MovableLimit& limit = study.limits.limits[i];
      row(fmt::format("  {:>{}}  {:<{}}", tally.near[i].patients, counts, criterion(limit.criterion).id, ids),
          limit_text(cohort.rules, limit),
          tally.near[i].eligible == tally.near[i].patients
              ? ""
              : fmt::format(" ({} with nothing unknown)", tally.near[i].eligible));
    }
  }

  void later() {
    const uint64_t all = tally.later.eligible + tally.later.undetermined;
    if (all == 0) return;
    heading(fmt::format("screened again within {} ({})",
                        with_plural(cohort.counting.days_ahead, "day", "days"), later_assumption()));
    row(fmt::format("  {:>{}}", tally.later.eligible, counts), "become eligible");
    if (tally.later.undetermined > 0) {
      const std::string left = fmt::format("  {:>{}}  ", tally.later.undetermined, counts);
      to += left;
      append_wrapped(to,
                     "pass what they do not pass today, but need facts that are missing or too old by then",
                     left.size(), left.size(), console.width);
      to += '\n';
    }
    for (uint32_t i : later_criteria(tally)) {
      const LaterCount& count = tally.later_by_criterion[i];
      row(fmt::format("  {:>{}}  {:<{}}", count.eligible + count.undetermined, counts, criterion(i).id, ids),
          "of them do not pass today: " + criterion(i).text);
    }
  }

  void change(const ChangeCount& count, const std::string& words) {
    const uint64_t eligible = count.decisions[size_t(Decision::eligible)],
                   undetermined = count.decisions[size_t(Decision::undetermined)];
    std::string text = fmt::format("{}: {} eligible ({}), {} undetermined ({})", words, eligible,
                                   gain(tally.of(Decision::eligible), eligible), undetermined,
                                   gain(tally.of(Decision::undetermined), undetermined));
    if (count.refused != tally.refused)
      text += fmt::format(", {} without a verdict ({})", count.refused, gain(tally.refused, count.refused));
    wrapped(text);
  }

  void changes() {
    if (study.changes.empty()) return;
    heading("what if");
    for (size_t i = 0; i < study.changes.size(); ++i)
      change(tally.changes[i], words_of(study, study.changes[i]));
    if (study.together) change(tally.together, "all together");
    if (const std::string words = words_of_none_together(study); !words.empty()) wrapped(words);
  }
};

}  // namespace

void append_cohort_text(std::string& to, const Cohort& cohort, const Console& console) {
  bool first = true;
  for (const Study& study : cohort.studies) {
    for (const Tally& tally : study.tallies) {
      if (!first) to += "\n\n";
      first = false;
      Writing w{to, cohort, console, study, tally};
      for (const CriterionModel& c : study.trial.model.criteria)
        w.ids = std::max(w.ids, std::min<size_t>(c.id.size(), 12));
      w.counts = std::max<size_t>(fmt::format("-{}", tally.patients + tally.refused).size(), 4);
      w.title();
      w.verdicts();
      w.flow();
      w.criteria();
      w.missing();
      w.near();
      w.later();
      w.changes();
    }
  }
}

}  // namespace crit
