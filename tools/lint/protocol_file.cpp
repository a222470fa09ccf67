// A registry's text or JSON (`--protocol FILE`) to its criteria, and where they hold the quotes of the rules.
#include "tools/lint/protocol_file.hpp"

#include <simdjson.h>

#include <algorithm>

#include "grammar/words.hpp"
#include "tools/lint/list_marks.hpp"
#include "tools/lint/plain_text.hpp"

namespace crit {

namespace {

using List = ProtocolItem::List;
namespace dom = simdjson::dom;

constexpr int kMostNesting = 16;  // of the objects that are searched

std::string_view line_of(std::string_view& text) {
  const size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  return line;
}

// `- `, `* `, `1. `, `2) `, `• `: what begins an item, and its length; 0: none.
size_t bullet_length(std::string_view line) {
  for (std::string_view bullet : {"- ", "* ", "-- ", "• ", "o ", "•\t", "-\t"})
    if (line.starts_with(bullet)) return bullet.size();
  size_t digits = 0;
  while (digits < line.size() && is_digit(line[digits])) ++digits;
  if (digits == 0 || digits > 2 || digits + 1 >= line.size()) return 0;
  return (line[digits] == '.' || line[digits] == ')') && line[digits + 1] == ' ' ? digits + 2 : 0;
}

// "Failure to meet all the inclusion criteria" is an item, "patients must meet the following" a heading.
bool is_of_who_meets(std::string_view lower) {
  static constexpr std::string_view kWords[] = {"meet",    "meets",    "meeting",    "met",     "fulfil",
                                                "fulfill", "fulfills", "fulfilling", "satisfy", "satisfies",
                                                "failure", "fail",     "fails",      "comply",  "complies"};
  return find_words(lower, "following") == lower.npos &&
         std::ranges::any_of(kWords, [&](std::string_view w) { return find_words(lower, w) != lower.npos; });
}

struct Heading {
  List list;
  std::string_view item = {};  // "Inclusion criteria Patients with ...": what stands behind it on the line
};

std::optional<List> list_named(std::string_view lower) {
  if (lower.find("exclusion") != std::string::npos) return List::exclusion;
  if (lower.find("inclusion") != std::string::npos) return List::inclusion;
  return std::nullopt;
}

// The heading that the line begins with: up to a colon, or to what begins as a sentence does.
std::optional<Heading> heading_before_item(std::string_view line) {
  constexpr std::string_view kWord = "criteria";
  constexpr size_t kLongest = 30, kWords = 3;  // "Main inclusion criteria"; blanks of the shortest item
  std::string lower(line.substr(0, kLongest));
  for (char& c : lower) c = char(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  const size_t at = find_words(lower, kWord);
  const auto list = list_named(std::string_view(lower).substr(0, at));
  if (at == lower.npos || !list || std::ranges::count(lower.substr(0, at), ' ') > 2) return std::nullopt;
  std::string_view rest = line.substr(at + kWord.size());
  const bool colon = rest.starts_with(':');
  rest = stripped(rest.substr(colon ? 1 : 0));
  rest = rest.substr(bullet_length(rest));
  const bool is_item = std::ranges::count(rest, ' ') >= long(kWords) && !rest.ends_with(':');
  if (colon) return Heading{*list, is_item ? rest : ""};
  const size_t second = std::min(rest.find(' '), rest.size());
  const bool begins = !rest.empty() && rest[0] >= 'A' && rest[0] <= 'Z' && second + 1 < rest.size() &&
                      rest[second + 1] >= 'a' && rest[second + 1] <= 'z';
  return is_item && begins ? std::optional(Heading{*list, rest}) : std::nullopt;
}

// "Inclusion Criteria:", "Key exclusion criteria"; nothing: no heading.
std::optional<Heading> heading(std::string_view line) {
  const std::string lower = plain_text(line).lower;
  const std::string_view rest = stripped(lower);
  const bool colon = rest.ends_with("criteria:");
  if (lower.size() > 60 || !(rest.ends_with("criteria") || colon)) return heading_before_item(line);
  if (!colon && is_of_who_meets(rest)) return std::nullopt;
  const auto list = list_named(lower);
  return list ? std::optional(Heading{*list}) : std::nullopt;
}

// The end of a registry's page behind its criteria.
bool ends_criteria(std::string_view line) {
  for (std::string_view word : {"About ", "Locations", "Contacts", "Timeline", "Study Plan", "Sponsor"})
    if (line.starts_with(word)) return true;
  return false;
}

void read_lines(std::string_view text, List list, std::vector<ProtocolItem>& items) {
  bool open = false;  // the next line without a bullet goes on with the last item
  const bool whole = list == List::unsaid && text.find("nclusion") == std::string_view::npos &&
                     text.find("NCLUSION") == std::string_view::npos;
  while (!text.empty()) {
    std::string_view line = line_of(text);
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    const size_t bullet = bullet_length(line);
    if (const auto found = heading(line.substr(bullet))) {
      list = found->list;
      open = !found->item.empty();
      if (open) items.push_back({list, std::string(found->item)});
    } else if (line.empty() || (list == List::unsaid && !whole)) {
      open = false;
    } else if (bullet == 0 && !open && ends_criteria(line)) {
      return;
    } else if (bullet == 0 && open) {
      items.back().text += " " + std::string(line);
    } else {
      items.push_back({list, std::string(line.substr(bullet))});
      open = true;
    }
  }
}

void read_array(dom::element list, List kind, std::vector<ProtocolItem>& items) {
  dom::array array;
  if (list.get(array)) return;
  for (dom::element entry : array) {
    std::string_view text;
    if (!entry.get(text)) read_lines(text, kind, items);
  }
}

// The object that holds the criteria, at any depth.
bool read_object(dom::element element, std::vector<ProtocolItem>& items, int depth) {
  dom::object object;
  if (depth > kMostNesting || element.get(object)) return false;
  std::string_view text;
  if (!object["eligibilityCriteria"].get(text)) {
    read_lines(text, List::unsaid, items);
    return true;
  }
  dom::element list;
  if (!object["inclusion"].get(list)) read_array(list, List::inclusion, items);
  if (!object["exclusion"].get(list)) read_array(list, List::exclusion, items);
  if (!items.empty()) return true;
  for (const dom::key_value_pair field : object)
    if (read_object(field.value, items, depth + 1)) return true;
  return false;
}

bool read_json(std::string_view text, std::vector<ProtocolItem>& items) {
  dom::parser parser;
  const simdjson::padded_string padded(text);
  dom::element root;
  if (parser.parse(padded).get(root)) return false;
  read_object(root, items, 0);
  return true;
}

}  // namespace

std::vector<ProtocolItem> read_protocol(std::string_view file, std::string_view id) {
  std::vector<ProtocolItem> items;
  if (file.starts_with("\xEF\xBB\xBF")) file.remove_prefix(3);
  if (!stripped(file).starts_with('{')) {
    read_lines(file, List::unsaid, items);
    return items;
  }
  if (read_json(file, items)) return items;
  for (std::string_view rest = file; !rest.empty();) {
    const std::string_view line = line_of(rest);
    if (line.find(id) != std::string_view::npos && read_json(line, items)) return items;
  }
  return items;
}

std::string_view without_heading(std::string_view quote) {
  const auto found = heading_before_item(quote);
  return found && !found->item.empty() ? found->item : quote;
}

Essence essence(std::string_view text) {
  Essence e;
  const PlainText plain = plain_text(text);
  for (size_t i = 0; i < plain.lower.size(); ++i) {
    if (const size_t mark = list_mark(plain, i)) {
      i += mark - 1;
      continue;
    }
    const char c = plain.lower[i];
    const bool counts = is_letter(c) || is_digit(c) ||
                        std::string_view("<>=%+/^").find(c) != std::string_view::npos ||
                        static_cast<unsigned char>(c) >= 0x80;
    if (!counts) continue;
    e.text += c;
    e.origin.push_back(plain.origin[i]);
  }
  return e;
}

}  // namespace crit
