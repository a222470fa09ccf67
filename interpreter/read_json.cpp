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

// False: the receiver asked to stop.
bool read_element(Intake& in, JsonParser& parser, const std::string& file, bool in_array,
                  const JsonElement& element) {
  const std::string line = fmt::format("{}:{}", file, element.line);
  if (!element.problem.empty()) in.broken({kNoFact, std::string(element.problem), line});
  if (element.none) return true;
  begin_patient(in, in_array ? fmt::format("{}: [{}]", file, element.index) : line);
  std::string problem;
  if (element.too_long)
    problem = kTooLong;
  else if (element.cut)
    problem = "the JSON ends in the middle";
  else if (read_json_patient(in, parser, element.text, true, problem))
    return finish_patient(in);
  in.broken({kNoFact, problem, line});
  return true;
}

// The ends of the elements are found once, by the thread that hands them out.
class JsonPieces : public PatientPieces {
 public:
  explicit JsonPieces(Input& input) : input_(input), elements_(input) {}

  bool next(size_t bytes, Piece& piece) override {
    piece.text.clear();
    piece.elements.clear();
    while (piece.text.size() + piece.elements.size() * sizeof(JsonElement) < bytes) {
      auto element = elements_.next(kMaxPatientBytes);
      if (!element) break;
      piece.text += element->text;
      piece.text += '\n';
      elements_.pass(*element);
      element->text = {};
      piece.elements.push_back(*element);
    }
    piece.text.append(kInputPadding, '\0');
    return !piece.elements.empty();
  }

  bool read(Intake& in, const Piece& piece) const override {
    JsonParser parser;
    std::string_view text = piece.text;
    for (JsonElement element : piece.elements) {
      element.text = text.substr(0, element.bytes);
      text.remove_prefix(element.bytes + 1);
      if (!read_element(in, parser, input_.name(), elements_.in_array, element)) return false;
    }
    return true;
  }

 private:
  Input& input_;
  JsonElements elements_;
};

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
  JsonElements elements(input);
  while (const auto element = elements.next(kMaxPatientBytes)) {
    if (!read_element(in, parser, input.name(), elements.in_array, *element)) return false;
    elements.pass(*element);
  }
  return true;
}

std::unique_ptr<PatientPieces> json_pieces(Input& input) {
  return std::make_unique<JsonPieces>(input);
}

}  // namespace crit
