// Reads the files as `eval` does, with nobody to answer for; a database counts by itself.
#include "tools/unmapped.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "grammar/characters.hpp"
#include "interpreter/codes.hpp"
#include "interpreter/fhir_resource.hpp"
#include "interpreter/read_patients.hpp"
#include "interpreter/unmapped_codes.hpp"
#include "tools/omop/unmapped.hpp"
#include "tools/patient_sources.hpp"
#include "tools/trials.hpp"

namespace crit {

namespace {

// `SNOMED 444814009`; another system as it is written.
std::string code_words(const HeldCode& code) {
  if (code.code.empty()) return code.display.empty() ? "no code, no text" : "no code";
  const auto system = code_system_of(code.system);
  if (!system) return fmt::format("{} {}", code.system.substr(code.system.find_last_of("/:") + 1), code.code);
  return fmt::format("{} {}", name_of(*system), code.code);
}

bool is_resource(const Holding& run, const Origin& origin) {
  return static_cast<size_t>(&origin - run.origins.data()) < kFhirTypes;
}

void append_counts(std::string& to, const Holding& run) {
  bool resources = run.others > 0, tables = false;
  for (const Origin& o : run.origins) (is_resource(run, o) ? resources : tables) |= o.read > 0;
  to += fmt::format("{:<26}{:>9}{:>9}{:>13}{:>12}\n",
                    !tables     ? "resource"
                    : resources ? "resource or table"
                                : "table",
                    "read", "used", "passed over", "not mapped");
  for (const Origin& o : run.origins)
    if (o.read > 0)
      to += fmt::format("{:<26}{:>9}{:>9}{:>13}{:>12}\n", visible(o.name), o.read, o.used, o.passed,
                        o.read - o.used - o.passed);
  if (run.others > 0) to += fmt::format("{:<26}{:>9}\n", "of other kinds", run.others);
}

void append_line(std::string& to, uint64_t count, std::string_view from, std::string_view code,
                 std::string_view name, std::string_view nearest) {
  std::string line =
      fmt::format("{:>7}  {:<24}  {:<20}  {}", count, visible(from), visible(code), visible(name));
  if (!nearest.empty()) line += fmt::format("  (near: {})", nearest);
  line.erase(line.find_last_not_of(' ') + 1);
  to += line + "\n";
}

void append_codes(std::string& to, const Holding& run) {
  for (const UnmappedCode& u : unmapped_codes(run)) {
    append_line(to, u.count, u.origin->name, code_words(*u.code), u.code->display, u.nearest);
  }
}

Status list_files(const std::vector<std::string>& paths, Rules& rules, Console& console) {
  const auto sources = patient_sources(paths, rules, console);
  if (!sources || !check_columns(*sources, rules, console)) return kUnusable;
  Intake in(rules.schema);
  begin_run(in, *sources, 0);
  Status status = kClean;
  in.each = [&](const Patient&) {
    flush_if_large(console.out);
    return !console.out.failed;
  };
  in.broken = [&](const Fault& fault) {
    complain_error(console, fmt::format("{}: {}", visible(fault.where), visible(fault.message)));
    status = std::max(status, kFindings);
  };
  for (const PatientSource& file : sources->files) {
    std::string problem;
    auto input = Input::open(file.path, problem);
    if (input)
      read_source_file(in, *input, file);
    else
      complain_unopened(console, file.path, problem);
    if (!input) status = kUnusable;
  }
  finish_patients(in);
  if (!in.holding) {
    if (status == kClean) console.out.text += "none of the files is FHIR or a table of crit.toml\n";
    return status;
  }
  const Holding& run = holding(in);
  append_counts(console.out.text, run);
  const bool any = !unmapped_codes(run).empty();
  console.out.text += any ? "\nnot mapped:\n" : "\nevery code has a name\n";
  append_codes(console.out.text, run);
  return status;
}

void append_concepts(std::string& to, const std::vector<OmopTable>& tables) {
  std::vector<std::pair<const OmopTable*, const UnmappedConcept*>> all;
  for (const OmopTable& table : tables)
    for (const UnmappedConcept& one : table.concepts) all.emplace_back(&table, &one);
  // The tables stay in their order where the counts are the same.
  std::ranges::stable_sort(all, std::greater(), [](const auto& each) { return each.second->count; });
  to += all.empty() ? "\nevery concept has a name\n" : "\nnot mapped:\n";
  for (const auto& [table, one] : all)
    append_line(to, one->count, table->name,
                one->code.empty() ? "no concept" : fmt::format("{} {}", one->vocabulary, one->code),
                one->name, one->nearest);
}

Status list_database(const OmopSource& source, const Schema& schema, Console& console) {
  std::vector<OmopTable> tables;
  if (const auto problem = unmapped_in_omop(schema, source, tables)) {
    complain_error(console, *problem);
    return kUnusable;
  }
  std::string& to = console.out.text;
  to += fmt::format("{:<26}{:>9}{:>9}{:>12}\n", "table", "read", "used", "not mapped");
  for (const OmopTable& table : tables)
    to += fmt::format("{:<26}{:>9}{:>9}{:>12}\n", table.name, table.read, table.read - table.unmapped,
                      table.unmapped);
  append_concepts(to, tables);
  return kClean;
}

}  // namespace

Status list_unmapped(const FactsCommand& command, Console& console) {
  // An option that may stand alone has one empty value where it does.
  std::vector<std::string> files = command.unmapped;
  std::erase(files, "");
  if (files.empty() && command.omop.empty()) {
    complain_error(console, "--unmapped takes files of patients, or stands beside --omop");
    return kUnusable;
  }
  const OmopSource database{command.omop, command.omop_schema};
  if (is_written_to(file_of(database), console)) return kUnusable;
  Rules rules;
  Status status = files.empty() ? kClean : list_files(files, rules, console);
  if (command.omop.empty() || status == kUnusable) return status;
  if (!files.empty()) console.out.text += "\n";
  return std::max(status, list_database(database, rules.schema, console));
}

}  // namespace crit
