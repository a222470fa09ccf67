// Documents and lines to resources, by On-Demand; a bundle is walked entry by entry.
#include "interpreter/read_fhir.hpp"

#include <fmt/format.h>

#include <charconv>

#include "interpreter/fhir_json.hpp"
#include "interpreter/fhir_records.hpp"
#include "interpreter/json_elements.hpp"

namespace crit {

namespace {

using simdjson::error_code;
using simdjson::ondemand::value;

constexpr std::string_view kResourceType = "\"resourceType\"";

// The texts of one document, and the two resources that it is read through.
struct Walk {
  FhirReading reading;
  FhirResource top, inner;
  bool is_failure = false;  // what was asked for is not all in it, as the server says
  uint64_t matches = 0;     // entries that the search found, and did not only add to them
};

bool tell(Intake& in, std::string_view problem, std::string_view where) {
  in.broken({kNoFact, std::string(problem), std::string(where)});
  return true;
}

// What is missing nobody knows: a result that is there may not be the latest. Told once a bundle.
void tell_failure(Walk& w, std::string_view problem, std::string_view where) {
  if (!w.is_failure) tell(w.reading.in, problem, where);
  w.is_failure = true;
}

constexpr std::string_view kOutcome =
    "the server says that it could not answer in full (OperationOutcome): nobody of this bundle is answered; "
    "export it again";

// What is on the other pages may be of anybody, and later than what is here.
void tell_page(Walk& w, std::string_view where) {
  uint64_t total = 0;
  const std::string_view text = w.top.total;
  std::from_chars(text.data(), text.data() + text.size(), total);
  if (w.top.is_page)
    tell_failure(
        w,
        "this bundle is one page of several (it has a `link` to the next or the previous one): nobody "
        "of it is answered; fetch all pages, and give the entries of all as one bundle without that "
        "link",
        where);
  else if (w.top.kind == "searchset" && total > w.matches)
    tell_failure(
        w,
        fmt::format("this bundle is not whole: the search found {} (`total`), and {} of them {} here: "
                    "nobody of it is answered; fetch all pages, and give the entries of all as one "
                    "bundle",
                    total, w.matches, w.matches == 1 ? "is" : "are"),
        where);
}

error_code read_text_at(value& v, std::string_view wanted, std::string_view& into) {
  return each_field(v, [&](std::string_view key, value& part) {
    return key == wanted ? read_text_of(part, into) : simdjson::SUCCESS;
  });
}

error_code read_entry(Walk& w, value& v) {
  w.inner.clear();
  std::string_view full_url, method, mode, status;
  SIMDJSON_TRY(each_field(v, [&](std::string_view key, value& part) {
    if (key == "fullUrl") return read_text_of(part, full_url);
    if (key == "request") return read_text_at(part, "method", method);
    if (key == "search") return read_text_at(part, "mode", mode);
    if (key == "response") return read_text_at(part, "status", status);
    return key == "resource" ? read_fhir_resource(w.inner, part) : simdjson::SUCCESS;
  }));
  w.matches += mode.empty() || mode == "match";
  if (w.inner.type == FhirType::bundle)
    tell(w.reading.in, "a bundle in a bundle is not read: give it as a file of its own",
         w.reading.hold.file_name());
  else if (w.inner.is_failure)
    tell_failure(w, kOutcome, w.reading.hold.file_name());
  else if (!status.empty() && status.front() != '2')
    tell_failure(
        w,
        "the server could not answer all that it was asked for (a `response` has another `status` than "
        "2xx): nobody of this bundle is answered; export it again",
        w.reading.hold.file_name());
  else if (!w.inner.type_name.empty() && method != "DELETE")
    add_resource(w.reading, w.inner, full_url);
  return simdjson::SUCCESS;
}

error_code read_top(Walk& w, std::string_view text, simdjson::ondemand::parser& parser) {
  simdjson::ondemand::document document;
  simdjson::ondemand::object top;
  SIMDJSON_TRY(parser.iterate(text.data(), text.size(), text.size() + kInputPadding).get(document));
  SIMDJSON_TRY(document.get_object().get(top));
  for (auto item : top) {
    if (item.error()) return item.error();
    simdjson::ondemand::field& field = value_of(item);
    std::string_view key;
    SIMDJSON_TRY(text_of_key(field, key));
    value& v = field.value();
    const bool is_entry = key == "entry";
    SIMDJSON_TRY(is_entry ? each_element(v, [&](value& entry) { return read_entry(w, entry); })
                          : read_fhir_field(w.top, key, v));
  }
  const bool at_end = document.current_location().error() == simdjson::OUT_OF_BOUNDS;
  return at_end ? simdjson::SUCCESS : simdjson::TRAILING_CONTENT;
}

std::string_view words_of(error_code error) {
  if (error == simdjson::INCOMPLETE_ARRAY_OR_OBJECT || error == simdjson::UNCLOSED_STRING ||
      error == simdjson::EMPTY)
    return "the JSON ends in the middle";
  if (error == simdjson::UTF8_ERROR) return "the text is not UTF-8: save it in UTF-8";
  if (error == simdjson::TRAILING_CONTENT) return "something stands behind the JSON object";
  return kNoJson;
}

// Empty: it was read.
std::string_view problem_of(const Walk& w, error_code error) {
  if (error) return words_of(error);
  if (w.top.type_name.empty()) return "this is no FHIR resource: `resourceType` is missing";
  if (w.top.type == FhirType::bundle && w.top.kind == "history")
    return "a bundle of the type `history` has several versions of one resource: it is passed over";
  return {};
}

// A line that could not be read has something of the patient whom it names; where it names none, of anybody.
std::string miss_line(Holding& run, std::string_view text, std::string_view problem, std::string_view where) {
  if (text.find(R"("resourceType":"Patient")") != text.npos) return std::string(problem);
  constexpr std::string_view kReference = "\"Patient/";
  const size_t at = text.find(kReference);
  const size_t begin = at + kReference.size();
  const size_t end = at == text.npos ? text.npos : text.find('"', begin);
  if (end == text.npos) {
    run.is_cut = true;
    return fmt::format("{}; none of the patients is answered whose record it may be in", problem);
  }
  run.lines.patient(text.substr(begin, end - begin))
      .faults.push_back(
          {kNoFact, "a line with something of this patient cannot be read", std::string(where)});
  return std::string(problem);
}

// A document. What stands alone goes to the lines' hold, for its patient may be elsewhere.
bool read_document(Intake& in, std::string_view text, simdjson::ondemand::parser& parser, Walk& w,
                   std::string_view where) {
  Holding& run = holding(in);
  w.top.clear();
  w.is_failure = false;
  w.matches = 0;
  run.bundle.clear();
  run.bundle.begin_file(where);
  error_code error = read_top(w, text, parser);
  if (error == simdjson::INCOMPLETE_ARRAY_OR_OBJECT && goes_on_behind(text))
    error = simdjson::TRAILING_CONTENT;
  const std::string_view problem = problem_of(w, error);
  if (!problem.empty()) {
    const bool is_line = error && w.top.type != FhirType::bundle;
    return tell(in, is_line ? miss_line(run, text, problem, where) : std::string(problem), where);
  }
  if (w.top.is_failure) {
    tell_failure(w, kOutcome, where);
    return true;
  }
  if (w.top.type == FhirType::bundle) {
    tell_page(w, where);
    // Another file may have the same patients.
    if (w.is_failure) run.bundle.refuse_all("not all of this patient's record may be in this bundle");
    if (run.bundle.has_room(run.most)) return run.bundle.finish(in);
    run.bundle.clear();
    return tell(in, "this bundle says more than is held in memory: it is passed over", where);
  }
  if (!has_room_to_hold(in, where)) return true;
  FhirReading lines{in, run, run.lines};
  add_resource(lines, w.top, {});
  has_room_to_hold(in, where);
  return true;
}

}  // namespace

bool looks_like_fhir(std::string_view text) {
  // Keys of the outermost object decide; what is deeper does, where the beginning has none of them.
  bool deeper = false;
  JsonNesting nesting;
  for (size_t at = 0; at < text.size();) {
    const size_t quote = text.find_first_of("\"{}[]", at);
    if (quote == text.npos) break;
    const bool was_outermost = nesting.depth == 1;
    if (text[quote] != '"') {
      nesting.depth += text[quote] == '{' || text[quote] == '[' ? 1 : -1;
      if (nesting.depth <= 0) break;
      at = quote + 1;
      continue;
    }
    size_t end = quote + 1;
    while (end < text.size() && text[end] != '"') end += text[end] == '\\' ? 2 : 1;
    const std::string_view word = text.substr(quote, end < text.size() ? end + 1 - quote : text.npos);
    const size_t colon = text.find_first_not_of(" \t\r\n", std::min(end + 1, text.size()));
    if (colon != text.npos && text[colon] == ':') {
      if (word == kResourceType && was_outermost) return true;
      if (was_outermost && (word == "\"patient\"" || word == "\"facts\"")) return false;
      deeper |= word == kResourceType;
    }
    at = std::min(end + 1, text.size());
  }
  return deeper;
}

bool read_fhir(Intake& in, Input& input) {
  Holding& run = holding(in);
  const auto text = input.rest(kMaxBundleBytes);
  if (!text) return tell(in, "this bundle has more than 256 MiB of text: it is passed over", input.name());
  simdjson::ondemand::parser parser;
  Walk walk{{in, run, run.bundle}, {}, {}};
  run.lines.begin_file(input.name());
  return read_document(in, *text, parser, walk, input.name());
}

bool read_fhir_lines(Intake& in, Input& input) {
  Holding& run = holding(in);
  simdjson::ondemand::parser parser;
  Walk walk{{in, run, run.bundle}, {}, {}};
  run.lines.begin_file(input.name());
  while (const auto line = input.next_line(kMaxBundleBytes)) {
    if (line->text.find_first_not_of(" \t\r") == line->text.npos && !line->too_long) continue;
    const std::string where = fmt::format("{}:{}", input.name(), line->number);
    if (line->too_long)
      tell(in, "this line has more than 256 MiB: it is passed over", where);
    else if (!read_document(in, line->text, parser, walk, where))
      return false;
  }
  return true;
}

}  // namespace crit
