// First lines of statements: the tree of a head to the statement that it starts.
#include <fmt/format.h>

#include <algorithm>

#include "grammar/build_statement.hpp"
#include "grammar/text_at.hpp"
#include "grammar/words.hpp"

namespace crit {

namespace {

std::optional<Text> build_title(Build& b, Cursor& c) {
  if (!c.is(Node::text) && !c.is(Node::curly_text)) return std::nullopt;
  return build_text(b, c);
}

std::vector<Name> build_names(Build& b, Cursor c) {
  std::vector<Name> names;
  while (c.is(Node::name)) names.push_back(build_name(b, c));
  return names;
}

std::vector<Name> build_values(Build& b, Cursor c) {
  std::vector<Name> values = build_names(b, c);
  for (Name& value : values)
    if (value.text.starts_with("−")) value.text.replace(0, std::string_view("−").size(), "-");
  return values;
}

Attribute build_attribute(Build& b, Cursor c) {
  Attribute a;
  a.name = build_name(b, c);
  if (c.is(Node::words)) {
    a.kind = Attribute::Kind::words;
    a.words = build_values(b, c.children());
  } else if (c.is(Node::in_unit)) {
    Cursor inner = c.children();
    a.kind = Attribute::Kind::quantity;
    a.unit = build_unit(b, inner);
  } else if (c.is(Node::yes_no)) {
    a.kind = Attribute::Kind::yes_no;
  } else if (c.is(Node::fact)) {
    Cursor inner = c.children();
    a.kind = Attribute::Kind::fact;
    a.fact = build_name(b, inner);
  }
  return a;
}

// One clause of a declaration's first line.
void build_clause(Build& b, Cursor& c, Declaration& d) {
  Cursor inner = c.children();
  Node kind = c.take().kind;
  if (kind == Node::in_unit) d.unit = build_unit(b, inner);
  if (kind == Node::percent_of_predicted) d.percent_of_predicted = true;
  if (kind == Node::acute) d.acute = build_plain_duration(b, inner);
  if (kind == Node::words) d.values = build_values(b, inner);
  if (kind == Node::ordered) d.ordered = true;
  if (kind == Node::when) d.when = build_part(b, inner);
  if (kind == Node::by) d.by = build_name(b, inner);
  if (kind == Node::parents)
    for (Name& parent : build_names(b, inner)) d.parents.push_back(std::move(parent));
  if (kind == Node::attributes)
    for (; inner.is(Node::attribute); inner.advance())
      d.attributes.push_back(build_attribute(b, inner.children()));
}

// Where a declared name could not be read, rules may have it as it was written or as it should be: neither is
// a mistake of its own.
void add_spellings(Build& b, Declaration& d) {
  const std::string_view text = std::string_view(b.source.text).substr(d.name.span.begin);
  const NameMeant meant = name_meant_at(text);
  if (meant.name == d.name.text) return;
  AlsoField spellings;
  for (size_t at = 0; at < meant.length;) {
    const std::string_view word = first_word(text.substr(at));
    if (!word.empty()) spellings.names.push_back({std::string(word), d.name.span});
    at += std::max<size_t>(word.size(), 1);
  }
  d.name.text = meant.name;
  d.fields.push_back({std::move(spellings), d.name.span, {}});
}

Declaration build_declaration(Build& b, Cursor& c, FactKind kind, bool broken) {
  Declaration d;
  d.kind = kind;
  d.broken = broken;
  d.name = build_name(b, c);
  d.text = build_title(b, c);
  if (broken) add_spellings(b, d);
  while (!broken && !c.done()) build_clause(b, c, d);
  return d;
}

Define build_define(Build& b, Cursor& c, bool broken) {
  Define d;
  d.name = build_name(b, c);
  d.text = build_title(b, c);
  for (; !broken && !c.done(); c.advance()) {
    Cursor inner = c.children();
    if (c.is(Node::same_day))
      d.same_day = true;
    else
      d.unit = build_unit(b, inner);
  }
  return d;
}

}  // namespace

std::optional<Name> name_meant_behind(const Source& source, uint32_t word, bool is_keyword) {
  const std::string_view all = std::string_view(source.text).substr(word);
  const std::string_view line = all.substr(0, all.find('\n'));
  size_t at = skip_blanks(line, first_word(line).size());
  if (line.substr(at).starts_with(':')) at = skip_blanks(line, at + 1);
  const bool is_behind_text = line.substr(at).starts_with('"');
  if (is_behind_text) at = skip_blanks(line, std::min(line.find('"', at + 1), line.size() - 1) + 1);
  const std::string_view name = name_at(line.substr(at));
  const bool has_text = line.substr(skip_blanks(line, at + name.size())).starts_with('"');
  if (name.empty() || !(is_keyword || has_text)) return std::nullopt;
  const uint32_t begin = word + static_cast<uint32_t>(at);
  return Name{std::string(name), {begin, begin + static_cast<uint32_t>(name.size()), source.id}};
}

// Children: the keyword, the name, then the rest; of a broken head what was read before the mistake.
StatementNode build_head(Build& b, const Tree& tree, std::string_view keyword, bool broken) {
  Cursor c(tree);
  BrokenStatement nothing{std::string(keyword), std::nullopt};
  if (c.is(Node::word)) c.advance();
  bool is_range = keyword == "range", is_use = keyword == "use";
  if (is_range || is_use) {
    if (broken || c.done()) return nothing;
    Text text = build_text(b, c);
    if (is_range) return Range{std::move(text), std::nullopt, {}, {}};
    return Use{std::move(text)};
  }
  const bool declares = fact_kind(keyword) || keyword == "define";
  if (!c.is(Node::name) && declares && !tree.empty())
    nothing.declares = name_meant_behind(b.source, tree.front().begin, true);
  if (!c.is(Node::name)) return nothing;
  if (auto kind = fact_kind(keyword)) return build_declaration(b, c, *kind, broken);
  if (keyword == "define") return build_define(b, c, broken);
  Name id = build_name(b, c);
  std::optional<Text> text = build_title(b, c);
  if (keyword == "trial") return TrialStatement{std::move(id), std::move(text), {}, {}, {}, {}, {}};
  return Criterion{keyword == "include", std::move(id), std::move(text), {}, nullptr, {}};
}

}  // namespace crit
