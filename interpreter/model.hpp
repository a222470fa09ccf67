// What a trial means, resolved once: names to facts, units to factors, windows to calendar steps, literals to
// exact numbers. Evaluating a patient is a walk over these flat nodes with no look-up of names.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "grammar/ast.hpp"
#include "interpreter/fact.hpp"
#include "interpreter/fact_set.hpp"
#include "interpreter/patient.hpp"
#include "interpreter/rational.hpp"
#include "interpreter/schema.hpp"
#include "interpreter/truth.hpp"

namespace crit {

// Indices into the vectors of the Model; kNone where there is none.
using NodeId = uint32_t;    // Model::nodes: conditions
using ValueId = uint32_t;   // Model::values
using RefId = uint32_t;     // Model::refs
using WindowId = uint32_t;  // Model::windows
using ClassId = uint32_t;   // Model::classes

// --- where a condition looks
// ---------------------------------------------------------------------------------

// A fact with its members: everything whose record is a record of it too.
struct Class {
  struct Member {
    FactId fact;
    std::optional<PlainDuration> acute;      // own or inherited
    std::optional<Rational> half_life_days;  // own
    bool has_members = false;                // a class itself: its record does not say which
    bool is_wider = false;                   // above the class: its record does not say whether it is of it
  };
  FactId fact = kNoFact;
  FactKind kind = FactKind::condition;
  Part part = Part::none;
  std::vector<Member> members;    // the fact itself first, then its descendants in the order of their names
  FactGroup set;                  // the members
  std::vector<uint32_t> places;   // by rank in the set: the place among the members
  FactGroup kin;                  // the members and the ancestors
  std::vector<FactId> ancestors;  // a record of one may be a record of this; none of one is none of this
  std::vector<Member> wider;      // the same with what holds for their records
  FactGroup up;                   // the fact and its ancestors
  // Of what exceptions name: others that have a member in it, so that a record of one may be of it too.
  std::vector<FactId> overlapping;
};

struct AnchorSpec {
  enum class Kind : uint8_t { screening, date_fact, first_of, last_of, fixed } kind = Kind::screening;
  FactId date = kNoFact;  // date_fact
  ClassId of = kNone;     // first_of, last_of
  When fixed;             // fixed
};

struct DurationSpec {
  Duration::Kind kind = Duration::Kind::plain;
  struct Part {
    Rational count;  // half-lives may be broken: the fraction of a day rounds up
    DurationUnit unit;
  };
  std::vector<Part> parts;
};

struct WindowSpec {
  Window::Kind kind = Window::Kind::within;
  DurationSpec duration;
  Side side = Side::before;
  AnchorSpec anchor;                  // what it is counted from
  AnchorSpec until;                   // between
  std::vector<WindowSpec> blackouts;  // taken out
  bool in_hours = false;              // the duration has hours or minutes: times of day decide
  bool of_half_lives = false;         // depends on each record's drug
  std::string words;                  // as written, for the reasons: "within 3 months"
};

// The result (or answer) that a name means: its latest on or before the anchor and inside the window, or a
// selection.
struct Ref {
  FactId fact = kNoFact;
  WindowId window = kNone;  // kNone: any time on or before screening
  Selector selector = Selector::latest;
  bool of_predicted = false;  // the series in per cent of predicted
  bool relative = false;      // change in: a fraction of the earliest
  ValueId formula = kNone;    // used where no result is recorded in the window; in the fact's unit
  Span span;
};

// --- values
// -------------------------------------------------------------------------------------------------- Numbers
// without a unit: the checker has put the conversions in. Dates are days since 1970-01-01, yes/no never a
// value.

struct Children {
  uint32_t first = 0, count = 0;
};  // of Model::children (NodeId, ValueId or RefId as the owner says)

struct Literal {
  Rational number;
};
struct ResultOf {
  RefId ref;
};  // in the fact's own unit (per cent of predicted: in per cent)
struct LimitOf {
  RefId ref;
  bool upper;
};  // of the same result as ResultOf{ref}, in the fact's own unit
struct RankOf {
  RefId ref;
};  // an ordered choice: the index of its value
struct AgeAt {
  DurationUnit unit;
  AnchorSpec anchor;
};  // completed years, months, weeks or days
struct DateOf {
  AnchorSpec date;
};
// The daily dose of a class of drugs, or its highest, lowest or total over a window, in `unit`.
struct DoseValue {
  ClassId of;
  std::vector<std::optional<Rational>>
      factors;                   // by Class::members: one unit of the member's dose in `as`; empty: 1 each
  FactId as = kNoFact;           // the drug in whose doses it is told, for the reason
  std::optional<Selector> over;  // highest, lowest, total; none: on the anchor's day
  WindowId window = kNone;
  Unit unit;  // of the value: mg/day, or mg for a total
};
struct AttributeNumber {
  std::string name;
  Rational factor;
};  // of the record that `with` looks at
struct RecordDose {
  Unit unit;
};  // `with (dose >= 20 mg/day)`
struct Negated {
  ValueId operand;
};
struct Binary {
  ArithmeticOp op;
  ValueId left, right;
};
struct Scaled {
  ValueId operand;
  Linear scale;
};  // into another unit
struct Applied {
  Function function;
  Children arguments;
  Rational step;
};  // round: to a multiple of `step`
struct Picked {
  NodeId condition;
  ValueId then_value, else_value;
};
struct SameDay {
  ValueId operand;
  Children refs;
};  // unknown unless the latest results are of one day

using Value = std::variant<Literal, ResultOf, LimitOf, RankOf, AgeAt, DateOf, DoseValue, AttributeNumber,
                           RecordDose, Negated, Binary, Scaled, Applied, Picked, SameDay>;

// --- conditions
// ----------------------------------------------------------------------------------------------

struct Constant {
  Truth truth;
  std::string unwritten = {};  // the definition without a value for which it stands, or empty
};
struct AllOf {
  Children nodes;
};
struct AnyOf {
  Children nodes;
};
struct Negation {
  NodeId operand;
};
struct CountOf {
  Quantifier quantifier;
  uint32_t n;
  Children nodes;
};  // at least, at most, exactly
struct Choose {
  NodeId condition, then_node, else_node;
};  // else kNone: nothing is asked where it is no
// What is nearer to a bound than this share of it is compared exactly.
inline constexpr double kClose = 1e-12;
// Bounds of one result, each a number or a multiple of the limit that the result came with.
struct PlainComparison {
  struct Bound {
    enum class Of : uint8_t { one, upper_limit, lower_limit } of = Of::one;
    CompareOp op = CompareOp::equal;  // the result OP number
    Rational number;
    double nearly = 0;                        // the number
    bool if_below = false, if_above = false;  // what it comes to for a result below the bound, and above
  };
  RefId ref = kNone;                                      // kNone: the comparison is another
  std::optional<Rational> plausible_low, plausible_high;  // of the result as it is recorded
  double surely_above = 0, surely_below = 0;              // a result between these, nearly, is plausible
  std::vector<Bound> bounds;
};
// values[0] ops[0] values[1] (ops[1] values[2]). True or false where every possible combination of the
// results that `refs` may mean agrees. `each`: against each result's own limit (highest ALT <= 2*ULN).
struct Compare {
  ValueId values[3] = {kNone, kNone, kNone};
  CompareOp ops[2] = {CompareOp::equal, CompareOp::equal};
  uint8_t count = 2;
  enum class Each : uint8_t { none, all, any } each = Each::none;
  RefId each_ref = kNone;
  Children refs;   // every Ref that the values read
  Children picks;  // every Picked among the values (ValueId)
  PlainComparison plain =
      {};  // the same in other words, as nearly all can be said; note_plain_comparisons finds it
};
struct OneOf {
  RefId ref;
  uint64_t values;
  uint64_t maybe = 0;
};  // the choice's value is one of these (bit = index), and may be where its part is not said: III for IIIB
struct Answer {
  RefId ref;
  NodeId applies;
};  // a flag or judgement; `applies` (flag when) may be kNone
// Of a measure, flag, choice, judgement or date: is there a usable value?
struct IsKnown {
  RefId ref;
  Children refs = {};  // of the formula by which it is computed
};
struct ValueKnown {
  ValueId value;
  Children refs;
};  // a defined value, age
struct IsNormal {
  RefId ref;
};
struct OfOneDay {
  NodeId condition;
};  // a definition's condition `same day`: unknown where the results that it asks for are of several days
struct RecordsOf {
  Records::Count count = Records::Count::some;
  uint32_t n = 1;
  ClassId of = kNone;
  NodeId with = kNone;
  WindowId window = kNone;  // kNone: ever
  struct Exception {
    std::vector<ClassId> classes;
    NodeId with;
    WindowId window;
  };
  std::vector<Exception> exceptions;
};
struct StableDose {
  ClassId of;
  DurationSpec duration;
  AnchorSpec anchor;
};
struct StableResult {
  RefId ref;
  Rational fraction;
  WindowId window;
};  // none further than this share of the earliest
// Inside `with`: of the record that is looked at.
struct AttributeOneOf {
  std::string name;
  std::vector<std::string> words;     // yes where the record's word is one of these
  std::vector<std::string> possible;  // unknown where it is one of these (a class whose member is asked)
};
struct AttributeYes {
  std::string name;
};
struct AttributeKnown {
  std::string name;
};  // "dose", "start" and "end" are attributes of every drug record too

using Condition = std::variant<Constant, AllOf, AnyOf, Negation, CountOf, Choose, Compare, OneOf, Answer,
                               IsKnown, ValueKnown, IsNormal, OfOneDay, RecordsOf, StableDose, StableResult,
                               AttributeOneOf, AttributeYes, AttributeKnown>;

struct Node {
  Condition what;
  Span span;
};
struct ValueNode {
  Value what;
  Span span;
  std::string unit;  // the printed unit of the number, for the reasons; empty for dates and plain numbers
  ValueId written = kNone;  // of a number that was converted: as the rule has it
};

// --- the model
// -----------------------------------------------------------------------------------------------

struct CriterionModel {
  std::string id;
  bool include = true;
  std::string text;          // the protocol's words
  NodeId condition = kNone;  // kNone: not yet written
  NodeId when = kNone;
  uint64_t arms = ~uint64_t{0};  // bit = index into Model::arms
  FactId judgement = kNoFact;    // `judgement` alone: answered under the criterion's number
  Span span;
};

// kNone: no arm is asked about.
inline bool is_of_arm(const CriterionModel& criterion, uint32_t arm) {
  return arm == kNone || criterion.arms >> arm & 1;
}

// A laboratory's reference limits for one measure, in the measure's own unit.
struct RangeSpec {
  std::string laboratory;
  std::optional<When> from;
  FactId measure = kNoFact;
  std::optional<std::string> sex;
  std::optional<Rational> age_from, age_to;  // completed, both ends included, in age_unit
  DurationUnit age_unit = DurationUnit::years;
  std::optional<Rational> low, high;
};

// Where a rule calls a fact by another name than its first.
struct OtherName {
  Span span;
  FactId fact = kNoFact;
};

struct Model {
  std::string trial, title;
  std::vector<std::string> arms;
  std::vector<CriterionModel> criteria;

