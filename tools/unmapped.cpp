// Reads the files as `eval` does, with nobody to answer for.
#include "tools/unmapped.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "grammar/characters.hpp"
#include "interpreter/codes.hpp"
#include "interpreter/fhir_unmapped.hpp"
#include "interpreter/read_patients.hpp"
#include "tools/patient_files.hpp"

namespace crit {

namespace {

// `SNOMED 444814009`; another system as it is written.
std::string code_words(const FhirCode& code) {
  if (code.code.empty()) return "no code";
  const auto system = code_system_of(code.system);
  if (!system) return fmt::format("{} {}", code.system.substr(code.system.find_last_of("/:") + 1), code.code);
  return fmt::format("{} {}", name_of(*system), code.code);
}

void append_counts(std::string& to, const FhirRun& run) {
  to +=
      fmt::format("{:<26}{:>9}{:>9}{:>13}{:>12}\n", "resource", "read", "used", "passed over", "not mapped");
  std::array<uint64_t, kFhirTypes> unmapped{};
  for (const UnmappedCode& u : unmapped_codes(run)) unmapped[size_t(u.type)] += u.count;
  for (size_t type = 0; type < kFhirTypes; ++type) {
    const FhirCounts::OfType& c = run.counts.types[type];
    if (c.read > 0)
      to += fmt::format("{:<26}{:>9}{:>9}{:>13}{:>12}\n", name_of(static_cast<FhirType>(type)), c.read,
                        c.used, c.passed, unmapped[type]);
  }
  if (run.counts.others > 0) to += fmt::format("{:<26}{:>9}\n", "of other kinds", run.counts.others);
}

void append_codes(std::string& to, const FhirRun& run) {
  for (const UnmappedCode& u : unmapped_codes(run)) {
    std::string line = fmt::format("{:>7}  {:<24}  {:<20}  {}", u.count, name_of(u.type),
                                   visible(code_words(*u.code)), visible(u.code->display));
    if (!u.nearest.empty()) line += fmt::format("  (near: {})", u.nearest);
    to += line + "\n";
  }
}

}  // namespace

Status list_unmapped(const std::vector<std::string>& paths, Console& console) {
  Schema schema;
  Intake in(schema);
  Status status = kClean;
  in.each = [&](const Patient&) {
    flush_if_large(console.out);
    return !console.out.failed;
  };
  in.broken = [&](const Fault& fault) {
    complain_error(console, fmt::format("{}: {}", visible(fault.where), visible(fault.message)));
    status = std::max(status, kFindings);
  };
  for (const std::string& path : paths)
    for (const std::string& file : patient_files(path))
      if (read_patients(in, file) == ReadEnd::unopened) status = kUnusable;
  finish_patients(in);
  if (!in.fhir) {
    if (status == kClean) console.out.text += "none of the files is FHIR\n";
    return status;
  }
  const FhirRun& run = fhir_run(in);
  append_counts(console.out.text, run);
  const bool any = !unmapped_codes(run).empty();
  console.out.text += any ? "\nnot mapped:\n" : "\nevery code has a name\n";
  append_codes(console.out.text, run);
  return status;
}

}  // namespace crit
