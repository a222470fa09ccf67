// Names and ranges with a `-`, which are read as differences, to what is meant.
#include "interpreter/check_hyphens.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "interpreter/alike_names.hpp"
#include "interpreter/choice_words.hpp"

namespace crit {

namespace {

// A name or a number between the signs.
struct Piece {
  std::string text;
  Span span;
  bool is_known;  // a fact's name that means something alone
};

bool is_known(const Checker& c, const Name& name) {
  return is_age(c, name) || c.definitions.contains(name.text) ||
         fact_named(c.schema, c.scope, name.text) != kNoFact;
}

// What is left of a sign has nothing behind it; `no` and a count may stand before the first.
std::optional<Piece> piece_of(const Checker& c, const Expr& e, bool is_first, bool is_last) {
  if (const auto* q = std::get_if<Quantity>(&e.node)) {
    if (!q->unit.text.empty()) return std::nullopt;
    return Piece{q->number.digits, q->number.span, false};
  }
  const auto* r = std::get_if<Records>(&e.node);
  if (!r || (!is_first && r->count != Records::Count::some)) return std::nullopt;
  if (!is_last && (r->with || r->window || !r->exceptions.empty())) return std::nullopt;
  return Piece{r->name.text, r->name.span, is_known(c, r->name)};
}

// From the left. Empty: other things stand there, or blanks beside the signs.
std::vector<Piece> pieces_of(const Checker& c, const Expr& e) {
  std::vector<Piece> pieces;
  const Expr* at = &e;
  const auto* a = std::get_if<Arithmetic>(&at->node);
  for (; a && a->op == ArithmeticOp::subtract; a = std::get_if<Arithmetic>(&at->node)) {
    const auto piece = piece_of(c, *a->right, false, pieces.empty());
    if (!piece) return {};
    pieces.push_back(*piece);
    at = a->left.get();
  }
  const auto first = piece_of(c, *at, true, false);
  if (!first) return {};
  pieces.push_back(*first);
  std::ranges::reverse(pieces);
  for (size_t i = 1; i < pieces.size(); ++i)
    if (pieces[i].span.file != pieces[0].span.file || pieces[i - 1].span.end + 1 != pieces[i].span.begin)
      return {};
  return pieces;
}

}  // namespace

bool hyphen_in_known_name(Checker& c, const Expr& e, const Arithmetic& a) {
  if (a.op != ArithmeticOp::subtract) return false;
  const std::vector<Piece> pieces = pieces_of(c, e);
  if (pieces.empty() || std::ranges::all_of(pieces, &Piece::is_known)) return false;
  std::string apart, closed, written;
  for (const Piece& piece : pieces) {
    apart += (apart.empty() ? "" : "_") + piece.text;
    written += (written.empty() ? "" : "-") + piece.text;
    closed += piece.text;
  }
  for (const std::string& name :
       {name_in_any_case(c.schema, c.scope, apart), name_in_any_case(c.schema, c.scope, closed), apart,
        closed, name_said_as(c.schema, c.scope, apart)}) {
    const FactId id = fact_named(c.schema, c.scope, name);
    if (!c.definitions.contains(name) && id == kNoFact) continue;
    // Its declaration has been told of, which may have the same `-`.
    if (id != kNoFact && c.schema.facts[id].broken) return false;
    const Span span = join(pieces.front().span, pieces.back().span);
    report_fix(c, "unknown-name", span, fmt::format("`{}` is no name: a name has no `-`", written),
               fmt::format("did you mean `{}`?", name), Fix{span, name, false});
    return true;
  }
  return false;
}

// Nobody takes the larger of two written numbers from the smaller.
bool range_with_hyphen(Checker& c, const Expr& e, const Arithmetic& a, const Context& context) {
  const auto *low = std::get_if<Quantity>(&a.left->node), *high = std::get_if<Quantity>(&a.right->node);
  if (a.op != ArithmeticOp::subtract || !low || !high || high->unit.text.empty()) return false;
  const auto from = Rational::parse(low->number.digits), to = Rational::parse(high->number.digits);
  const bool is_one_unit = low->unit.text.empty() || low->unit.text == high->unit.text;
  if (!from || !to || *from >= *to || !is_one_unit) return false;
  const auto* compared = context.comparison ? std::get_if<Comparison>(&context.comparison->node) : nullptr;
  const bool is_value = compared && compared->ops.size() == 1 && compared->operands.back().get() == &e;
  const std::string name = is_value ? print(*compared->operands.front()) : "NAME";
  const std::string right = fmt::format("{} between {} and {}", name, print(*a.left), print(*a.right));
  const std::string message = "a range with a dash", help = fmt::format("write `{}`", right);
  if (is_value && compared->ops.front() == CompareOp::equal)
    report_fix(c, "anticipated-mistake", e.span, message, help, Fix{context.comparison->span, right, false});
  else
    report(c, "anticipated-mistake", e.span, message, help);
  return true;
}

}  // namespace crit
