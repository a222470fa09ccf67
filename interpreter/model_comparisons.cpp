// A checked model's comparisons to what most of them are: bounds of one result.
#include <cmath>

#include "grammar/words.hpp"
#include "interpreter/amount.hpp"
#include "interpreter/checker.hpp"

namespace crit {

namespace {

struct Finding {
  const Model& model;

  template <typename What>
  const What* value(ValueId id) const {
    return std::get_if<What>(&model.values[id].what);
  }

  static PlainComparison::Bound made(PlainComparison::Bound::Of of, CompareOp op, const Rational& number) {
    const auto holds = [&](int result, int bound) {
      return compare(Rational(result), op, Rational(bound)) == Truth::yes;
    };
    return {of, op, number, number.nearly(), holds(0, 1), holds(1, 0)};
  }

  // A number; the limit of this result; or that so many times.
  std::optional<PlainComparison::Bound> bound(ValueId id, CompareOp op, RefId ref) const {
    const auto of = [](const LimitOf& limit) {
      return limit.upper ? PlainComparison::Bound::Of::upper_limit : PlainComparison::Bound::Of::lower_limit;
    };
    if (const auto* number = value<Literal>(id))
      return made(PlainComparison::Bound::Of::one, op, number->number);
    if (const auto* limit = value<LimitOf>(id); limit && limit->ref == ref) return made(of(*limit), op, 1);
    const auto* product = value<Binary>(id);
    if (!product || product->op != ArithmeticOp::multiply) return std::nullopt;
    const auto* times = value<Literal>(product->left);
    const auto* limit = value<LimitOf>(product->right);
    if (!times || !limit || limit->ref != ref) return std::nullopt;
    return made(of(*limit), op, times->number);
  }

  // `ALT <= 2*ULN`, `3 < ALT`, `30 <= DLCO <= 80`.
  void find(Compare& q) const {
    if (q.each != Compare::Each::none) return;
    const size_t at = q.count == 2 && value<ResultOf>(q.values[0]) ? 0 : 1;
    const auto* result = value<ResultOf>(q.values[at]);
    if (!result) return;
    PlainComparison plain;
    for (size_t i = 0; i < q.count; ++i) {
      if (i == at) continue;
      const CompareOp op = i < at ? turned(q.ops[i]) : q.ops[i - 1];
      const auto found = bound(q.values[i], op, result->ref);
      if (!found) return;
      plain.bounds.push_back(*found);
    }
    const Ref& ref = model.refs[result->ref];
    if (!ref.of_predicted) {
      plain.plausible_low = model.fact(ref.fact).plausible_low;
      plain.plausible_high = model.fact(ref.fact).plausible_high;
    }
    constexpr double kAnything = std::numeric_limits<double>::infinity();
    const auto within = [](const std::optional<Rational>& end, double otherwise, double direction) {
      if (!end) return otherwise;
      return end->nearly() + direction * kClose * std::abs(end->nearly());
    };
    plain.surely_above = within(plain.plausible_low, -kAnything, 1);
    plain.surely_below = within(plain.plausible_high, kAnything, -1);
    plain.ref = result->ref;
    q.plain = std::move(plain);
  }
};

}  // namespace

void note_plain_comparisons(Model& model) {
  for (Node& node : model.nodes)
    if (auto* q = std::get_if<Compare>(&node.what)) Finding{model}.find(*q);
}

}  // namespace crit
