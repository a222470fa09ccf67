// What people write as a list without its word and parentheses.
#include <fmt/format.h>

#include <algorithm>

#include "grammar/stop.hpp"
#include "grammar/words.hpp"

namespace crit {

namespace {

// `ALT, AST and TBIL within normal limits`
std::string each_is_normal(std::string names, bool any) {
  for (size_t at = 0; (at = names.find(", ", at)) != names.npos;
       at += std::string_view(" is normal, ").size())
    names.insert(at, " is normal");
  return fmt::format("write `{} of ({} is normal)`", any ? "any" : "all", names);
}

}  // namespace

std::string list_meant(const Stop& s) {
  const std::string_view before = s.line_before();
  std::string_view line = text_of(s.source, {place_of_word(s, before), s.end, s.source.id});
  const bool more = line.find_first_not_of(" \t\r\n", line.find('\n')) != line.npos;
  line = line.substr(0, line.find('\n'));
  if (more || line.find_first_of("()<>=\"") != line.npos) return {};
  std::string items, window;
  bool any = false, all = false, normal = false;
  for (size_t at = skip_blanks(line, 0); at < line.size(); at = skip_blanks(line, at)) {
    const std::string_view word = first_word(line.substr(at));
    if (word.empty() && line[at] != ',') return {};
    if (const size_t length = normal_length(line.substr(at)); length > 0) {
      if (line.find_first_not_of(" \t\r", at + length) != line.npos) return {};
      normal = true;
      break;
    }
    if (window_word_length(line.substr(at)) > 0) {
      window = " " + std::string(line.substr(at, line.find_last_not_of(" \t\r") + 1 - at));
      break;
    }
    any = any || same_word(word, "or");
    all = all || same_word(word, "and");
    const bool joins = word.empty() || same_word(word, "or") || same_word(word, "and");
    if (joins ? items.empty() : is_reserved(word)) return {};
    if (!joins) items += (items.empty() ? "" : items.back() == ' ' ? "" : "_") + std::string(word);
    if (joins && !items.ends_with(", ")) items += ", ";
    at += std::max<size_t>(word.size(), 1);
  }
  if (any == all || items.empty() || items.ends_with(' ') || window.find(',') != window.npos) return {};
  if (normal) return each_is_normal(items, any);
  const std::string each = fmt::format("write `any of ({}){}`", items, window);
  // "Asthma and epilepsy" under an exclusion are two illnesses that turn away each.
  return any ? each : fmt::format("{} where each alone is enough,\nor `all of ({}){}`", each, items, window);
}

}  // namespace crit
