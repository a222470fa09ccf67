// A criterion's conditions to the numbers in them, each with its unit, its comparison and the fact that it
// limits, and the spans of time in their windows: what is held against the protocol's words.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "interpreter/units.hpp"
#include "tools/lint/criteria.hpp"

namespace crit {

struct RuleNumber {
  Rational value;
  std::string unit_text = {};        // as written
  std::optional<Unit> unit = {};     // none was written, or it can't be read
  bool of_limit = false;             // a multiple of ULN or LLN
  bool lower_limit = false;          // LLN
  bool limit_alone = false;          // `ULN`, as if it were `1*ULN`
  const Fact* fact = nullptr;        // what it limits
  bool direct = false;               // the result itself is compared, not a difference or a product
  bool in_with = false;              // of a record: `fact` may be an attribute
  std::optional<CompareOp> op = {};  // with the fact on the left, under a `not` turned round
  std::optional<Span> op_span = {};  // as written; `op_turned`: the number stands on the left there
  bool op_turned = false;
  bool negated = false;     // under a `not`
  bool either_way = false;  // it tells cases apart: the words may state the other side
  bool whole = false;       // a count, completed years: `> 2` is `>= 3`
  bool listed = false;      // one of several values
  bool in_definition = false;
  Span span = {};  // with its unit
};

// A number alone, or a multiple of something: `2.5 U/L`, `-2`, `2.5*ULN`, `15% * FEV1`.
std::optional<RuleNumber> number_of(const Expr&);

// A name, or the latest, earliest, highest, lowest or average of its results.
bool is_result(const Expr&);

struct RulePeriod {
  Rational count;
  DurationUnit unit = DurationUnit::days;
  bool in_definition = false;
  Span span;
  std::string window;  // as printed: "within 3 months"
};

// A choice's value that is compared by its place in the order: `NYHA <= II`.
struct RuleWord {
  std::string word;
  CompareOp op = CompareOp::equal;  // under a `not` turned round
  Span op_span;
  bool negated = false;
  bool either_way = false;
};

struct RuleReading {
  std::vector<RuleNumber> numbers;
  std::vector<RulePeriod> periods;
  std::vector<RuleWord> choices;
  // The words that stand for facts and notes: a number in them is one that the rule knows of.
  std::string words;
};

RuleReading read_rule(const LintInput&, const Criterion&);

}  // namespace crit
