// Answers to CSV, a row a patient and trial (and arm): quick, since no reasons are asked for.
#include "tools/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

namespace crit {

namespace {

constexpr std::string_view kHeader = "trial,patient,arm,screening,verdict,failed,unknown,needed\n";

// Where a row is made before it is written; longer ones find room.
using Row = fmt::memory_buffer;

void append(Row& row, std::string_view text) {
  row.append(text.data(), text.data() + text.size());
}

bool is_quoted(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return c == ',' || c == '"' || c == '\r' || c == '\n'; });
}

void append_cell(Row& row, std::string_view text) {
  if (!is_quoted(text)) return append(row, text);
  std::string quoted;
  append_csv_cell(quoted, text);
  append(row, quoted);
}

// The criteria with this outcome, a `;` between.
void append_criteria(Row& row, const Report& report, Outcome outcome) {
  static_assert(sizeof(Outcome) == 1);
  const std::vector<Outcome>& all = report.verdict->outcomes;
  const std::span criteria(report.model.criteria);
  const void* found = std::memchr(all.data(), int(outcome), all.size());
  while (found) {
    const auto i = static_cast<size_t>(static_cast<const Outcome*>(found) - all.data());
    append(row, criteria[i].id);
    found = std::memchr(all.data() + i + 1, int(outcome), all.size() - i - 1);
    if (found) row.push_back(';');
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
  Row row;
  append_cell(row, report.model.trial);
  row.push_back(',');
  append_cell(row, report.patient.id);
  row.push_back(',');
  if (report.arm != kNone) append(row, report.model.arms[report.arm]);
  row.push_back(',');
  if (report.patient.screening) append(row, to_string(*report.patient.screening));
  row.push_back(',');
  if (report.verdict) {
    append(row, name_of(report.verdict->decision));
    row.push_back(',');
    append_criteria(row, report, Outcome::fail);
    row.push_back(',');
    append_criteria(row, report, Outcome::unknown);
    row.push_back(',');
    bool first = true;
    for (const std::string& name : needed_of(report)) {
      if (!first) row.push_back(';');
      append(row, name);
      first = false;
    }
  } else {
    append(row, ",,,");
  }
  row.push_back('\n');
  to.append(row.data(), row.size());
}

}  // namespace crit
