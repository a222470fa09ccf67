// A condition on the command line is parsed and checked as if it stood in the trial's file.
#include "tools/cohort/what_if.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "interpreter/read_value.hpp"

namespace crit {

namespace {

struct Changing {
  std::vector<Study>& studies;
  Rules& rules;
  Console& console;
  bool fine = true;

  void refuse(const std::string& message) {
    complain_error(console, message);
    fine = false;
  }

  // For each study that has this criterion, `change` with its number; an error where none has it.
  template <typename Each>
  void for_each_with(std::string_view option, std::string_view id, Each change) {
    bool some = false;
    for (Study& study : studies) {
      const auto& criteria = study.trial.model.criteria;
      const auto found = std::ranges::find(criteria, id, &CriterionModel::id);
      if (found == criteria.end()) continue;
      some = true;
      if (!change(study, static_cast<uint32_t>(found - criteria.begin()))) break;
    }
    if (some) return;
    std::vector<std::string> ids;
    for (const Study& study : studies)
      for (const CriterionModel& c : study.trial.model.criteria)
        if (std::ranges::find(ids, c.id) == ids.end()) ids.push_back(c.id);
    refuse(fmt::format("{}: there is no criterion `{}`; there are {}", option, id, fmt::join(ids, ", ")));
  }

  void take_out(const std::string& id) {
    for_each_with("--without", id, [](Study& study, uint32_t criterion) {
      study.changes.push_back({criterion, {}, nullptr});
      return true;
    });
  }

  void put_in(const std::string& text) {
    const size_t colon = text.find(':');
    const std::string_view id = trimmed(std::string_view(text).substr(0, colon));
    if (colon == std::string::npos || trimmed(std::string_view(text).substr(colon + 1)).empty())
      return refuse("--with: write the criterion's number and its condition, as in `I4: 35% <= FVC <= 70%`");
    const uint32_t source = add_loose_text(rules, "--with", text);
    for_each_with("--with", id, [&](Study& study, uint32_t criterion) {
      LoadedTrial changed =
          load_changed(rules, study.trial, criterion, source, static_cast<uint32_t>(colon) + 1);
      for (const Diagnostic& d : changed.diagnostics)
        if (d.severity == Severity::error)
          complain(console, render(d, rules.shown, console.err.colour, console.width));
      if (has_error(changed.diagnostics)) return fine = false;
      study.changed.push_back(std::move(changed));
      study.changes.push_back({criterion, std::string(trimmed(std::string_view(text).substr(colon + 1))),
                               &study.changed.back().model});
      return true;
    });
  }
};

bool has_several_apart(const std::vector<Change>& changes) {
  std::vector<uint32_t> criteria;
  for (const Change& change : changes) criteria.push_back(change.criterion);
  std::ranges::sort(criteria);
  return criteria.size() > 1 && std::ranges::adjacent_find(criteria) == criteria.end();
}

}  // namespace

bool add_changes(std::vector<Study>& studies, Rules& rules, const std::vector<std::string>& without,
                 const std::vector<std::string>& with, Console& console) {
  Changing changing{studies, rules, console};
  for (const std::string& id : without) changing.take_out(id);
  for (const std::string& text : with) changing.put_in(text);
  for (Study& study : studies) study.together = has_several_apart(study.changes);
  return changing.fine;
}

}  // namespace crit
