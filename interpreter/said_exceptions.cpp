// What stands behind `unless`, by the names that there are: a kind of the records before it, or something
// else.
#include <fmt/format.h>

#include <algorithm>

#include "grammar/text_at.hpp"
#include "grammar/words.hpp"
#include "interpreter/words_said.hpp"

namespace crit {

namespace {

bool joins(std::string_view word) {
  return same_word(word, "and") || same_word(word, "or");
}

FactId record_named(const WordsSaid& w, std::string_view name) {
  const FactId id = fact_named(w.schema, w.scope, name);
  if (id == kNoFact || w.schema.facts[id].broken) return kNoFact;
  return is_record(w.schema.facts[id]) ? id : kNoFact;
}

// The records that end the text with their window; none where something is compared.
FactId records_at_end(const WordsSaid& w, std::string_view text) {
  FactId found = kNoFact;
  for (size_t at = 0; at < text.size();) {
    const std::string_view rest = text.substr(at), word = first_word(rest);
    if (word.empty() && compare_sign_length(rest) > 0) return kNoFact;
    if (joins(word) || rest[0] == ',' || rest[0] == '(' || rest[0] == ')')
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
    at = skip_blanks(text, at);
    const std::string_view word = first_word(text.substr(at));
    if (word.empty() || is_reserved(word)) return found;
    found.names.emplace_back(word);
    found.end = at + word.size();
    const std::string_view behind = text.substr(skip_blanks(text, found.end));
    const std::string_view joint = behind.starts_with(',') ? behind.substr(0, 1) : first_word(behind);
    if (joint != "," && !joins(joint)) return found;
    at = text.size() - behind.size() + joint.size();
  }
}

// Some of the records, said by what they are like: what counts is said of the others only by an exception.
void say_exception(const WordsSaid& w, const std::string& name, const std::string& like, uint32_t end) {
  const Span unless = *w.d.word_before;
  const std::string right =
      fmt::format("except ({}) with ({})", name, like.empty() ? std::string("...") : like);
  w.d.help = fmt::format("write `{}`: the others still count", right);
  w.d.fix.reset();
  if (!like.empty() && ends_before(without_blanks(std::string_view(w.source.text).substr(end))))
    w.d.fix = Fix{{unless.begin, end, unless.file}, right, false};
}

// `unless mild asthma`, `unless cured skin_basal_cell_carcinoma`
bool some_of_records(const WordsSaid& w, FactId records) {
  for (size_t at = 2; at < w.words.texts.size(); ++at) {
    const FactId id = fact_named(w.schema, w.scope, w.words.texts[at]);
    if (id == kNoFact) continue;
    if (id != records && !is_kind_of(w, id, records)) return false;
    const std::string like = attributes_said(w, w.schema.facts[id], 1, at);
    say_exception(w, w.words.texts[at], like, w.words.ends[at]);
    return true;
  }
  return false;
}

// `unless intent = curative`
bool attribute_of_records(const WordsSaid& w, FactId records) {
  if (w.words.texts.size() != 2) return false;
  const std::string& attribute = w.words.texts[1];
  const std::string& name = w.schema.facts[records].name;
  const std::string_view text = w.source.text, behind = without_blanks(text.substr(w.words.ends[1]));
  const size_t sign = compare_sign_length(behind);
  if (sign == 0 || fact_named(w.schema, w.scope, attribute) != kNoFact || !with_attribute(w, name, attribute))
    return false;
  const std::string_view value = first_word(without_blanks(behind.substr(sign)));
  const auto end = static_cast<uint32_t>(value.data() + value.size() - text.data());
  const bool is_whole = !value.empty() && ends_before(without_blanks(text.substr(end)));
  say_exception(w, name,
                is_whole ? fmt::format("{} {} {}", attribute, behind.substr(0, sign), value) : std::string(),
                end);
  return true;
}

}  // namespace

void exception_said(const WordsSaid& w) {
  const Span unless = *w.d.word_before;
  const std::string_view text = w.source.text, before = text.substr(0, unless.begin);
  const std::string_view line = before.substr(before.rfind('\n') + 1),
                         ahead = line.substr(0, line.find_last_not_of(" \t") + 1);
  // `(malignancy within 5 years) unless ...`
  const bool closed = ahead.ends_with(')');
  const FactId records = records_at_end(w, closed ? ahead.substr(0, ahead.size() - 1) : ahead);
  const Names other = names_at(text.substr(unless.end));
  if (records == kNoFact || other.names.empty()) return;
  if (some_of_records(w, records) || attribute_of_records(w, records)) return;
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
  // The last line says what is written of a kind, which behind parentheses has no place.
  if ((closed || (!is_unknown && std::ranges::none_of(other.names, is_kind))) &&
      w.d.help.find('\n') != w.d.help.npos)
    w.d.help.resize(w.d.help.rfind('\n'));
  const std::string_view behind = text.substr(skip_blanks(text, unless.end + other.end));
  const bool ends = ends_before(behind) || same_word(first_word(behind), "with");
  if (!are_kinds) return;
  if (closed) {
    w.d.help =
        fmt::format("write `except ({})` in the parentheses, behind what is asked: the others still count",
                    fmt::join(other.names, ", "));
    return;
  }
  const std::string right = fmt::format("except ({})", fmt::join(other.names, ", "));
  w.d.help = fmt::format("write `{}{}`: the others still count", right, ends ? "" : " with (...)");
  if (!ends) return;
  w.d.fix = Fix{{unless.begin, unless.end + static_cast<uint32_t>(other.end), unless.file}, right, false};
}

}  // namespace crit
