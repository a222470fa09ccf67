// Answers to CSV, a row a patient and trial (and arm): quick, since no reasons are asked for.
#include "tools/report.hpp"

#include <algorithm>
#include <optional>
#include <span>

#include "interpreter/short_texts.hpp"

namespace crit {

namespace {

constexpr std::string_view kHeader = "trial,patient,arm,screening,verdict,failed,unknown,needed\n";

// The comma stands behind the others, and letters and digits behind all of them.
bool is_quoted(std::string_view text) {
  const auto asks = [](char c) { return c <= ',' && (c == ',' || c == '"' || c == '\r' || c == '\n'); };
  const auto may_ask = [&](size_t at) { return !all_are_above(eight_bytes(text.data() + at), ','); };
  if (text.size() >= 8 && text.size() <= 16 && !may_ask(0) && !may_ask(text.size() - 8)) return false;
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
  // The most bytes of a cell with this text.
  static size_t most(std::string_view text) { return 2 * text.size() + 2; }
  void add(std::string_view part) { at_ = copy_short(at_, part); }
  void add(char c) { *at_++ = c; }
  void add_cell(std::string_view text) {
    if (!is_quoted(text)) return add(text);
    add('"');
    for (char c : text) {
      if (c == '"') add('"');
      add(c);
    }
    add('"');
  }
  void take_back(char c) { at_ -= at_[-1] == c; }
  void finish() { text_.resize(static_cast<size_t>(at_ - text_.data())); }

 private:
  std::string& text_;
  char* at_ = nullptr;
};

// The cells that say whose answer it is.
struct Subject {
  std::string_view trial, patient, arm, screening;
  DayText own;  // of a patient without a verdict, whose memory has one

  explicit Subject(const Report& report) : trial(report.model.trial), patient(report.patient.id) {
    if (report.arm != kNone) arm = report.model.arms[report.arm];
    DayText& day_text = report.verdict ? report.verdict->scratch.screening_text : own;
    if (report.patient.screening) screening = day_text.of(*report.patient.screening);
  }
  size_t most() const {
    return Cells::most(trial) + Cells::most(patient) + arm.size() + screening.size() + 3;
  }
  void add(Cells& cells) const {
    cells.add_cell(trial);
    cells.add(',');
    cells.add_cell(patient);
    cells.add(',');
    cells.add(arm);
    cells.add(',');
    cells.add(screening);
  }
};

// The criteria with this outcome, a `;` between.
void add_criteria(Cells& cells, const Report& report, Outcome outcome) {
  for_each_with(outcome, report.verdict->outcomes, [&](size_t criterion) {
    cells.add(report.model.criteria[criterion].id);
    cells.add(';');
  });
  cells.take_back(';');
}

// What the answer is, and the most bytes that it takes.
struct AnswerCells {
  const Report& report;
  std::string_view decision;
  std::span<const Needed> needed;

  explicit AnswerCells(const Report& of)
      : report(of),
        decision(name_of(of.verdict->decision)),
        needed(needed_names(of.model, of.patient, *of.verdict)) {}
  size_t most() const {
    size_t most = decision.size() + 4;
    for (const CriterionModel& criterion : report.model.criteria) most += criterion.id.size() + 1;
    for (const Needed& one : needed) most += one.name.size() + 1;
    return most;
  }
  void add(Cells& cells) const {
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
  }
};

}  // namespace

void append_csv_cell(std::string& to, std::string_view text) {
  Cells cells(to, Cells::most(text));
  cells.add_cell(text);
  cells.finish();
}

void append_csv_header(std::string& to) {
  to += kHeader;
}

void append_csv_subject(std::string& to, const Report& report) {
  const Subject subject(report);
  Cells cells(to, subject.most());
  subject.add(cells);
  cells.finish();
}

void append_csv(std::string& to, const Report& report) {
  constexpr std::string_view kNoAnswer = ",,,\n";
  const Subject subject(report);
  const auto answer = report.verdict ? std::optional<AnswerCells>(report) : std::nullopt;
  Cells cells(to, subject.most() + (answer ? answer->most() + 2 : 1 + kNoAnswer.size()));
  subject.add(cells);
  cells.add(',');
  if (answer) {
    answer->add(cells);
    cells.add('\n');
  } else {
    cells.add(kNoAnswer);
  }
  cells.finish();
}

}  // namespace crit
