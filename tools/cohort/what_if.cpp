// A condition on the command line is parsed and checked as if it stood in the trial's file.
#include "tools/cohort/what_if.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "grammar/characters.hpp"
#include "grammar/words.hpp"
#include "interpreter/read_value.hpp"
#include "interpreter/spelling.hpp"
#include "tools/tell.hpp"

namespace crit {

namespace {

bool are_several_apart(const std::vector<Change>& changes) {
  std::vector<uint32_t> criteria;
  for (const Change& change : changes) criteria.push_back(change.criterion);
  std::ranges::sort(criteria);
  return criteria.size() > 1 && std::ranges::adjacent_find(criteria) == criteria.end();
}

// A criterion of a trial of the run.
struct Named {
  size_t study;
  uint32_t criterion;
};

struct Changing {
  std::vector<Study>& studies;
  Rules& rules;
  Console& console;
  bool fine = true;
  std::vector<std::vector<ChangedCriterion>> changes = {};  // by study, as Study::changes

  void refuse(const std::string& message) {
    complain_error(console, message);
    fine = false;
  }

  const std::string& trial_of(const Named& named) const { return studies[named.study].trial.model.trial; }

  // `E3` of each trial that has it, or `TRIAL.E3` of one.
  std::vector<Named> named(std::string_view name) const {
    std::vector<Named> found;
    for (size_t s = 0; s < studies.size(); ++s) {
      const Model& model = studies[s].trial.model;
      for (uint32_t i = 0; i < model.criteria.size(); ++i)
        if (name == model.criteria[i].id || name == model.trial + "." + model.criteria[i].id)
          found.push_back({s, i});
    }
    return found;
  }

  void refuse_unknown(std::string_view option, std::string_view name) {
    std::vector<std::string> ids, of_trial;
    std::string near;
    for (const Study& study : studies) {
      const std::string trial = study.trial.model.trial + ".";
      for (const CriterionModel& c : study.trial.model.criteria) {
        if (std::ranges::find(ids, c.id) == ids.end()) ids.push_back(c.id);
        if (name.starts_with(trial)) of_trial.push_back(trial + c.id);
        for (const std::string& one : {c.id, trial + c.id})
          if (same_in_any_case(one, name)) near = one;
      }
    }
    refuse(fmt::format("{}: there is no criterion `{}`; {}", option, visible(name),
                       near.empty()
                           ? fmt::format("there are {}", fmt::join(of_trial.empty() ? ids : of_trial, ", "))
                           : fmt::format("did you mean `{}`?", near)));
  }

  // `I1,E1`: the criteria, each behind an option of its own. Empty: it is no list of them.
  std::string each_apart(std::string_view text) const {
    std::string options;
    size_t many = 0;
    for (size_t at = 0; at < text.size(); ++many) {
      const size_t end = std::min(text.find_first_of(",; ", at), text.size());
      const std::string_view id = text.substr(at, end - at);
      if (named(id).empty()) return {};
      options += fmt::format("{}--without {}", options.empty() ? "" : " ", id);
      at = std::min(text.find_first_not_of(",; ", end), text.size());
    }
    return many > 1 ? options : std::string();
  }

  // `--without I1 E1`: the second is taken for a file.
  void refuse_as_file(const std::string& path) {
    std::error_code failed;
    if (std::filesystem::exists(path, failed)) return;
    const size_t colon = path.find(':');
    const std::string_view id = trimmed(std::string_view(path).substr(0, colon));
    if (named(id).empty()) return;
    if (colon == std::string::npos)
      return refuse(
          fmt::format("`{0}` is a criterion, not a file: write `--without {0}`, with the option before "
                      "each criterion",
                      id));
    refuse(fmt::format("`{}` is a condition, not a file: write `--with` before each of them", visible(path)));
  }

  void take_out(const std::string& id) {
    if (trimmed(id).empty())
      return refuse(
          "--without: the criterion's number is missing: write it behind the option, as in `--without E3`");
    if (const std::string options = each_apart(id); !options.empty())
      return refuse(fmt::format("--without: one criterion belongs behind the option: write `{}`", options));
    const std::vector<Named> found = named(id);
    if (found.empty()) return refuse_unknown("--without", id);
    for (const Named& one : found) change(one, {one.criterion}, {});
  }

