// What stands behind `unless`, by the names that there are: a kind of the records before it, or something
// else.
#include <fmt/format.h>

#include <algorithm>

#include "grammar/words.hpp"
#include "interpreter/words_said.hpp"

namespace crit {

namespace {

std::string_view without_blanks(std::string_view text) {
  return text.substr(std::min(text.find_first_not_of(" \t"), text.size()));
}

bool joins(std::string_view word) {
  return same_word(word, "and") || same_word(word, "or");
}

FactId record_named(const WordsSaid& w, std::string_view name) {
  const FactId id = fact_named(w.schema, w.scope, name);
  if (id == kNoFact || w.schema.facts[id].broken) return kNoFact;
  const FactKind kind = w.schema.facts[id].kind;
  const bool has = kind == FactKind::condition || kind == FactKind::drug || kind == FactKind::event;
  return has ? id : kNoFact;
}

// The records that end the text with their window; none where something is compared.
FactId records_at_end(const WordsSaid& w, std::string_view text) {
  FactId found = kNoFact;
  for (size_t at = 0; at < text.size();) {
    const std::string_view rest = text.substr(at), word = first_word(rest);
    if (word.empty() && compare_sign_length(rest) > 0) return kNoFact;
    if (joins(word) || rest[0] == ',' || rest[0] == '(')
      found = kNoFact;
    else if (found == kNoFact && !word.empty())
      found = record_named(w, word);
    at += std::max<size_t>(word.size(), 1);
  }
  return found;
}

bool is_kind_of(const WordsSaid& w, FactId id, FactId of) {
  std::vector<FactId> reached{id};
  for (size_t i = 0; i < reached.size(); ++i) {
    if (reached[i] == of) return i > 0;
    for (const std::string& parent : w.schema.facts[reached[i]].parents) {
      const FactId next = fact_named(w.schema, w.scope, parent);
      if (next != kNoFact && std::ranges::find(reached, next) == reached.end()) reached.push_back(next);
    }
  }
  return false;
}

// `A`, `A or B`, `A, B` at the front of the text, and where they end.
struct Names {
  std::vector<std::string> names;
  size_t end = 0;
};
Names names_at(std::string_view text) {
  Names found;
  for (size_t at = 0;;) {
    at = text.size() - without_blanks(text.substr(at)).size();
    const std::string_view word = first_word(text.substr(at));
    if (word.empty() || is_reserved(word)) return found;
    found.names.emplace_back(word);
    found.end = at + word.size();
    const std::string_view behind = without_blanks(text.substr(found.end));
    const std::string_view joint = behind.starts_with(',') ? behind.substr(0, 1) : first_word(behind);
    if (joint != "," && !joins(joint)) return found;
    at = text.size() - behind.size() + joint.size();
  }
}

}  // namespace

void exception_said(const WordsSaid& w) {
  const Span unless = *w.d.word_before;
  const std::string_view text = w.source.text, before = text.substr(0, unless.begin);
  const FactId records = records_at_end(w, before.substr(before.rfind('\n') + 1));
  const Names other = names_at(text.substr(unless.end));
  if (records == kNoFact || other.names.empty()) return;
  const auto unknown = [&](const std::string& name) {
    return fact_named(w.schema, w.scope, name) == kNoFact;
  };
  const auto is_kind = [&](const std::string& name) {
    const FactId id = fact_named(w.schema, w.scope, name);
    return id != kNoFact && is_kind_of(w, id, records);
  };
  const bool is_unknown = std::ranges::any_of(other.names, unknown);
  const bool are_kinds = std::ranges::all_of(other.names, is_kind);
  if (is_unknown || are_kinds) w.d.fix.reset();
  // The last line says what is written of a kind.
  if (!is_unknown && std::ranges::none_of(other.names, is_kind) && w.d.help.find('\n') != w.d.help.npos)
    w.d.help.resize(w.d.help.rfind('\n'));
  const std::string_view behind = without_blanks(text.substr(unless.end + other.end));
  const bool ends = behind.empty() || std::string_view("\r\n,)#").find(behind[0]) != behind.npos ||
                    same_word(first_word(behind), "with") || window_word_length(behind) > 0;
  if (!are_kinds) return;
  const std::string right = fmt::format("except ({})", fmt::join(other.names, ", "));
  w.d.help = fmt::format("write `{}{}`: the others still count", right, ends ? "" : " with (...)");
  if (!ends) return;
  w.d.fix = Fix{{unless.begin, unless.end + static_cast<uint32_t>(other.end), unless.file}, right, false};
}

}  // namespace crit
