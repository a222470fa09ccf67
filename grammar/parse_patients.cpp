// A file of patients or cases: blocks, each line read on its own. A fault belongs to its block, so that the
// others stay readable; its words tell the patient and the fact, and no value.
#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <utility>

#include "grammar/attach.hpp"
#include "grammar/build_patient.hpp"
#include "grammar/characters.hpp"
#include "grammar/lines.hpp"
#include "grammar/patient_text.hpp"
#include "grammar/read.hpp"
#include "grammar/stray_lines.hpp"
#include "grammar/words.hpp"

namespace crit {

namespace {

bool starts_block(std::string_view text) {
  std::string_view word = first_word(text);
  if (!same_word(word, "patient") && !same_word(word, "case")) return false;
  return text.size() > word.size() &&
         (text[word.size()] == ' ' || text[word.size()] == '\t' || text[word.size()] == '"');
}

// `patient`, `patient: P-1`, `patients P-1`: no first line of a block, and nothing else either.
bool starts_block_badly(std::string_view text) {
  if (starts_block(text) || text.find_first_of(",;\t") != text.npos) return false;
  const std::string_view word = first_word(text), behind = text.substr(word.size());
  const bool one = same_word(word, "patient") || same_word(word, "case");
  const bool several = same_word(word, "patients") || same_word(word, "cases");
  const bool goes_on = behind.empty() || behind[0] == ':' || behind[0] == '=';
  return (one && goes_on) || (several && (goes_on || behind[0] == ' '));
}

// `case` alone may be the name of a fact.
bool starts_block_indented(std::string_view text) {
  const std::string_view word = first_word(text);
  if (same_word(word, "patient")) return starts_block(text) || starts_block_badly(text);
  const size_t title = text.find_first_not_of(" \t", word.size());
  return starts_block(text) && title != text.npos && text[title] == '"';
}

struct Reading {
  const Source& source;
  const std::vector<Line>& lines;
  Tree tree = {};

