// The parts of the checker, for its own files: what is known while a tree becomes a Model.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "interpreter/model.hpp"
#include "interpreter/quantity.hpp"

namespace crit {

struct ComparisonScan;  // interpreter/scan_comparison.hpp

struct Checker {
  Schema& schema;
  Schema::Scope& scope;
  Model model = {};
  std::vector<Diagnostic> diagnostics = {};

  struct Definition {
    const Define* define = nullptr;
    bool open = false;                // being resolved: naming it again is a circle
    bool circular = false;            // part of a circle that has been reported
    std::optional<NodeId> condition;  // resolved once; values are resolved where they are used
  };
  // Of a condition, how many parts it has with its definitions written out: those share what they are made
  // of.
  std::unordered_map<NodeId, uint64_t> unfolded = {};
  bool told_too_large = false;  // that something is larger than kMaxUnfolded
  std::map<std::string, Definition, std::less<>> definitions = {};
  std::unordered_map<FactId, ClassId> classes = {};
  std::vector<FactId> open_formulas = {};           // formulas and `when`s being resolved
  std::unordered_map<FactId, NodeId> applies = {};  // flag -> its `when`
  std::map<std::string, RefId> refs = {};           // by what they mean, so that one result is one Ref
  std::map<std::string, WindowId> windows = {};     // by what they mean
  std::set<WindowId> refused_windows = {};          // of results, told once each
  std::map<std::string, Span, std::less<>> used_names = {};  // definitions and facts that the rules name
  std::set<std::string, std::less<>> doubled = {};           // names that are declared twice
  bool names_alone = false;     // of what was refused: any reading of it may be the one that is meant
  bool lacks_a_file = false;    // one that the trial uses could not be read: any name may be declared there
  std::string unwritten = {};   // the definition without a value that was named last
  std::string_view words = {};  // the protocol's, of the criterion that is checked
};

// What surrounds an expression.
struct Context {
  WindowId window = kNone;           // a trailing window that holds for every fact without one of its own
  bool of_comparison = false;        // it is said of one comparison, not of a list
  bool of_value = false;             // of a named value, or of what a formula computes
  bool measures_only = false;        // in the condition of a value's `if`: of that condition's measures alone
  bool of_predicted = false;         // the comparison asks for per cent of predicted
  bool relative_change = false;      // change in: a share of the earliest
  std::optional<Unit> dose_unit;     // the unit that a dose is compared in
  std::optional<TimeUnit> age_unit;  // the unit that an age is compared in
  // By mass or by amount, where measures of other substances are calculated with.
  std::optional<Unit> substance_unit;
  const Class* record = nullptr;          // inside `with`: the records that are looked at
  std::vector<uint32_t>* refs = nullptr;  // the enclosing comparison's Refs and value ifs
  std::vector<uint32_t>* picks = nullptr;
  std::optional<RefId> limit_of;         // whose limit a bare ULN is
  const Criterion* criterion = nullptr;  // for `judgement` alone
  const Expr* comparison = nullptr;      // the enclosing one
};

// The window that holds for what is no measure.
inline WindowId window_of_others(const Context& context) {
  return context.measures_only ? kNone : context.window;
}

// A value and what it is measured in.
struct Typed {
  enum class Type { broken, number, date } type = Type::broken;
  ValueId id = kNone;
  Unit unit;                         // number
  bool bare = false;                 // a number as written, without a unit: it may still take one
  bool points = false;               // `1 points`: takes the unit of what it is compared with
  bool per_cent = false;             // `10%` as written
  std::optional<Rational> constant;  // the number, where it is written in the rule; in `unit`
  FactId via = kNoFact;              // the measure whose conversions apply
  bool written = false;              // made of numbers of the rule alone
  // A point on the scale of its unit, or how far apart two of them are, which no zero point moves: 1 K is a
  // difference of 1 Cel, and 274 K are 1 Cel. `either`: of `te - 37 Cel` nobody can say.
  enum class Scale : uint8_t { point, difference, either } scale = Scale::point;
  Span span;
};

// Empty: the words give the number no unit that a result in `unit` could have.
std::string unit_in_words(const Schema&, std::string_view words, const Rational& number, FactId via,
                          const Unit&);

void report(Checker&, std::string rule, Span, std::string message, std::string help = {});
void report_fix(Checker&, std::string rule, Span, std::string message, std::string help, Fix);

NodeId add(Checker&, Condition, Span);
Typed add_number(Checker&, Value, const Unit&, Span);
Children add_children(Checker&, const std::vector<uint32_t>&);
NodeId unknown_node(Checker&, Span);  // stands for what was refused

// Names. A definition, a fact, or neither (reported); in the last case the name is `broken`.
struct Named {
  enum class Kind { broken, fact, condition, value } kind = Kind::broken;
  FactId fact = kNoFact;
  Checker::Definition* definition = nullptr;
};
// `of`: inside `with`, the records whose attributes may have been meant.
Named look_up(Checker&, const Name&, const Class* of = nullptr);
// What an expression is. Unknown: it is a name that nothing declares, was not read, or is defined by itself.
enum class Means { condition, value, unknown };
Means meaning(Checker&, const Expr&);
// A definition as a condition, resolved once.
NodeId resolved(Checker&, Checker::Definition&);
// Notes that a rule names the fact so.
void note_name(Checker&, const Name&, FactId);
// While a formula or a `when` of the vocabulary is checked, whose text is in no file: what is said of it is
// then told where the rule asks for the fact, and no name in it is noted. Of other facts' it does nothing.
class Elsewhere {
 public:
  Elsewhere(Checker& c, const Fact& fact)
      : c_(c), fact_(fact), told_(c.diagnostics.size()), names_(c.model.other_names.size()) {}
  void tell_at(Span, std::string_view part) const;

