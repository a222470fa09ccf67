// A condition on the command line is parsed and checked as if it stood in the trial's file.
#include "tools/cohort/what_if.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "grammar/characters.hpp"
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

  bool has_criterion(std::string_view id) const {
    return std::ranges::any_of(studies, [&](const Study& study) {
      return std::ranges::find(study.trial.model.criteria, id, &CriterionModel::id) !=
             study.trial.model.criteria.end();
    });
  }

  // `I1,E1`: the criteria, each behind an option of its own. Empty: it is no list of them.
  std::string each_apart(std::string_view text) const {
    std::string options;
    size_t many = 0;
    for (size_t at = 0; at < text.size(); ++many) {
      const size_t end = std::min(text.find_first_of(",; ", at), text.size());
      const std::string_view id = text.substr(at, end - at);
      if (!has_criterion(id)) return {};
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
    if (!has_criterion(id)) return;
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
    if (id.empty())
      return refuse(
          "--with: the criterion's number is missing: write it before the colon, as in `I4: 35% <= FVC <= "
          "70%`");
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
                 const std::vector<std::string>& with, const std::vector<std::string>& files,
                 Console& console) {
  Changing changing{studies, rules, console};
  if (!without.empty() || !with.empty())
    for (const std::string& path : files) changing.refuse_as_file(path);
  for (const std::string& id : without) changing.take_out(id);
  for (const std::string& text : with) changing.put_in(text);
  for (Study& study : studies) study.together = has_several_apart(study.changes);
  return changing.fine;
}

}  // namespace crit
