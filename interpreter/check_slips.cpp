// What the grammar reads and nobody means so: how often as a unit or after a sign, `140/90`, values after
// `or`. Each is refused with what it says in the language.
#include <fmt/format.h>

#include <algorithm>

#include "grammar/words.hpp"
#include "interpreter/attributes.hpp"
#include "interpreter/checker.hpp"
#include "interpreter/pressures.hpp"
#include "interpreter/spelling.hpp"

namespace crit {

namespace {

void refuse(Checker& c, Span span, std::string message, const std::string& right,
            std::string_view more = {}) {
  report_fix(c, "anticipated-mistake", span, std::move(message), fmt::format("write `{}`{}", right, more),
             Fix{span, right, false});
}

bool has_records(const Checker& c, std::string_view name) {
  const FactId id = fact_named(c.schema, c.scope, name);
  if (id == kNoFact || c.schema.facts[id].broken || c.definitions.contains(name)) return false;
  const FactKind kind = c.schema.facts[id].kind;
  return kind == FactKind::condition || kind == FactKind::drug || kind == FactKind::event;
}

// `hospitalizations` too. Empty: no name whose records are counted.
std::string counted_name(const Checker& c, std::string_view word) {
  if (has_records(c, word)) return std::string(word);
  if (!word.ends_with('s')) return {};
  word.remove_suffix(1);
  return has_records(c, word) ? std::string(word) : std::string();
}

std::optional<int64_t> whole_number(const Expr& e) {
  const auto* q = std::get_if<Quantity>(&e.node);
  if (!q || !q->unit.text.empty() || q->predicted || q->of_earliest) return std::nullopt;
  const auto number = Rational::parse(q->number.digits);
  return number ? number->to_int64() : std::nullopt;
}

// What stands before the name; empty where every patient has so many, or nobody.
std::string count_meant(CompareOp op, int64_t n) {
  switch (op) {
    case CompareOp::greater:
      return fmt::format("at least {}", n + 1);
    case CompareOp::greater_equal:
      return n > 0 ? fmt::format("at least {}", n) : std::string();
    case CompareOp::less:
      return n > 1 ? fmt::format("at most {}", n - 1) : n == 1 ? std::string("no") : std::string();
    case CompareOp::less_equal:
      return n > 0 ? fmt::format("at most {}", n) : std::string("no");
    case CompareOp::equal:
      return n > 0 ? fmt::format("exactly {}", n) : std::string("no");
    case CompareOp::not_equal:
      break;
  }
  return {};
}

struct Digits {
  std::string_view systolic, diastolic;
};
std::optional<Digits> pressures_in(const Expr& e) {
  const auto* ratio = std::get_if<Arithmetic>(&e.node);
  if (!ratio || ratio->op != ArithmeticOp::divide) return std::nullopt;
  const auto* high = std::get_if<Quantity>(&ratio->left->node);
  const auto* low = std::get_if<Quantity>(&ratio->right->node);
  if (!high || !low || !high->unit.text.empty()) return std::nullopt;
  if (!low->unit.text.empty() && low->unit.text != "mmHg") return std::nullopt;
  return Digits{high->number.digits, low->number.digits};
}

// A name that is not declared otherwise, or one of the two results.
bool may_be_blood_pressure(const Checker& c, const Records& name) {
  if (c.definitions.contains(name.name.text)) return false;
  const FactId id = fact_named(c.schema, c.scope, name.name.text);
  if (id == kNoFact) return is_blood_pressure(name.name.text);
  const std::string& known = c.schema.facts[id].name;
  return known == "SBP" || known == "DBP";
}

// Whether a value behind `or` belongs to the comparison before it: a number, or a word of its choice.
bool is_value_of(const Checker& c, const Records& subject, const Expr& e) {
  if (std::holds_alternative<Quantity>(e.node)) return true;
  const Records* word = bare_name(e);
  const FactId id = fact_named(c.schema, c.scope, subject.name.text);
  if (!word || word->window || id == kNoFact || c.schema.facts[id].kind != FactKind::choice) return false;
  const std::string& text = word->name.text;
  const bool is_name = c.definitions.contains(text) || fact_named(c.schema, c.scope, text) != kNoFact;
  return !is_name && value_index(c.schema.facts[id], text);
}

}  // namespace

bool counted_as_unit(Checker& c, const Expr& e, const Quantity& q) {
  const auto number = Rational::parse(q.number.digits);
  const auto n = number ? number->to_int64() : std::nullopt;
  const std::string name = counted_name(c, q.unit.text);
  if (!n || *n < 1 || name.empty()) return false;
  refuse(c, e.span, fmt::format("`{}` is no unit: its records are counted", q.unit.text),
         fmt::format("at least {} {}", *n, name), fmt::format(", or `exactly {} {}`", *n, name));
  return true;
}

bool record_as_unit(Checker& c, const Expr& e, const Comparison& x) {
  const Expr* last = x.operands.back().get();
  if (const auto* windowed = std::get_if<Windowed>(&last->node)) last = windowed->inner.get();
  const auto* q = std::get_if<Quantity>(&last->node);
  const std::string name = q && x.operands.size() == 2 ? counted_name(c, q->unit.text) : std::string();
  if (name.empty() || parse_unit(q->unit.text)) return false;
  const std::string message = fmt::format("`{}` is no unit: it has records", q->unit.text);
  const Records* first = bare_name(*x.operands[0]);
  const auto attributes = attributes_in_data(c.schema, c.schema.facts[fact_named(c.schema, c.scope, name)]);
  if (first && !first->window &&
      std::ranges::find(attributes, first->name.text, &AttributeInfo::name) != attributes.end())
    refuse(c, join(x.operands[0]->span, last->span), message,
           fmt::format("{} with ({} {} {})", name, first->name.text, spelling(x.ops[0]), q->number.digits));
  else
    report(c, "anticipated-mistake", e.span, message,
           fmt::format("how many there are is a condition of its own, such as `at least {} {}`",
                       q->number.digits, name));
  return true;
}

bool counted_by_sign(Checker& c, const Expr& e, const Comparison& x) {
  if (x.operands.size() != 2) return false;
  const Records* records = bare_name(*x.operands[0]);
  const auto n = whole_number(*x.operands[1]);
  if (!records || !n || *n < 0 || !has_records(c, records->name.text)) return false;
  // Of a drug its dose may be meant, of a condition a grade.
  if (c.schema.facts[fact_named(c.schema, c.scope, records->name.text)].kind != FactKind::event) return false;
  const std::string count = count_meant(x.ops[0], *n);
  if (count.empty()) return false;
  refuse(c, e.span,
         fmt::format("a sign of comparison is not how records of `{}` are counted", records->name.text),
         fmt::format("{} {}", count, print(*x.operands[0])));
  return true;
}

bool pressure_as_ratio(Checker& c, const Expr& e, const Comparison& x) {
  if (x.operands.size() != 2) return false;
  const Records* name = bare_name(*x.operands[0]);
  const auto digits = pressures_in(*x.operands[1]);
  if (!name || name->window || !digits || !may_be_blood_pressure(c, *name)) return false;
  const std::string right = two_pressures(x.ops[0], digits->systolic, digits->diastolic);
  if (right.empty()) return false;
  c.used_names.try_emplace(name->name.text, name->name.span);
  refuse(c, e.span, std::string(kTwoPressures), right);
  return true;
}

bool no_before_others(Checker& c, const Logic& logic) {
  const auto* first = std::get_if<Records>(&logic.operands.front()->node);
  if (!first || first->count != Records::Count::no || first->window || !first->exceptions.empty())
    return false;
  const auto* last = std::get_if<Records>(&logic.operands.back()->node);
  const std::string when = last && last->window ? print(*last->window) : "ever";
  std::string names, each;
  for (const ExprPtr& operand : logic.operands) {
    const auto* records = std::get_if<Records>(&operand->node);
    const bool is_plain = records && (records == first || records->count == Records::Count::some) &&
                          records->exceptions.empty() && has_records(c, records->name.text);
    if (!is_plain || (records->window && records != last)) return false;
    std::string text = print(*operand);
    if (records->window) text.resize(text.size() - when.size() - 1);
    each += fmt::format("{}{} {}", each.empty() ? "" : fmt::format(" {} ", spelling(logic.op)), text, when);
    if (records == first) text.erase(0, std::string_view("no ").size());
    names += (names.empty() ? "" : ", ") + text;
  }
  report(
      c, "unsaid-window", join(logic.operands.front()->span, logic.operands.back()->span),
      "`no` may stand before the first name only, or before all of them",
      fmt::format("none of them: `none of ({}) {}`\nnot the first, but the others: `{}`", names, when, each));
  return true;
}

namespace {

// What is denied `for at least` a time: the words before the names, and the window; null: nothing is.
struct DeniedFor {
  std::string_view denial;
  const Window* window = nullptr;
};
DeniedFor denied_for(const Expr& e) {
  DeniedFor found;
  if (const auto* records = std::get_if<Records>(&e.node)) {
    if (records->count == Records::Count::no) found = {"no ", records->window.get()};
  } else if (const auto* denial = std::get_if<Not>(&e.node)) {
    if (const auto* operand = std::get_if<Records>(&denial->operand->node))
      found = {"not ", operand->window.get()};
  } else if (const auto* windowed = std::get_if<Windowed>(&e.node)) {
    const auto* list = std::get_if<ListOf>(&windowed->inner->node);
    if (list && list->quantifier == Quantifier::none) found = {"none of ", windowed->window.get()};
  }
  const bool is_lasting = found.window && found.window->kind == Window::Kind::for_at_least;
  return is_lasting ? found : DeniedFor{};
}

}  // namespace

bool absent_for(Checker& c, const Expr& e) {
  const DeniedFor denied = denied_for(e);
  if (!denied.window) return false;
  const std::string text = print(e), window = print(*denied.window),
                    names = text.substr(denied.denial.size());
  const std::string_view for_at_least = "for at least";
  const bool is_list = denied.denial == "none of ";
  const std::string asked = (is_list ? "any of " : "") + names;
  std::string within = (is_list ? "none of " : "no ") + names;
  within.replace(within.find(window), for_at_least.size(), "within");
  report(c, "unsaid-window", e.span,
         fmt::format("`{}... {}` reads two ways: none in that time, or none that lasted so long",
                     denied.denial, window),
         fmt::format("none in that time: `{}`\nnone that lasted so long: `not ({})`", within, asked));
  return true;
}

bool values_after_or(Checker& c, const Logic& logic) {
  if (logic.op != LogicOp::logic_or) return false;
  const auto* first = std::get_if<Comparison>(&logic.operands[0]->node);
  const Records* subject = first && first->operands.size() == 2 ? bare_name(*first->operands[0]) : nullptr;
  if (!subject || subject->window) return false;
  const std::string name = subject->name.text;
  std::string values = print(*first->operands[1]), each = print(*logic.operands[0]);
  for (size_t i = 1; i < logic.operands.size(); ++i) {
    const Expr& value = *logic.operands[i];
    if (!is_value_of(c, *subject, value)) return false;
    values += ", " + print(value);
    each += fmt::format(" or {} {} {}", name, spelling(first->ops[0]), print(value));
  }
  const Span span = join(logic.operands[0]->span, logic.operands.back()->span);
  const std::string message =
      fmt::format("`{}` behind `or` has no name before it", print(*logic.operands[1]));
  if (first->ops[0] == CompareOp::equal)
    refuse(c, span, message, fmt::format("{} in ({})", name, values));
  else
    report(c, "anticipated-mistake", span, message,
           std::holds_alternative<Quantity>(first->operands[1]->node)
               ? fmt::format("write `{} in ({})`, or `{}`", name, values, each)
               : fmt::format("write `{}`", each));
  return true;
}

bool is_blood_pressure(std::string_view name) {
  const std::string small = lower_case(name);
  return small == "bp" || small == "blood_pressure" || small == "bloodpressure";
}

std::string two_pressures(CompareOp op, std::string_view systolic, std::string_view diastolic) {
  const bool above = op == CompareOp::greater || op == CompareOp::greater_equal;
  if (!above && op != CompareOp::less && op != CompareOp::less_equal) return {};
  return fmt::format("{0} (SBP {1} {2} mmHg, DBP {1} {3} mmHg)", above ? "any of" : "all of", spelling(op),
                     systolic, diastolic);
}

std::optional<TwoPressures> two_pressures(std::string_view text) {
  size_t at = 0;
  const auto skip = [&] { at = std::min(text.find_first_not_of(" \t", at), text.size()); };
  const auto digits = [&] {
    const size_t begin = at;
    while (at < text.size() && is_digit(text[at])) ++at;
    return text.substr(begin, at - begin);
  };
  skip();
  const std::string_view sign = text.substr(at, compare_sign_length(text.substr(at)));
  at += sign.size();
  skip();
  const std::string_view systolic = digits();
  skip();
  const bool parted = text.substr(at).starts_with('/');
  at += parted;
  skip();
  const std::string_view diastolic = digits();
  size_t end = at;
  skip();
  for (std::string_view unit : {"mmHg", "mm Hg"})
    if (text.substr(at).starts_with(unit)) end = at + unit.size();
  const auto op = compare_op(sign);
  if (!op || !parted || systolic.empty() || diastolic.empty()) return std::nullopt;
  std::string right = two_pressures(*op, systolic, diastolic);
  if (right.empty()) return std::nullopt;
  return TwoPressures{std::move(right), end};
}

}  // namespace crit
