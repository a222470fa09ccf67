// The patients of a JSON file, one at a time.
#include "interpreter/read_json.hpp"

#include <fmt/format.h>

#include "interpreter/json_elements.hpp"
#include "interpreter/read_json_patient.hpp"

namespace crit {

namespace {

constexpr std::string_view kTooLong = "this patient has more than 4 MiB of text: it is passed over";

bool is_blank_line(std::string_view text) {
  return text.find_first_not_of(" \t\r") == text.npos;
}

std::string_view line_of(std::string_view& text) {
  const size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

}  // namespace

bool has_an_object_a_line(std::string_view text) {
  const std::string_view first = line_of(text);
  JsonNesting nesting;
  const size_t end = nesting.pass(first);
  if (end != first.npos) return true;
  // Broken off inside a string: no JSON has a line end there.
  if (nesting.in_string) return true;
  std::string_view second = line_of(text);
  while (is_blank_line(second) && !text.empty()) second = line_of(text);
  const size_t begin = second.find_first_not_of(" \t");
  if (begin == second.npos || second[begin] != '{' || second.find("\"patient\"") == second.npos) return false;
  JsonNesting alone;
  return alone.pass(second.substr(begin)) != second.npos;
}

bool read_ndjson(Intake& in, Input& input) {
  JsonParser parser;
  std::string where = fmt::format("{}:", input.name());
  const size_t prefix = where.size();
  std::string problem;
  while (const auto line = input.next_line(kMaxPatientBytes)) {
    if (!line->too_long && is_blank_line(line->text)) continue;
    where.resize(prefix);
    where += fmt::format_int(line->number).c_str();
    begin_patient(in, where);
    if (line->too_long)
      in.broken({kNoFact, std::string(kTooLong), where});
    else if (!read_json_patient(in, parser, line->text, false, problem))
      in.broken({kNoFact, problem, where});
    else if (!finish_patient(in))
      return false;
  }
  return true;
}

bool read_json(Intake& in, Input& input) {
  JsonParser parser;
  JsonElements elements{input};
  if (input.ahead().starts_with('[')) {
    elements.in_array = true;
    input.skip(1);
  }
  std::string problem;
  for (size_t index = 0;; ++index) {
    const auto element = elements.next(kMaxPatientBytes);
    const std::string line = fmt::format("{}:{}", input.name(), element ? element->line : input.line());
    if (!elements.problem.empty())
      in.broken({kNoFact, std::string(std::exchange(elements.problem, {})), line});
    if (!element) return true;
    begin_patient(in, elements.in_array ? fmt::format("{}: [{}]", input.name(), index) : line);
    if (element->too_long)
      in.broken({kNoFact, std::string(kTooLong), line});
    else if (element->cut)
      in.broken({kNoFact, "the JSON ends in the middle", line});
    else if (!read_json_patient(in, parser, element->text, true, problem))
      in.broken({kNoFact, problem, line});
    else if (!finish_patient(in))
      return false;
    input.skip(element->text.size());
  }
}

}  // namespace crit