  std::vector<Node> nodes;
  std::vector<ValueNode> values;
  std::vector<uint32_t> children;
  std::vector<Ref> refs;
  std::vector<WindowSpec> windows;
  std::vector<Class> classes;
  std::vector<RangeSpec> ranges;
  std::vector<OtherName> other_names;  // in no order; of the files that are used, too

  const Schema* schema = nullptr;
  const Schema::Scope* scope = nullptr;
  FactId birth_date = kNoFact, sex = kNoFact;
  int32_t oldest = 0;  // the highest plausible age, in years; 0: there is none

  const Fact& fact(FactId id) const { return schema->facts[id]; }
  std::span<const uint32_t> list(Children c) const { return {children.data() + c.first, c.count}; }
};

// True where this trial reads the fact by this declaration.
bool reads(const Model&, FactId);
// True where a rule of the trial may need a record of the fact, by its own name, by members or in a formula.
bool asks(const Model&, FactId);

// A Model and what was wrong. With errors the model is not to be evaluated.
struct Checked {
  Model model;
  std::vector<Diagnostic> diagnostics;
};

// A file that the trial brings in, itself or through another one. `use`: the statement of the trial that did.
struct UsedFile {
  const Trial* tree;
  Span use;
};

// Resolves a parsed trial. The trees must live as long as the schema: facts point to their declarations.
// `lacks_a_file`: one that it uses could not be read, so that a name that nothing declares is no mistake.
Checked check(const Trial&, Schema&, const std::vector<UsedFile>& used = {}, bool lacks_a_file = false);

// The model as an indented list, for `crit dump --model` and the tests.
std::string dump(const Model&);

}  // namespace crit
