// The door: what a file is, and which reader it goes to.
#include "interpreter/read_patients.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "grammar/characters.hpp"
#include "grammar/patient_text.hpp"
#include "interpreter/hold.hpp"
#include "interpreter/read_csv.hpp"
#include "interpreter/read_fhir.hpp"
#include "interpreter/read_json.hpp"
#include "interpreter/read_text.hpp"
#include "interpreter/spelling.hpp"

namespace crit {

namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

bool fill_up_to(Input& input, size_t bytes) {
  while (input.ahead().size() < bytes && input.read_more(bytes)) {
  }
  return input.ahead().size() >= bytes;
}

// Takes off what stands before the first word. A comment of the text form is a first word too.
void skip_blanks(Input& input) {
  fill_up_to(input, kByteOrderMark.size());
  if (input.ahead().starts_with(kByteOrderMark)) input.skip(kByteOrderMark.size());
  for (;;) {
    const size_t at = std::min(input.ahead().find_first_not_of(" \t\r\n"), input.ahead().size());
    input.skip(at);
    if (!input.ahead().empty() || !input.read_more(1)) return;
  }
}

// Enough of the beginning to know the form: for what begins with `{`, its first two lines.
void fill_beginning(Input& input) {
  constexpr size_t kWords = 64u << 10;
  fill_up_to(input, kWords);
  if (!input.ahead().starts_with('{')) return;
  const auto has_two_lines = [&] {
    const std::string_view text = input.ahead();
    const size_t first = text.find('\n');
    return first != text.npos && text.find('\n', text.find_first_not_of(" \t\r\n", first)) != text.npos;
  };
  while (!has_two_lines() && input.read_more(kMaxPatientBytes)) {
  }
}

std::string_view first_line(std::string_view text) {
  return text.substr(0, text.find('\n'));
}

// Two lines with as many semicolons, as spreadsheets of half of Europe save them.
bool has_semicolons(std::string_view text) {
  const std::string_view line = first_line(text);
  const auto apart = std::ranges::count(line, ';');
  const size_t next = std::min(line.size() + 1, text.size());
  return apart > 0 && std::ranges::count(first_line(text.substr(next)), ';') == apart;
}

// A table that `read_csv` does not take: cells parted by tabs or semicolons, or a header as `Patient ID,...`.
bool is_other_table(std::string_view text) {
  const std::string_view line = first_line(text);
  if (line.front() == '#') return false;
  if (has_semicolons(text)) return true;
  if (line.find('\t') == line.npos) {
    const bool quotes_apart = line.find('"') == line.npos || line.front() == '"';
    return quotes_apart && line.find(',') != line.npos;
  }
  // Below `patient<tab>P-1` of the text form stand indented lines, or the next patient.
  const size_t next = text.find_first_not_of("\r\n", line.size());
  if (next == text.npos || text[next] == ' ' || text[next] == '\t') return false;
  return !looks_like_patient_text(text.substr(next));
}

// Of UTF-16 that does not say so in its first bytes: every other byte is zero.
bool has_wide_letters(std::string_view text) {
  const auto begins_at = [&](size_t at) {
    return text.size() > 3 && text[at] >= ' ' && text[at + 2] >= ' ' && text[1 - at] == '\0' &&
           text[3 - at] == '\0';
  };
  return begins_at(0) || begins_at(1);
}

// JSON may have line ends of any kind.
bool is_of_one_line(std::string_view text) {
  return has_returns_alone(text) && text.front() != '{' && text.front() != '[';
}

// A byte that no text has.
bool is_no_text(std::string_view text) {
  return std::ranges::any_of(text.substr(0, 512), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < ' ' && byte != '\t' && byte != '\n' && byte != '\r' && byte != '\f';
  });
}

std::string_view problem_of_table(std::string_view line) {
  if (line.starts_with("sep=")) return "delete the line `sep=`: a CSV file begins with its header";
  if (line.find('\t') != line.npos)
    return "this looks like a table with tabs between the cells: save it with commas and name the first "
           "column "
           "`patient`, or say in a crit.toml what its columns are (`crit eval --help`)";
  if (line.find(',') == line.npos)
    return "this looks like a table with `;` between the cells: save it with commas, and name the column of "
           "the identifiers `patient`";
  if (lower_case(line).find("patient") != line.npos)
    return "this looks like a table: the column of the identifiers is named `patient`, in small letters";
  return "this looks like a table: name the first column `patient`";
}

