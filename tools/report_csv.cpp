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
  const auto may_ask = [&](size_t at) { return !all_are_above(eight_bytes(text.data() + at), ','); };
  if (text.size() >= 8 && text.size() <= 16 && !may_ask(0) && !may_ask(text.size() - 8)) return false;
  return std::ranges::any_of(text, asks);
}

// The end of a text to which cells are added one by one: room is made for many at once, since a string looks
// for it at each of its bytes.
class Cells {
 public:
  explicit Cells(std::string& text) : text_(text), at_(text.data() + text.size()), end_(at_) {}
  ~Cells() { text_.resize(static_cast<size_t>(at_ - text_.data())); }
  Cells(const Cells&) = delete;
  Cells& operator=(const Cells&) = delete;

  void add(std::string_view part) {
    if (static_cast<size_t>(end_ - at_) < part.size()) make_room(part.size());
    at_ = copy_short(at_, part);
  }
  // The part, and what stands between it and the next.
  void add(std::string_view part, char between) {
    if (static_cast<size_t>(end_ - at_) <= part.size()) make_room(part.size() + 1);
    at_ = copy_short(at_, part);
    *at_++ = between;
  }
  void add_cell(std::string_view text) {
    if (!is_quoted(text)) return add(text);
    add({}, '"');
    for (const char& c : text) {
      if (c == '"') add({}, '"');
      add({&c, 1});
    }
    add({}, '"');
  }
  void take_back(char c) { at_ -= at_[-1] == c; }

 private:
  [[gnu::noinline]] void make_room(size_t bytes) {
    constexpr size_t kRow = 256;  // most are shorter
    const auto used = static_cast<size_t>(at_ - text_.data());
    text_.resize(used + bytes + kRow);
    at_ = text_.data() + used;
    end_ = text_.data() + text_.size();
  }

  std::string& text_;
  char *at_, *end_;
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
  void add(Cells& cells) const {
    cells.add_cell(trial);
    cells.add({}, ',');
    cells.add_cell(patient);
    cells.add({}, ',');
    cells.add(arm, ',');
    cells.add(screening);
  }
};

// The criteria with this outcome, a `;` between.
void add_criteria(Cells& cells, const Report& report, Outcome outcome) {
  for_each_with(outcome, report.verdict->outcomes,
                [&](size_t criterion) { cells.add(report.model.criteria[criterion].id, ';'); });
  cells.take_back(';');
}

void add_answer(Cells& cells, const Report& report) {
  cells.add(name_of(report.verdict->decision), ',');
  add_criteria(cells, report, Outcome::fail);
  cells.add({}, ',');
  add_criteria(cells, report, Outcome::unknown);
  cells.add({}, ',');
  for (const Needed& one : needed_names(report.model, report.patient, *report.verdict))
    cells.add(one.name, ';');
  cells.take_back(';');
}

}  // namespace

void append_csv_cell(std::string& to, std::string_view text) {
  Cells(to).add_cell(text);
}

void append_csv_header(std::string& to) {
  to += kHeader;
}

void append_csv_subject(std::string& to, const Report& report) {
  Cells cells(to);
  Subject(report).add(cells);
}

void append_csv(std::string& to, const Report& report) {
  Cells cells(to);
  Subject(report).add(cells);
  cells.add({}, ',');
  if (report.verdict)
    add_answer(cells, report);
  else
    cells.add(",,,");
  cells.add({}, '\n');
}

}  // namespace crit
