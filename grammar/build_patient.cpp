// See build_patient.hpp. Values are kept as text; the readers of patients know what they mean.
#include "grammar/build_patient.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "grammar/build.hpp"
#include "grammar/words.hpp"

namespace crit {

namespace {

constexpr std::string_view kOutcomes[] = {"pass", "fail", "unknown", "not_applicable"};
constexpr std::string_view kVerdicts[] = {"eligible", "ineligible", "undetermined"};

template <size_t N>
bool is_one_of(const std::string_view (&list)[N], std::string_view word) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

struct LineBuild {
  Build& b;
  std::string what;  // the fact of the line

  void fault(Span span, std::string_view wrong) { b.out.push_back(patient_fault(span, what, wrong)); }
  void twice(Span span, std::string_view said) {
    fault(span, fmt::format("{}: leave out the one that is wrong", said));
  }
};

// A number with its sign; a comma in it is a fault.
std::string build_signed(LineBuild& l, Cursor& c) {
  Span span = l.b.span(c.node());
  std::string text(l.b.text(c.take()));
  if (text.starts_with("\xE2\x88\x92")) text.replace(0, 3, "-");
  if (text.find(',') != std::string::npos) {
    l.fault(span, "a number with a comma");
    l.b.out.back().rule = "decimal-comma";
    l.b.out.back().help = "write a point before the decimals, and nothing between the thousands";
  } else if (const size_t points = std::count(text.begin(), text.end(), '.'); points > 1) {
    l.fault(span, points == 2 ? "two points in a number; a date is written as 2025-02-24"
                              : "a number with several decimal points");
  }
  return text;
}

DateText build_given_date(LineBuild& l, Cursor& c) {
  Span span = l.b.span(c.node());
  std::string text(l.b.text(c.take()));
  if (!is_date(text)) l.fault(span, "a date that does not exist, or is not written as 2025-03-01");
  return {std::move(text), span};
}

std::string text_value(LineBuild& l, Cursor& c) {
  return build_text(l.b, c).text;
}

// Children: a bound, then a number with its unit, a date, a word or a text.
void build_value(LineBuild& l, Cursor c, PatientLine& line) {
  if (c.is(Node::op)) {
    Span span = l.b.span(c.node());
    auto op = compare_op(l.b.text(c.take()));
    line.bound = spelling(op.value_or(CompareOp::equal));
    if (line.bound == "=" || line.bound == "!=") l.fault(span, "a result is `<`, `<=`, `>` or `>=` a number");
  }
  if (c.is(Node::number))
    line.value = build_signed(l, c);
  else if (c.is(Node::date))
    line.value = build_given_date(l, c).text;
  else if (c.is(Node::text))
    line.value = text_value(l, c);
  else if (c.is(Node::word))
    line.value = l.b.text(c.take());
  if (c.is(Node::unit)) line.unit = build_unit(l.b, c);
}

void build_limits(LineBuild& l, Cursor c, PatientLine& line) {
  for (; !c.done(); c.advance()) {
    Cursor inner = c.children();
    if (c.is(Node::predicted)) {
      if (line.predicted) l.twice(l.b.span(c.node()), "two values of per cent predicted");
      line.predicted = build_signed(l, inner);
      continue;
    }
    LimitText limit;
    limit.span = l.b.span(c.node());
    limit.upper = same_word(l.b.text(inner.take()), "uln");
    if (std::ranges::find(line.limits, limit.upper, &LimitText::upper) != line.limits.end())
      l.twice(limit.span, limit.upper ? "`ULN` twice" : "`LLN` twice");
    limit.number = build_signed(l, inner);
    if (inner.is(Node::unit)) limit.unit = build_unit(l.b, inner);
    line.limits.push_back(std::move(limit));
  }
}

void build_dated(LineBuild& l, Cursor c, PatientLine& line) {
  Span span = l.b.span(c.node());
  std::string word(l.b.text(c.take()));
  struct Clause {
    std::string_view word;
    std::optional<DateText> PatientLine::*date;
  };
  constexpr Clause kClauses[] = {{"on", &PatientLine::on},
                                 {"since", &PatientLine::since},
                                 {"from", &PatientLine::from},
                                 {"to", &PatientLine::to},
                                 {"until", &PatientLine::until}};
  for (const Clause& clause : kClauses) {
    if (!same_word(word, clause.word)) continue;
    if (line.*clause.date) l.twice(span, fmt::format("`{}` twice", clause.word));
    line.*clause.date = build_given_date(l, c);
    const bool is_start = clause.date == &PatientLine::since || clause.date == &PatientLine::from;
    const bool is_end = clause.date == &PatientLine::to || clause.date == &PatientLine::until;
    if (is_start && line.since && line.from) l.twice(span, "`from` and `since` both say the start");
    if (is_end && line.to && line.until) l.twice(span, "`to` and `until` both say the end");
  }
}

void build_given_attributes(LineBuild& l, Cursor c, PatientLine& line) {
  for (; c.is(Node::attribute); c.advance()) {
    Cursor inner = c.children();
    AttributeText a;
    a.span = l.b.span(c.node());
    a.name = build_name(l.b, inner);
    if (inner.is(Node::number))
      a.value = build_signed(l, inner);
    else if (inner.is(Node::text))
      a.value = text_value(l, inner);
    else
      a.value = l.b.text(inner.take());
    if (inner.is(Node::unit)) a.unit = build_unit(l.b, inner);
    line.attributes.push_back(std::move(a));
  }
}

void build_once(LineBuild& l, Cursor c, std::string_view twice, std::optional<std::string>& into) {
  if (into) l.twice(l.b.span(c.node()), twice);
  Cursor inner = c.children();
  into = text_value(l, inner);
}

void build_record(LineBuild& l, Cursor c, PatientLine& line) {
  line.name = build_name(l.b, c);
  for (; !c.done(); c.advance()) {
    Cursor inner = c.children();
    if (c.is(Node::missing)) line.kind = PatientLine::Kind::missing;
    if (c.is(Node::value)) {
      line.value_span = l.b.span(c.node());
      build_value(l, inner, line);
    }
    if (c.is(Node::limits)) build_limits(l, inner, line);
    if (c.is(Node::clause)) build_dated(l, inner, line);
    if (c.is(Node::attributes)) build_given_attributes(l, inner, line);
    if (c.is(Node::by)) build_once(l, c, "`by` twice", line.by);
    if (c.is(Node::lab)) build_once(l, c, "`lab` twice", line.lab);
  }
}

// A word that stands for a criterion's outcome or for the verdict.
void check_answer(LineBuild& l, const Name& answer, bool outcome) {
  bool known = outcome ? is_one_of(kOutcomes, answer.text) : is_one_of(kVerdicts, answer.text);
  if (known) return;
  l.fault(answer.span, outcome ? "an outcome is `pass`, `fail`, `unknown` or `not_applicable`"
                               : "a verdict is `eligible`, `ineligible` or `undetermined`");
}

bool is_limit(const Name& name) {
  return limit_length(name.text) == name.text.size() && !name.text.empty();
}

// `after_needed`: the item before was a needed fact, so that a further name is one too.
ExpectLine::Item build_item(LineBuild& l, Cursor c, bool after_needed) {
  ExpectLine::Item item;
  if (c.is(Node::arm)) {
    Cursor inner = c.children();
    c.advance();
    item.arm = build_name(l.b, inner);
  }
  Cursor inner = c.children();
  Name first = build_name(l.b, inner);
  std::optional<Name> second;
  if (!inner.done()) second = build_name(l.b, inner);
  item.needed = c.is(Node::needed) ||
                (after_needed && !is_one_of(kVerdicts, first.text) && (!second || is_limit(*second)));
  if (item.needed) {
    if (second) first.text += " " + second->text;
    item.answer = std::move(first);
  } else if (second) {
    item.criterion = std::move(first);
    item.answer = *std::move(second);
    check_answer(l, item.answer, true);
  } else {
    item.answer = std::move(first);
    check_answer(l, item.answer, false);
  }
  return item;
}

}  // namespace

void build_patient_head(const Source& source, const std::vector<Line>& lines, const Tree& tree,
                        PatientBlock& block) {
  Build b{source, lines, block.faults};
  Cursor c(tree);
  c.advance();
  if (block.is_case)
    block.title = build_text(b, c);
  else
    block.id = build_name(b, c);
  if (!c.is(Node::like)) return;
  Cursor inner = c.children();
  block.like = build_name(b, inner);
}

void build_patient_line(const Source& source, const std::vector<Line>& lines, const Tree& tree,
                        PatientBlock& block) {
  Build b{source, lines, block.faults};
  Cursor c(tree);
  Cursor inner = c.children();
  if (c.is(Node::expect_line)) {
    LineBuild l{b, "expect"};
    ExpectLine expect{{}, b.span(c.node())};
    for (; inner.is(Node::expect_item); inner.advance())
      expect.items.push_back(
          build_item(l, inner.children(), !expect.items.empty() && expect.items.back().needed));
    block.expects.push_back(std::move(expect));
    return;
  }
  PatientLine line;
  line.span = b.span(c.node());
  if (c.is(Node::complete_line)) {
    line.kind = PatientLine::Kind::complete;
    while (inner.is(Node::name)) line.parts.push_back(build_name(b, inner));
  } else if (c.is(Node::denied_line)) {
    line.kind = PatientLine::Kind::denied;
    line.name = build_name(b, inner);
  } else {
    LineBuild l{b, inner.is(Node::name) ? std::string(b.text(inner.node())) : ""};
    build_record(l, inner, line);
  }
  block.lines.push_back(std::move(line));
}

}  // namespace crit
