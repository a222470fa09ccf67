// The settings of patients held against what is there: the facts of the trials, and the tables' own columns.
#include <fmt/format.h>

#include <algorithm>

#include "tools/patient_files.hpp"
#include "tools/patient_sources.hpp"
#include "tools/tell.hpp"

namespace crit {

namespace {

void check_name(const Named& name, Rules& rules, std::vector<Diagnostic>& wrong) {
  if (!readings_of(rules.schema, name.text).empty()) return;
  const std::string near = nearest_name(rules.schema, Schema::Scope{}, name.text);
  wrong.push_back(
      mistake(name.span, fmt::format("no file of this run declares a fact `{}`", name.text),
              near.empty() ? "`crit facts` lists the names" : fmt::format("did you mean `{}`?", near)));
}

// `died = "DEATH"` under [table.facts]: a setting of the table. True where that was told.
bool is_setting_of_table(const TableFact& fact, Rules& rules, std::vector<Diagnostic>& wrong) {
  constexpr std::string_view kSettings[] = {"patient", "screening", "died", "code",  "name",
                                            "value",   "unit",      "date", "start", "end",
                                            "lower",   "upper",     "lab",  "dose",  "by"};
  const std::string_view name = fact.fact.text == "death" ? "died" : std::string_view(fact.fact.text);
  const bool may_be_fact = name != "screening" && !readings_of(rules.schema, fact.fact.text).empty();
  if (may_be_fact || std::ranges::find(kSettings, name) == std::end(kSettings)) return false;
  wrong.push_back(mistake(fact.fact.span,
                          fmt::format("`{}` is no fact, but said of the table", fact.fact.text),
                          fmt::format("write `{} = \"{}\"` above `[table.facts]`", name, fact.column.text)));
  return true;
}

// `weight = { column = "WEIGHT", unit = "L" }`: every value would be without meaning.
void check_unit(const TableFact& column, Rules& rules, std::vector<Diagnostic>& wrong) {
  const auto unit = column.unit.empty() ? std::nullopt : parse_unit(column.unit);
  if (!unit) return;
  const Fact* measure = nullptr;
  for (const FactId id : readings_of(rules.schema, column.fact.text)) {
    const Fact& fact = rules.schema.facts[id];
    const bool is_percent = fact.percent_of_predicted && column.unit == "%";
    if (fact.kind != FactKind::measure || is_percent || fact_conversion(fact, *unit, fact.unit)) return;
    measure = &fact;
  }
  if (measure)
    wrong.push_back(
        mistake(column.column.span,
                fmt::format("`{}` is measured in `{}`, and the `{}` of this column does not convert "
                            "to it",
                            column.fact.text, measure->unit_text, column.unit),
                "write the unit that the column has"));
}

}  // namespace

bool check_names(const PatientSources& sources, Rules& rules, Console& console) {
  std::vector<Diagnostic> wrong;
  for (const Named& name : sources.settings.facts) check_name(name, rules, wrong);
  for (const TableMapping& table : sources.settings.tables) {
    if (table.fact) check_name(*table.fact, rules, wrong);
    for (const TableFact& fact : table.facts) {
      if (is_setting_of_table(fact, rules, wrong)) continue;
      check_name(fact.fact, rules, wrong);
      check_unit(fact, rules, wrong);
    }
  }
  tell_errors(console, rules, wrong);
  return wrong.empty();
}

bool check_columns(const PatientSources& sources, Rules& rules, Console& console) {
  std::vector<Diagnostic> wrong;
  for (const PatientSource& file : sources.files) {
    if (!file.table) continue;
    if (is_read_once(file.path)) {
      wrong.push_back(mistake(file.table->file.span,
                              fmt::format("`{}` is a pipe, and a table is opened twice", file.path),
                              "write what comes out of the pipe to a file"));
      continue;
    }
    std::string problem;
    auto input = Input::open(file.path, problem);
    if (!input) continue;  // told when it is read
    const std::vector<std::string> header = table_header(*input);
    const auto missing = missing_columns(*file.table, header);
    if (header.empty())
      wrong.push_back(mistake(file.table->file.span, fmt::format("`{}` is empty", file.path)));
    else
      wrong.insert(wrong.end(), missing.begin(), missing.end());
  }
  tell_errors(console, rules, wrong);
  return wrong.empty();
}

}  // namespace crit
