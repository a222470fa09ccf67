// Fields: the tree of one line below a statement's first to a field of the statement.
#include <fmt/format.h>

#include "grammar/build_statement.hpp"
#include "grammar/words.hpp"

namespace crit {

namespace {

std::vector<Name> build_names(Build& b, Cursor& c) {
  std::vector<Name> names;
  while (c.is(Node::name)) names.push_back(build_name(b, c));
  return names;
}

void report_twice(Build& b, Span span, std::string_view field) {
  b.report("syntax", span, fmt::format("`{}` is said twice", field), "keep one of the two");
}

template <typename Value>
void set_once(Build& b, std::optional<Value>& field, Value value, Span span, std::string_view name) {
  if (field)
    report_twice(b, span, name);
  else
    field = std::move(value);
}

QueryField build_query(Build& b, Cursor& c) {
  QueryField q;
  if (c.is(Node::name)) q.rule = build_name(b, c);
  q.text = build_text(b, c);
  if (c.is(Node::answered)) {
    Cursor inner = c.children();
    q.answered = build_text(b, inner);
  }
  return q;
}

AllowField build_allow(Build& b, Cursor& c) {
  AllowField a;
  a.rule = build_name(b, c);
  a.reason.span = a.rule.span;
  if (!c.done()) a.reason = build_text(b, c);
  return a;
}

void build_trial_field(Build& b, Cursor c, TrialStatement& trial, Trivia trivia) {
  Span span = b.span(c.node());
  Cursor inner = c.children();
  std::string keyword(first_word(b.text(c.node())));
  if (c.is(Node::source_field)) set_once(b, trial.source, build_text(b, inner), span, keyword = "source");
  if (c.is(Node::version_field)) set_once(b, trial.version, build_text(b, inner), span, keyword = "version");
  if (c.is(Node::effective_field))
    set_once(b, trial.effective, build_date(b, inner), span, keyword = "effective");
  if (c.is(Node::arms_field)) {
    keyword = "arms";
    if (!trial.arms.empty())
      report_twice(b, span, keyword);
    else
      trial.arms = build_names(b, inner);
  }
  trial.field_trivia.emplace_back(std::move(keyword), std::move(trivia));
}

template <typename Field>
bool has_field(const std::vector<CriterionField>& fields) {
  for (const CriterionField& field : fields)
    if (std::holds_alternative<Field>(field.node)) return true;
  return false;
}

void build_criterion_field(Build& b, Cursor c, std::vector<CriterionField>& fields, Trivia trivia) {
  CriterionField field{{}, b.span(c.node()), std::move(trivia)};
  Cursor inner = c.children();
  if (c.is(Node::when_field)) {
    if (has_field<WhenField>(fields)) report_twice(b, field.span, "when");
    field.node = WhenField{build_part(b, inner)};
  }
  if (c.is(Node::arms_field)) {
    if (has_field<ArmsField>(fields)) report_twice(b, field.span, "arms");
    field.node = ArmsField{build_names(b, inner)};
  }
  if (c.is(Node::note_field)) field.node = NoteField{build_text(b, inner)};
  if (c.is(Node::query_field)) field.node = build_query(b, inner);
  if (c.is(Node::allow_field)) field.node = build_allow(b, inner);
  fields.push_back(std::move(field));
}

EquivalentField build_equivalent(Build& b, Cursor& c) {
  EquivalentField e;
  e.dose = build_quantity(b, c);
  e.of_dose = build_quantity(b, c);
  e.drug = build_name(b, c);
  return e;
}

using FieldNode = decltype(DeclarationField::node);

FieldNode build_declaration_node(Build& b, Cursor c) {
  using Mark = MarkField::Mark;
  Cursor inner = c.children();
  if (c.is(Node::also_field)) return AlsoField{build_names(b, inner)};
  if (c.is(Node::codes_field)) {
    Name system = build_name(b, inner);
    return CodesField{std::move(system), build_names(b, inner)};
  }
  if (c.is(Node::plausible_field)) {
    ExprPtr low = build_signed_quantity(b, inner);
    return PlausibleField{std::move(low), build_signed_quantity(b, inner)};
  }
  if (c.is(Node::convert_field)) {
    ExprPtr left = build_quantity(b, inner);
    return ConvertField{std::move(left), build_part(b, inner)};
  }
  if (c.is(Node::molar_mass_field)) return MolarMassField{build_quantity(b, inner)};
  if (c.is(Node::formula_field)) return FormulaField{build_part(b, inner)};
  if (c.is(Node::equivalent_field)) return build_equivalent(b, inner);
  if (c.is(Node::half_life_field)) return HalfLifeField{build_quantity(b, inner)};
  if (c.is(Node::usual_field)) return UsualField{same_word(b.text(inner.node()), "above")};
  if (c.is(Node::changes_quickly_field)) return MarkField{Mark::changes_quickly};
  if (c.is(Node::varies_field)) return MarkField{Mark::varies};
  if (c.is(Node::same_day_field)) return MarkField{Mark::same_day};
  if (c.is(Node::note_field)) return NoteField{build_text(b, inner)};
  if (c.is(Node::query_field)) return build_query(b, inner);
  if (c.is(Node::allow_field)) return build_allow(b, inner);
  return SourceField{build_text(b, inner)};
}

constexpr unsigned kinds() {
  return 0;
}
template <typename... Kinds>
constexpr unsigned kinds(FactKind kind, Kinds... others) {
  return (1u << static_cast<unsigned>(kind)) | kinds(others...);
}

struct FieldKinds {
  std::string_view word;  // the field's first
  unsigned kinds;         // the declarations that have it
};
// Fields that are not here stand in every declaration.
constexpr FieldKinds kFieldKinds[] = {{"plausible", kinds(FactKind::measure)},
                                      {"convert", kinds(FactKind::measure)},
                                      {"molar", kinds(FactKind::measure)},
                                      {"formula", kinds(FactKind::measure)},
                                      {"usual", kinds(FactKind::measure)},
                                      {"changes", kinds(FactKind::measure)},
                                      {"varies", kinds(FactKind::measure)},
                                      {"same", kinds(FactKind::measure)},
                                      {"equivalent", kinds(FactKind::drug)},
                                      {"half", kinds(FactKind::drug)},
                                      {"rxnorm", kinds(FactKind::drug)},
                                      {"icd10", kinds(FactKind::condition)},
                                      {"loinc", kinds(FactKind::measure, FactKind::choice, FactKind::flag)}};

// True where it stands in no declaration of that kind, which is reported.
bool is_of_other_kind(Build& b, const TreeNode& field, FactKind kind) {
  std::string_view word = first_word(b.text(field));
  for (const FieldKinds& f : kFieldKinds) {
    if (!same_word(word, f.word) || (f.kinds & kinds(kind)) != 0) continue;
    Span span{field.begin, field.begin + static_cast<uint32_t>(word.size()), b.source.id};
    b.report("syntax", span, fmt::format("`{}` is no field of a {}", word, spelling(kind)),
             "delete the line");
    return true;
  }
  return false;
}

void build_ages(Build& b, Cursor c, RangeLine& line) {
  bool only_to = c.is(Node::word);
  if (!only_to) line.age_from = build_number(b, c);
  if (c.is(Node::word) && same_word(b.text(c.node()), "to")) {
    c.advance();
    line.age_to = build_number(b, c);
  }
  line.age_unit = duration_unit(b.text(c.node())).value_or(DurationUnit::years);
}

void build_range_field(Build& b, Cursor c, Range& range, Trivia trivia) {
  Span span = b.span(c.node());
  Cursor inner = c.children();
  if (c.is(Node::from_field)) {
    set_once(b, range.from, build_date(b, inner), span, "from");
    range.from_trivia = std::move(trivia);
    return;
  }
  RangeLine line;
  line.span = span;
  line.trivia = std::move(trivia);
  line.measure = build_name(b, inner);
  if (inner.is(Node::name)) line.sex = build_name(b, inner);
  if (inner.is(Node::ages)) {
    build_ages(b, inner.children(), line);
    inner.advance();
  }
  if (inner.is(Node::word)) {
    bool below = same_word(b.text(inner.take()), "below");
    (below ? line.high : line.low) = build_signed_quantity(b, inner);
  } else {
    line.low = build_signed_quantity(b, inner);
    line.high = build_signed_quantity(b, inner);
  }
  range.lines.push_back(std::move(line));
}

}  // namespace

void build_field(Build& b, const Tree& tree, StatementNode& statement, Trivia trivia) {
  Cursor c(tree);
  if (auto* trial = std::get_if<TrialStatement>(&statement)) {
    build_trial_field(b, c, *trial, std::move(trivia));
  } else if (auto* criterion = std::get_if<Criterion>(&statement)) {
    build_criterion_field(b, c, criterion->fields, std::move(trivia));
  } else if (auto* range = std::get_if<Range>(&statement)) {
    build_range_field(b, c, *range, std::move(trivia));
  } else if (auto* define = std::get_if<Define>(&statement)) {
    if (c.is(Node::same_day_field))
      define->same_day = true;
    else
      build_criterion_field(b, c, define->fields, std::move(trivia));
  } else if (auto* declaration = std::get_if<Declaration>(&statement)) {
    if (is_of_other_kind(b, c.node(), declaration->kind)) return;
    declaration->fields.push_back({build_declaration_node(b, c), b.span(c.node()), std::move(trivia)});
  }
}

}  // namespace crit
