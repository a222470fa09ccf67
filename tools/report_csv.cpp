// Answers to CSV, a row a patient and trial (and arm): quick, since no reasons are asked for.
#include "tools/report.hpp"

#include <algorithm>

namespace crit {

namespace {

constexpr std::string_view kHeader = "trial,patient,arm,screening,verdict,failed,unknown,needed\n";

// The criteria with this outcome, a `;` between.
void append_criteria(std::string& to, const Report& report, Outcome outcome) {
  bool first = true;
  for (size_t i = 0; i < report.model.criteria.size(); ++i) {
    if (report.verdict->outcomes[i] != outcome) continue;
    if (!first) to += ';';
    to += report.model.criteria[i].id;
    first = false;
  }
}

}  // namespace

void append_csv_cell(std::string& to, std::string_view text) {
  const auto is_special = [](char c) { return c == ',' || c == '"' || c == '\r' || c == '\n'; };
  if (std::ranges::none_of(text, is_special)) {
    to += text;
    return;
  }
  to += '"';
  for (char c : text) {
    if (c == '"') to += '"';
    to += c;
  }
  to += '"';
}

void append_csv_header(std::string& to) {
  to += kHeader;
}

void append_csv(std::string& to, const Report& report) {
  append_csv_cell(to, report.model.trial);
  to += ',';
  append_csv_cell(to, report.patient.id);
  to += ',';
  if (report.arm != kNone) to += report.model.arms[report.arm];
  to += ',';
  if (report.patient.screening) to += to_string(*report.patient.screening);
  if (!report.verdict) {
    to += ",,,,\n";
    return;
  }
  to += ',';
  to += name_of(report.verdict->decision);
  to += ',';
  append_criteria(to, report, Outcome::fail);
  to += ',';
  append_criteria(to, report, Outcome::unknown);
  to += ',';
  bool first = true;
  for (const std::string& name : needed_of(report)) {
    if (!first) to += ';';
    to += name;
    first = false;
  }
  to += '\n';
}

}  // namespace crit
