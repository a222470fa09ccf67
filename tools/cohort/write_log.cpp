// The screening log as CSV: when each patient was screened, and what stood against it; or why there is no
// verdict.
#include "tools/cohort/write.hpp"

namespace crit {

namespace {

constexpr std::string_view kHeader = "trial,patient,arm,date,verdict,first_failed,failed,missing,reason\n";

}  // namespace

void append_log_header(std::string& to) {
  to += kHeader;
}

void append_log(std::string& to, const Report& report) {
  append_csv_subject(to, report);
  if (!report.verdict) {
    to += ",,,,,";
    if (!report.faults.empty()) append_csv_cell(to, report.faults.front().message);
    to += '\n';
    return;
  }
  to += ',';
  to += name_of(report.verdict->decision);
  std::string failed;
  for (size_t i = 0; i < report.model.criteria.size(); ++i) {
    if (report.verdict->outcomes[i] != Outcome::fail) continue;
    if (failed.empty()) to += ',' + report.model.criteria[i].id;
    failed += (failed.empty() ? "" : ";") + report.model.criteria[i].id;
  }
  if (failed.empty()) to += ',';
  to += ',' + failed + ',';
  bool first = true;
  for (const std::string& name : needed_of(report)) {
    if (!first) to += ';';
    to += name;
    first = false;
  }
  to += ",\n";
}

}  // namespace crit