  std::string_view code(const Line& line) const {
    return text_of(source, {line.code, line.code_end, source.id});
  }
};

// How a line that begins with the word is written.
std::string_view form_of_line(std::string_view word) {
  if (same_word(word, "patient")) return "patient P-1";
  if (same_word(word, "case")) return "case \"title\" like P-1";
  if (same_word(word, "expect")) return "expect I1 pass, eligible";
  if (same_word(word, "complete")) return "complete conditions, drugs";
  if (same_word(word, "no")) return "no asthma";
  return {};
}

// How a line of a fact is written that has so much of it: a result, a dose, or a record that lasts or is of a
// day.
std::string_view form_of_fact(std::string_view line) {
  const size_t at = line.find_first_not_of(" \t:=", first_word(line).size());
  const std::string_view value = line.substr(std::min(at, line.size()));
  const bool number = !value.empty() && (is_digit(value[0]) || compare_sign_length(value) > 0);
  const std::string_view end = value.substr(0, value.find(" on "));
  if (number && end.find("/d") != end.npos) return "prednisone 10 mg/day since 2024-01-10";
  if (number) return "ALT 62 U/L on 2025-02-24";
  return same_word(first_word(value), "on") ? "surgery on 2024-08-02 with site knee"
                                            : "asthma from 2001 to 2009-06";
}

// The length of `24-02-2025`, `61/04/12` at the front of the text; 0: it is none.
size_t other_date_length(std::string_view text) {
  size_t at = 0;
  for (int part = 0; part < 3; ++part) {
    if (part > 0 && (at >= text.size() || std::string_view("-./").find(text[at++]) == std::string_view::npos))
      return 0;
    const size_t begin = at;
    while (at < text.size() && is_digit(text[at])) ++at;
    if (at == begin || at - begin > (part == 2 ? 4 : 2)) return 0;
  }
  return at;
}
constexpr std::string_view kYearFirst = "a date is written with its whole year first, as 2025-02-24";

bool ends_in_word(std::string_view text, std::initializer_list<std::string_view> words) {
  text = text.substr(0, text.find_last_not_of(" \t") + 1);
  size_t begin = text.size();
  while (begin > 0 && is_name_byte(text[begin - 1])) --begin;
  return begin > 0 && std::ranges::any_of(
                          words, [&](std::string_view word) { return same_word(text.substr(begin), word); });
}

// `BP 138` and `/86`, which is no date.
bool is_blood_pressure(std::string_view head, std::string_view rest) {
  constexpr size_t kMost = 3;  // digits
  size_t begin = head.size(), end = 1;
  while (begin > 0 && is_digit(head[begin - 1])) --begin;
  const std::string_view high = head.substr(begin);
  if (!rest.starts_with('/') || high.empty() || high.size() > kMost) return false;
  while (end < rest.size() && is_digit(rest[end])) ++end;
  const bool goes_on = end < rest.size() && rest[end] == '/';
  const bool no_day = high.size() == kMost || (high.size() == 2 && high >= "40");
  return !goes_on && no_day && end >= 3 && end <= kMost + 1;
}

// `allergy to metacresol`: a word where a date belongs.
std::string expected_instead(std::string_view what, std::string_view line, size_t at,
                             std::string_view expected) {
  const std::string_view rest = line.substr(at);
  size_t number = at;  // reading may have gone into it
  while (number > 0 && is_digit(line[number - 1])) --number;
  if (expected == "a date" && other_date_length(line.substr(number)) > 0) return std::string(kYearFirst);
  if (expected == "a patient's identifier")
    return fmt::format("expected {}: a block begins with `{}`", expected, form_of_line("patient"));
  const bool to_word =
      expected == "a date" && ends_in_word(line.substr(0, at), {"to"}) && !first_word(rest).empty();
  if (!to_word) return fmt::format("expected {}", expected);
  const bool allergy = same_word(what, "allergy") || same_word(what, "hypersensitivity");
  return fmt::format("behind `to` stands a date; what else is said of it stands behind `with`, as `with {}`",
                     allergy ? "substance NAME" : "ATTRIBUTE VALUE");
}

// What is wrong where a line has more than it can say, and the form of such a line. Of the line only a sign
// or a word of the language is shown.
std::string left_over(std::string_view line, size_t at) {
  const std::string_view rest = line.substr(at), head = line.substr(0, at);
  std::string_view form = form_of_line(first_word(line));
  if (form.empty()) form = form_of_fact(line);
  const size_t before = head.find_last_not_of(" \t");
  const bool after_digit = before != head.npos && is_digit(head[before]);
  if (rest.starts_with(':') || rest.starts_with('='))
    return fmt::format("`{}` is not needed: a line is written as `{}`", rest[0], form);
  if (ends_in_word(head, {"not"}))
    return "what was not done or is not known is left out; that there is none is written as `no asthma`";
  const bool is_time = after_digit && rest.size() > 2 && rest[0] >= '0' && rest[0] <= '2' && rest[2] == ':';
  if (is_time && before > 2 && head[before - 2] == '-')
    return "between a day and its time stands a `T`, without blanks: `2025-02-24T08:30`";
  if (is_blood_pressure(head, rest))
    return "two numbers with `/`: a blood pressure is two results, SBP and DBP, each on a line of its own";
  if (!rest.empty() && is_digit(rest[0]) && ends_in_word(head, {"date"}))
    return "a name of several words is joined with `_`, as in `birth_date`; a day stands behind `on`: `on "
           "2024-11`";
  if (!rest.empty() && is_digit(rest[0]) && ends_in_word(head, {"in", "at", "dated", "during"}))
    return "a day stands behind `on`, also a month or a year: `on 2024-11`";
  if (after_digit && rest.size() > 1 && (rest[0] == '/' || rest[0] == '.') && is_digit(rest[1]))
    return fmt::format("a date is not written with `{}`: write it as 2025-02-24", rest[0]);
  if (limit_length(rest) > 0)
    return fmt::format("`{}` stands in parentheses: `(ULN 40 U/L)`, behind the value", first_word(rest));
  const size_t number = head.find_last_not_of("0123456789") + 1;
  if (number < head.size() && other_date_length(line.substr(number)) > 0) return std::string(kYearFirst);
  const std::string_view word = first_word(rest);
  const bool is_said = after_digit && !is_reserved(word) && window_word_length(rest) == 0 &&
                       rest.find_first_not_of(" \t", word.size()) != rest.npos;
  const bool has_day = head.find('-') != head.npos;
  if (!word.empty() && is_said && has_day)
    return "what else is said of a record stands behind `with`, as `with ATTRIBUTE VALUE`";
  const bool of_language = is_reserved(word) || window_word_length(rest) > 0;
  return fmt::format("the line goes on{} after its end: a line is written as `{}`",
                     of_language ? fmt::format(" with `{}`", word) : "", form);
}

// The line's tree, or a fault. `what` is the fact that the line is about.
bool read_line(Reading& r, Part part, const Line& line, std::string_view what,
               std::vector<Diagnostic>& faults) {
  Span span{line.code, line.code_end, r.source.id};
  size_t before = faults.size();
  if (!line.ascii) check_characters(r.source, line.code, line.code_end, true, faults);
  if (line.unclosed) faults.push_back(patient_fault(span, what, "a text is not closed on its line"));
  if (faults.size() > before) return false;
  auto failure = read_part(part, r.source, line.code, line.code_end, r.tree);
  if (!failure) return true;
  span.begin = std::min(failure->at, line.code_end);
  const size_t at = span.begin - line.code;
  const std::string wrong = failure->expected.empty()
                                ? left_over(r.code(line), at)
                                : expected_instead(what, r.code(line), at, failure->expected);
  faults.push_back(patient_fault(span, what, wrong));
  return false;
}

PatientBlock start_block(Reading& r, const Line& line) {
  PatientBlock block;
  block.span = {line.code, line.code_end, r.source.id};
  block.is_case = same_word(first_word(r.code(line)), "case");
  block.id.span = block.span;
  if (starts_block_badly(r.code(line))) {
    const std::string_view text = r.code(line), word = first_word(text);
    const size_t id = text.find_first_not_of(" \t:=", word.size());
    if (id != text.npos && text.find(' ', id) == text.npos) block.id.text = text.substr(id);
    block.is_case = block.is_case || same_word(word, "cases");
    const std::string_view one = block.is_case ? "case" : "patient";
    block.faults.push_back(
        patient_fault(block.span, word, fmt::format("a block begins with `{}`", form_of_line(one))));
    return block;
  }
  if (read_line(r, Part::patient_head, line, block.is_case ? "case" : "patient", block.faults))
    build_patient_head(r.source, r.lines, r.tree, block);
  return block;
}

void add_line(Reading& r, const Line& line, PatientBlock& block) {
  block.span.end = line.code_end;
  std::string_view text = r.code(line);
  std::string_view what = text.substr(0, text.find_first_of(" \t:="));
  if (read_line(r, Part::patient_line, line, what, block.faults))
    build_patient_line(r.source, r.lines, r.tree, block);
}

}  // namespace

Diagnostic patient_fault(Span span, std::string_view what, std::string_view wrong) {
  return {.rule = "syntax",
          .span = span,
          .message = fmt::format("`{}`: {}", what, wrong),
          .help = "",
          .fix = {},
          .notes = {}};
}

ParsedPatients parse_patients(const Source& source) {
  ParsedPatients parsed;
  if (source.text.size() > kMaxSourceBytes) {
    parsed.diagnostics.push_back(
        outside({0, 0, source.id}, fmt::format("the file is larger than {} MiB", kMaxSourceBytes >> 20)));
    return parsed;
  }
  std::vector<Line> lines = split_lines(source);
  Reading r{source, lines};
  Stray stray;
  for (const Line& line : lines) {
    if (!line.has_code()) continue;
    const bool first_column = line.code == line.begin;
    const std::string_view code = r.code(line);
    const bool starts_indented = !first_column && starts_block_indented(code);
    if (first_column && (starts_block(code) || starts_block_badly(code))) {
      tell_stray(source, std::exchange(stray, {}), parsed);
      parsed.blocks.push_back(start_block(r, line));
    } else if (stray.line > 0) {
      ++stray.below;
    } else if (first_column || parsed.blocks.empty() || starts_indented) {
      stray = {.span = {line.code, line.code_end, source.id},
               .line = static_cast<size_t>(&line - lines.data()) + 1,
               .starts_block = starts_indented};
    } else {
      add_line(r, line, parsed.blocks.back());
    }
  }
  tell_stray(source, stray, parsed);
  return parsed;
}

bool looks_like_patient_text(std::string_view text) {
  Source source{"", std::string(text.substr(0, 1u << 16)), 0};
  bool badly = false;
  for (const Line& line : split_lines(source)) {
    if (!line.has_code()) continue;
    const std::string_view code = text_of(source, {line.code, line.code_end, 0});
    // Below a header of a table that is so short no line is indented.
    if (badly) return line.code > line.begin;
    if (!starts_block_badly(code)) return starts_block(code);
    badly = true;
  }
  return false;
}

}  // namespace crit
