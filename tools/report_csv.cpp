// Answers to CSV, a row a patient and trial (and arm): quick, since no reasons are asked for.
#include "tools/report.hpp"

#include <algorithm>
#include <cstring>

namespace crit {

namespace {

constexpr std::string_view kHeader = "trial,patient,arm,screening,verdict,failed,unknown,needed\n";

// The comma stands behind the others, and letters and digits behind all of them.
bool is_quoted(std::string_view text) {
  const auto asks = [](char c) { return c <= ',' && (c == ',' || c == '"' || c == '\r' || c == '\n'); };
  return std::ranges::any_of(text, asks);
}

// The criteria with this outcome, a `;` between.
void append_criteria(std::string& to, const Report& report, Outcome outcome) {
  static_assert(sizeof(Outcome) == 1);
  const std::vector<Outcome>& all = report.verdict->outcomes;
  const std::span criteria(report.model.criteria);
  const void* found = std::memchr(all.data(), int(outcome), all.size());
  while (found) {
    const auto i = static_cast<size_t>(static_cast<const Outcome*>(found) - all.data());
    to += criteria[i].id;
    found = std::memchr(all.data() + i + 1, int(outcome), all.size() - i - 1);
    if (found) to += ';';
  }
}

}  // namespace

void append_csv_cell(std::string& to, std::string_view text) {
  if (!is_quoted(text)) {
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
  to += ',';
  if (report.verdict) {
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
  } else {
    to += ",,,";
  }
  to += '\n';
}

}  // namespace crit