std::string_view problem_of_unknown(std::string_view text) {
  if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff") || has_wide_letters(text))
    return "the text is UTF-16: save it as UTF-8";
  if (text.starts_with("PK\x03\x04"))
    return "this is a workbook (.xlsx) or another packed file: save its sheet as CSV, in UTF-8";
  if (is_no_text(text))
    return "this is no text, but a packed file or a program's own, such as .xls or .pdf: export the patients "
           "as "
           "CSV or JSON, in UTF-8";
  if (is_of_one_line(text)) return kReturnsAlone;
  if (is_other_table(text)) return problem_of_table(first_line(text));
  return "this is no file of patients: neither the text form, nor JSON, nor CSV with a column `patient`";
}

}  // namespace

PatientForm form_of(std::string_view text) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  if (text.empty()) return PatientForm::empty;
  if (text.front() == '[') return PatientForm::json;
  if (text.front() == '{' && looks_like_fhir(text))
    return has_an_object_a_line(text) ? PatientForm::fhir_lines : PatientForm::fhir;
  if (text.front() == '{') return has_an_object_a_line(text) ? PatientForm::ndjson : PatientForm::json;
  if (is_of_one_line(text)) return PatientForm::unknown;
  const std::string_view line = first_line(text);
  const bool has_cells = line.find(',') != line.npos && line.front() != '#';
  if (has_cells && line.find("patient") != line.npos) return PatientForm::csv;
  if (looks_like_patient_text(text)) return is_other_table(text) ? PatientForm::unknown : PatientForm::text;
  if (line.find("patient") != line.npos && line.front() != '#') return PatientForm::csv;
  return PatientForm::unknown;
}

PatientForm begin_file(Input& input) {
  skip_blanks(input);
  fill_beginning(input);
  return form_of(input.ahead());
}

ReadEnd read_patients(Intake& in, Input& input) {
  bool go_on = true;
  const PatientForm form = begin_file(input);
  switch (form) {
    case PatientForm::text:
      go_on = read_text(in, input);
      break;
    case PatientForm::ndjson:
      go_on = read_ndjson(in, input);
      break;
    case PatientForm::json:
      go_on = read_json(in, input);
      break;
    case PatientForm::csv:
      go_on = read_csv(in, input);
      break;
    case PatientForm::fhir:
      go_on = read_fhir(in, input);
      break;
    case PatientForm::fhir_lines:
      go_on = read_fhir_lines(in, input);
      break;
    case PatientForm::empty:
      if (input.problem().empty()) in.broken({kNoFact, std::string(kNothingInFile), input.name()});
      break;
    case PatientForm::unknown:
      in.broken({kNoFact, std::string(problem_of_unknown(input.ahead())), input.name()});
      break;
  }
  tell_problem(in, input, form == PatientForm::fhir_lines);
  return go_on ? ReadEnd::done : ReadEnd::stopped;
}

bool finish_patients(Intake& in) {
  return finish_held(in);
}

void tell_problem(Intake& in, const Input& input, bool is_held) {
  if (input.problem().empty()) return;
  std::string words = fmt::format("the file could not be read to its end: {}", input.problem());
  if (is_held) {
    holding(in).is_cut = true;
    words += "; none of the patients is answered whose records may be in it";
  }
  in.broken({kNoFact, words, input.name()});
}

void add_fault_of_cut(Intake& in, const Input& input) {
  if (!input.problem().empty())
    add_fault(in, kNoFact, "the file is cut off: there may be more of this patient", in.patient->where);
}

ReadEnd read_patients(Intake& in, const std::string& path) {
  std::string problem;
  auto input = Input::open(path, problem);
  if (input) return read_patients(in, *input);
  in.broken({kNoFact, problem, path});
  return ReadEnd::unopened;
}

}  // namespace crit