  void put_in(const std::string& text) {
    const size_t colon = text.find(':');
    const std::string_view id = trimmed(std::string_view(text).substr(0, colon));
    if (colon == std::string::npos || trimmed(std::string_view(text).substr(colon + 1)).empty())
      return refuse("--with: write the criterion's number and its condition, as in `I4: 35% <= FVC <= 70%`");
    if (id.empty())
      return refuse(
          "--with: the criterion's number is missing: write it before the colon, as in `I4: 35% <= FVC <= "
          "70%`");
    const std::string condition(trimmed(std::string_view(text).substr(colon + 1)));
    if (same_word(first_word(condition), "when"))
      return refuse(
          fmt::format("--with: only the condition of {} is replaced, and a `when` that it has stays: leave "
                      "`when` and what follows it out",
                      id));
    const std::vector<Named> found = named(id);
    if (found.empty()) return refuse_unknown("--with", id);
    const uint32_t source = add_loose_text(rules, "--with", text);
    std::vector<Named> wrong, right;
    for (const Named& one : found) {
      const ChangedCriterion changed{one.criterion, source, static_cast<uint32_t>(colon) + 1};
      (change(one, changed, condition, wrong.empty()) ? right : wrong).push_back(one);
    }
    if (!wrong.empty() && !right.empty()) refuse_in_some(wrong, right, condition);
  }

  // False where the condition is mistaken in this trial.
  bool change(const Named& named, const ChangedCriterion& changed, const std::string& condition,
              bool tells = true) {
    Study& study = studies[named.study];
    auto loaded = load(study, std::span(&changed, 1), tells);
    if (!loaded) return false;
    study.changes.push_back({named.criterion, condition});
    study.changed.push_back({std::move(*loaded)});
    changes[named.study].push_back(changed);
    return true;
  }

  std::optional<LoadedTrial> load(const Study& study, std::span<const ChangedCriterion> changed, bool tells) {
    LoadedTrial loaded = load_changed(rules, study.trial, changed);
    if (!has_error(loaded.diagnostics)) return loaded;
    fine = false;
    if (tells) tell_errors(console, rules, loaded.diagnostics);
    return std::nullopt;
  }

  // What one trial declares another one may not have.
  void refuse_in_some(const std::vector<Named>& wrong, const std::vector<Named>& right,
                      std::string_view condition) {
    std::vector<std::string> trials, options;
    for (const Named& one : wrong) trials.push_back(trial_of(one));
    for (const Named& one : right)
      options.push_back(fmt::format("`--with \"{}.{}: {}\"`", trial_of(one),
                                    studies[one.study].trial.model.criteria[one.criterion].id,
                                    visible(condition)));
    refuse(fmt::format("--with: this is mistaken in {0}: to leave {0} as {1} write {2}",
                       fmt::join(trials, " and "), trials.size() == 1 ? "it is" : "they are",
                       fmt::join(options, " ")));
  }

  void put_together() {
    for (size_t s = 0; s < studies.size(); ++s) {
      if (!fine || !are_several_apart(studies[s].changes)) continue;
      if (auto loaded = load(studies[s], changes[s], true))
        studies[s].together = std::make_unique<ChangedTrial>(ChangedTrial{std::move(*loaded)});
    }
  }
};

}  // namespace

bool add_changes(std::vector<Study>& studies, Rules& rules, const std::vector<std::string>& without,
                 const std::vector<std::string>& with, const std::vector<std::string>& files,
                 Console& console) {
  Changing changing{studies, rules, console};
  changing.changes.resize(studies.size());
  if (!without.empty() || !with.empty())
    for (const std::string& path : files) changing.refuse_as_file(path);
  for (const std::string& id : without) changing.take_out(id);
  for (const std::string& text : with) changing.put_in(text);
  changing.put_together();
  return changing.fine;
}

}  // namespace crit
