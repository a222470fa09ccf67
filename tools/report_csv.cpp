// Answers to CSV, a row a patient and trial (and arm): quick, since no reasons are asked for.
#include "tools/report.hpp"

#include <algorithm>

#include "interpreter/short_texts.hpp"

namespace crit {

namespace {

constexpr std::string_view kHeader = "trial,patient,arm,screening,verdict,failed,unknown,needed\n";

// The comma stands behind the others, and letters and digits behind all of them.
bool is_quoted(std::string_view text) {
  const auto asks = [](char c) { return c <= ',' && (c == ',' || c == '"' || c == '\r' || c == '\n'); };
  return std::ranges::any_of(text, asks);
}

// The end of a text to which cells are added one by one: room for all of them is made at once, since a string
// looks for it at each of its bytes.
class Cells {
 public:
  Cells(std::string& text, size_t most) : text_(text) {
    const size_t begin = text.size();
    text.resize(begin + most);
    at_ = text.data() + begin;
  }
  void add(std::string_view part) { at_ = copy_short(at_, part); }
  void add(char c) { *at_++ = c; }
  void take_back(char c) { at_ -= at_[-1] == c; }
  void finish() { text_.resize(static_cast<size_t>(at_ - text_.data())); }

 private:
  std::string& text_;
  char* at_ = nullptr;
};

// The criteria with this outcome, a `;` between.
void add_criteria(Cells& cells, const Report& report, Outcome outcome) {
  const std::span outcomes(report.verdict->outcomes);
  for (size_t i = 0; i < outcomes.size(); ++i) {
    if (outcomes[i] != outcome) continue;
    cells.add(report.model.criteria[i].id);
    cells.add(';');
  }
  cells.take_back(';');
}

void append_answer(std::string& to, const Report& report) {
  const auto needed = needed_names(report.model, report.patient, *report.verdict);
  const std::string_view decision = name_of(report.verdict->decision);
  size_t most = decision.size() + 4;
  for (const CriterionModel& criterion : report.model.criteria) most += criterion.id.size() + 1;
  for (const Needed& one : needed) most += one.name.size() + 1;
  Cells cells(to, most);
  cells.add(decision);
  cells.add(',');
  add_criteria(cells, report, Outcome::fail);
  cells.add(',');
  add_criteria(cells, report, Outcome::unknown);
  cells.add(',');
  for (const Needed& one : needed) {
    cells.add(one.name);
    cells.add(';');
  }
  cells.take_back(';');
  cells.finish();
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

void append_csv_subject(std::string& to, const Report& report) {
  append_csv_cell(to, report.model.trial);
  to += ',';
  append_csv_cell(to, report.patient.id);
  to += ',';
  if (report.arm != kNone) to += report.model.arms[report.arm];
  to += ',';
  if (report.patient.screening) to += to_string(*report.patient.screening);
}

void append_csv(std::string& to, const Report& report) {
  append_csv_subject(to, report);
  to += ',';
  if (report.verdict)
    append_answer(to, report);
  else
    to += ",,,";
  to += '\n';
}

}  // namespace crit