 private:
  Checker& c_;
  const Fact& fact_;
  size_t told_, names_;
};
void report_unknown(Checker&, const Name&, const Class* of);  // with what may be meant
// Of what was refused as a whole, the names that nothing declares: those are mistakes in each reading of it.
void report_names(Checker&, const std::vector<ExprPtr>& refused, const Context&);
FactId fact_or_report(Checker&, const Name&);  // a fact; definitions are refused
// A definition that needs itself, told once for all that are on the way round. True where it is so.
bool is_circular(Checker&, Checker::Definition&);
// More than this and nobody reads it: each walk through it would take as long as it is written out.
inline constexpr uint64_t kMaxUnfolded = 50'000;
// Whether a definition is too large with others written out, which is reported.
bool is_too_large(Checker&, const Define&, NodeId);
void report_too_large(Checker&, const Define&);
std::string_view a_kind(FactKind);  // "a measure", "an event"
bool is_age(const Checker&, const Name&);

// Conditions.
NodeId check_condition(Checker&, const Expr&, const Context&);
NodeId check_comparison(Checker&, const Expr&, const Comparison&, const Context&);
// Numbers or dates: two operands and a sign between, or three and two.
NodeId compare(Checker&, const Expr&, std::vector<const Expr*> operands, std::vector<CompareOp>,
               const Context&);
// The same of dates among which the rule writes a month; nullopt: it writes none.
std::optional<NodeId> compare_months(Checker&, const Expr&, std::vector<const Expr*> operands,
                                     const std::vector<CompareOp>&, const Context&);
NodeId check_between(Checker&, const Expr&, const Between&, const Context&);
NodeId check_membership(Checker&, const Expr&, const Membership&, const Context&);
// `NYHA between II and III` is read as a window; where its ends are no days it compares.
bool compares_between(const Checker&, const Records&);
bool second_window(Checker&, const Windowed&);  // where its ends are days: true where it was reported
NodeId check_named_between(Checker&, const Expr&, const Records&, const Context&);
NodeId check_is(Checker&, const Expr&, const Is&, const Context&);
const Expr& without_parens(const Expr&);
// A name alone: `sex`, not `2 sex` or `no sex`; nullptr: something else.
const Records* bare_name(const Expr&);
// The question for some values of a choice, of which the rule names `named`. Of an ordered one a stage
// without its part (III) is one of its parts (IIIA, IIIB), unless the rule names it.
OneOf one_of_values(const Fact&, RefId, uint64_t values, uint64_t named);
// A comparison of a choice, a flag, a judgement or an attribute's word with written values; nullopt: it is
// none.
std::optional<NodeId> check_worded(Checker&, const Expr& subject, CompareOp, const Expr& value,
                                   const Context&);

// What is read and nobody means so (check_slips.cpp). True where it was reported.
bool counted_as_unit(Checker&, const Expr&, const Quantity&);      // `3 hospitalization`
bool record_as_unit(Checker&, const Expr&, const Comparison&);     // `grade >= 2 neuropathy`
bool counted_by_sign(Checker&, const Expr&, const Comparison&);    // `hospitalization >= 3`
bool pressure_as_ratio(Checker&, const Expr&, const Comparison&);  // `SBP > 140/90 mmHg`
bool values_after_or(Checker&, const Logic&);                      // `ECOG = 0 or 1`
bool no_before_others(Checker&, const Logic&);                     // `no asthma or COPD ever`
bool absent_for(Checker&, const Expr&);                            // `no asthma for at least 3 months`

// The same of signs that are shared or missing (check_shared.cpp).
bool sign_of_last_alone(Checker&, const Logic&);  // `ALT or AST > 3*ULN`
bool sign_of_several(Checker&, const Expr&, const Comparison&,
                     const Context&);  // `(ALT or AST) > 3*ULN`, `ALT/AST > 3*ULN`
bool value_behind_dash(Checker&, const Expr&, const Arithmetic&);  // `HER2-negative`

// Values. `Typed::type` broken: already reported.
Typed check_value(Checker&, const Expr&, const Context&);
Typed check_arithmetic(Checker&, const Expr&, const Arithmetic&, const Context&);
Typed check_call(Checker&, const Expr&, const Call&, const Context&);
Typed check_selection(Checker&, const Expr&, const Selection&, const Context&);
Typed broken_value(Span);
Typed check_result(Checker&, const Name&, FactId, Selector, WindowId, const Context&, Span);
Typed in_unit(Checker&, Typed, const Unit&,
              FactId via);  // converts; broken where it cannot (nothing reported)
bool unify(Checker&, std::vector<Typed*>, Span, std::string_view doing);  // one unit for all; reports
// Whether converting it into that unit would add something.
bool moves_zero(const Checker&, const Typed&, const Unit&, FactId via);
void report_two_scales(Checker&, Span, std::string_view from, std::string_view to);

// Measures of other substances, which have other molar masses.
bool are_other_substances(const Checker&, FactId, FactId);
// The unit that the rule writes beside such results, or for the value of them: by mass or by amount is then
// said. Nullopt: it says nothing of it, or they are of one substance.
std::optional<Unit> unit_of_substances(const Checker&, const ComparisonScan&);
std::optional<Unit> unit_of_substances(const Checker&, const Expr& value, const Unit& of_value);
Typed in_unit_of_substances(Checker&, Typed, const Context&);
// Two that are calculated with, and nothing says by what.
enum class Substances { compared, added, divided };
void report_other_substances(Checker&, const Typed&, const Typed&, Span, Substances);
// Whose conversions hold for a sum of both; kNoFact: they have others, or neither has any.
FactId common_conversions(const Checker&, FactId, FactId);
// False: two of other substances are compared, and it was reported.
bool are_of_one_substance(Checker&, std::span<const Typed> compared, const Context&, Span);
// The measure that is named; kNoFact: another fact is, or a definition.
FactId measure_of(const Checker&, const Expr& result);
RefId ref_of(Checker&, FactId, Selector, WindowId, const Context&, Span, bool of_predicted = false);
NodeId applies_when(Checker&, const Fact&, Span);  // of a flag with a `when`; kNone: it always applies
NodeId answer_of(Checker&, FactId, WindowId, const Context&, Span);  // of a flag or judgement

// Records, windows, classes.
NodeId check_records(Checker&, const Expr&, const Records&, const Context&);
NodeId check_stable(Checker&, const Expr&, const Stable&, const Context&);
// A dose has a unit by the day, a total one without it; false where it has been reported.
bool is_unit_of_dose(Checker&, const Unit&, bool total, Span);
Typed check_dose(Checker&, const Expr&, const DoseOf&, const Selector*, WindowId, const Context&);
std::optional<WindowId> check_window(Checker&, const Window&, const Context&);
bool is_month_written(const AnchorSpec&);  // `2025-02`, or a year
void report_several_days(Checker&, const DateText& written, const When&, std::string_view one);
// `within 3 months before 2025-02`: up to its first day or its last? True where it was reported.
bool counts_from_month(Checker&, const Anchor& written, const AnchorSpec&);
std::optional<AnchorSpec> check_anchor(Checker&, const std::optional<Anchor>&);
DurationSpec check_duration(Checker&, const Duration&);
// Half-lives in a window of what is no drug. True where it was reported.
bool refuse_half_lives(Checker&, const Fact&, WindowId, Span);
ClassId class_of(Checker&, FactId);
ClassId excepted_class(Checker&, FactId);  // with Class::overlapping
const AttributeInfo* attribute_of(Checker&, const Class&, std::string_view name);
// The same for a name inside `with`; null outside. A fact that the trial declares under that name is told.
const AttributeInfo* attribute_meant(Checker&, const Class* of, const Name&);
// The attribute whose name is a slip or two away; empty: none is.
std::string nearest_attribute(Checker&, const Class&, std::string_view name);
// The attributes that records of the class have, its own first.
std::vector<std::string_view> attributes_of(Checker&, const Class&);

// `A and B within D`: reads two ways where A takes a window and has none. True where it was reported.
bool window_reads_two_ways(Checker&, const Logic&);

// The window that stands behind a name, otherwise the one around it; nullopt: reported.
std::optional<WindowId> window_or(Checker&, const Window* own, WindowId around, const Context&);

// The trailing window of a comparison's last name, `a <= b within D`: it holds for the whole comparison.
const Window* trailing_window(const Expr&);
// Whether something in it takes a window and has none: a measure, a condition, a drug, an event.
bool would_take_window(Checker&, const Expr&);

// Declarations, definitions and ranges of the trial and the files it uses, into the scope.
void declare_names(Checker&, const Trial&, const std::vector<UsedFile>&);
void check_ranges(Checker&, const Trial&);

// Finds the comparisons of one result with numbers and its own limits.
void note_plain_comparisons(Model&);

}  // namespace crit
