// The syntax tree of a rule file, as written and with its places. Knows nothing of medicine.
//
// A Trial is a list of statements in the order of the file, each with its comments, so that print() is the
// inverse of parse(). What the parser could not read is a Broken statement or a Broken expression: the rest
// of the tree is whole.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "grammar/diagnostic.hpp"
#include "grammar/source.hpp"

namespace crit {

struct Name {
  std::string text;
  Span span;
};

// Adjacent strings, joined; `""` inside is already one quote.
struct Text {
  std::string text;
  std::vector<std::string> pieces;  // as they were split, for the printer
  Span span;
};

// A number with its digits as written: `2.5`, `100`, without sign, blanks or separators.
struct Number {
  std::string digits;
  Span span;
  bool told = false;  // it was written otherwise (`1,5`): what then does not fit is no second mistake
};

// A unit in the plain form (`× µ` already written `* u`); empty text: none was written.
struct UnitText {
  std::string text;
  Span span;
};

// A date as written: `2025`, `2025-03`, `2025-03-01`, `2025-03-01T08:30`. The parser has checked that it
// exists.
struct DateText {
  std::string text;
  Span span;
};

// --- expressions: one rule for conditions and values; the checker tells them apart
// ---------------------------

struct Expr;
using ExprPtr = std::unique_ptr<Expr>;
struct Window;
using WindowPtr = std::unique_ptr<Window>;

// Comments and blank lines that stand before a line, and the remark at its end, kept for the printer.
struct Trivia {
  std::vector<std::string> before;  // each a comment with its `#`, or "" for a blank line
  std::string after;                // the remark at the end of the line, with its `#`, or empty
};

enum class CompareOp { less, less_equal, greater, greater_equal, equal, not_equal };
enum class ArithmeticOp { add, subtract, multiply, divide, power };
enum class LogicOp { logic_and, logic_or };
enum class Quantifier { all, any, none, at_least, at_most, exactly };
enum class Selector { latest, earliest, highest, lowest, average, total, change };
enum class Function { min, max, abs, round, ln, exp };
enum class DurationUnit { minutes, hours, days, weeks, months, years, half_lives };

std::string_view spelling(CompareOp);
CompareOp turned(CompareOp);  // of the same comparison with its sides exchanged
std::string_view spelling(ArithmeticOp);
std::string_view spelling(LogicOp);
std::string_view spelling(Quantifier);  // "all of" is spelled "all": lists add " of"
std::string_view spelling(Selector);
std::string_view spelling(Function);
std::string_view spelling(DurationUnit);  // plural

// A plain span of time: `3 months`, `5 half-lives`.
struct PlainDuration {
  Number count;
  DurationUnit unit = DurationUnit::days;
  Span span;
};

// `3 months`; `longer of (30 days, 5 half-lives)`; `shorter of (...)`.
struct Duration {
  enum class Kind { plain, longer_of, shorter_of } kind = Kind::plain;
  std::vector<PlainDuration> parts;  // one, or two and more
  Span span;
};

// `screening`, any declared date, `first NAME`, `last NAME`, or a written date.
struct Anchor {
  enum class Kind { named, first, last, date } kind = Kind::named;
  Name name;      // named, first, last
  DateText date;  // date
  Span span;
};

enum class Side { before, after, of };

// One window as written after a fact; `blackouts` are its `except within ...` parts.
struct Window {
  enum class Kind {
    within,   // within D [before|after|of ANCHOR]
    before,   // before ANCHOR
    after,    // after ANCHOR
    on,       // on ANCHOR
    between,  // between ANCHOR and ANCHOR
    currently,
    ever,
    for_at_least,  // for at least D [before ANCHOR]
    starting_within,
    ending_within
  } kind = Kind::within;
  std::optional<Duration> duration;
  Side side = Side::before;       // within: as written, or before
  std::optional<Anchor> anchor;   // empty: screening
  std::optional<Anchor> until;    // between
  std::vector<Window> blackouts;  // except within D [before|after|of ANCHOR]; kind is `within`
  Span span;
};

// `5 U/L`, `30%`, `55% predicted`, `10% of the earliest`, `1 points` (unit text "points").
struct Quantity {
  Number number;
  UnitText unit;             // "%" for per cent
  bool predicted = false;    // `% predicted`
  bool of_earliest = false;  // `% of the earliest`
  bool blank = true;         // a blank before the unit; the printer writes `30%`, `5 U/L`, `1500/mm3`
};
struct DateLiteral {
  DateText date;
};
struct YesNo {
  bool yes;
};  // after =, !=, is, in (
struct Limit {
  bool upper;
  std::optional<Name> of;
};  // ULN, LLN, `ULN of ALT`
// `NAME [with (...)] [window] [except ...]...`, with or without a count: a fact, a value's name, or records.
struct Exception {
  std::vector<Name> names;
  ExprPtr with;      // may be null
  WindowPtr window;  // may be null
  Span span;
};
struct Records {
  enum class Count { some, no, at_least, at_most, exactly } count = Count::some;
  std::optional<Number> n;
  Name name;
  ExprPtr with;      // may be null
  WindowPtr window;  // may be null
  std::vector<Exception> exceptions;
};
struct Stable {  // DRUG stable for D; MEASURE stable within N% for D
  Name name;
  std::optional<Number> percent;
  Duration duration;
  std::optional<Anchor> anchor;
};
struct Judgement {
  std::optional<Name> name;
  std::optional<Text> text;
};
struct Negative {
  ExprPtr operand;
};
struct Arithmetic {
  ArithmeticOp op;
  ExprPtr left, right;
  Span op_span;
};
struct Call {
  Function function;
  std::vector<ExprPtr> arguments;
  Span name_span;
};
struct Selection {
  Selector selector;
  ExprPtr of;
  WindowPtr window;
};  // `change in X within D`: the window is here
struct DoseOf {
  Name drug;
  std::optional<Name> as;
  WindowPtr window;
};
struct Paren {
  ExprPtr inner;
};
struct Not {
  ExprPtr operand;
};
struct Logic {
  LogicOp op;
  std::vector<ExprPtr> operands;
};  // a chain of one operator
struct If {
  ExprPtr condition, then_branch, else_branch;
};  // else_branch may be null
struct ListOf {
  Quantifier quantifier;
  std::optional<Number> n;
  std::vector<ExprPtr> items;
};
struct Comparison {
  std::vector<ExprPtr> operands;
  std::vector<CompareOp> ops;
  std::vector<Span> op_spans;
  bool told = false;  // it has been told that a window may be meant
};                    // 2 or 3
struct Between {
  ExprPtr operand, low, high;
};  // x between lo and hi
struct Membership {
  ExprPtr operand;
  bool negated;
  std::vector<ExprPtr> values;
};           // x in (a, b)
struct Is {  // x is known, x is missing, x is normal, x is VALUE, x is yes
  enum class Kind { known, missing, normal, value } kind;
  ExprPtr operand;
  ExprPtr value;  // kind value: Records with a bare name, YesNo or Quantity
  Name word;      // the word after `is`, whatever the kind
};
struct Windowed {
  ExprPtr inner;
  WindowPtr window;
};  // (comparison, list, parentheses) window
// A mistake that has been reported. What was read of it (where it reads two ways, all) may hold others.
struct Broken {
  std::vector<ExprPtr> read = {};
};

struct Expr {
  std::variant<Broken, Quantity, DateLiteral, YesNo, Limit, Records, Stable, Judgement, Negative, Arithmetic,
               Call, Selection, DoseOf, Paren, Not, Logic, If, ListOf, Comparison, Between, Membership, Is,
               Windowed>
      node;
  Span span;
  std::unique_ptr<Trivia> trivia = nullptr;  // comments at an item of a list or of a chain
};

// --- fields and statements
// -----------------------------------------------------------------------------------

struct QueryField {
  std::optional<Name> rule;
  Text text;
  std::optional<Text> answered;
};
struct AllowField {
  Name rule;
  Text reason;
};
struct ArmsField {
  std::vector<Name> arms;
};
struct WhenField {
  ExprPtr condition;
};
struct NoteField {
  Text text;
};

struct CriterionField {
  std::variant<WhenField, ArmsField, NoteField, QueryField, AllowField> node;
  Span span;
  Trivia trivia;
};

struct TrialStatement {
  Name id;
  std::optional<Text> title;
  std::optional<Text> source, version;
  std::optional<DateText> effective;
  std::vector<Name> arms;
  std::vector<std::pair<std::string, Trivia>> field_trivia;  // by field keyword, in the order written
};

struct Criterion {
  bool include = true;
  Name id;
  std::optional<Text> text;
  std::vector<CriterionField> fields;
  ExprPtr condition;  // null: not yet written
  Trivia condition_trivia;
};

struct Define {
  Name name;
  std::optional<Text> text;
  std::optional<UnitText> unit;
  bool same_day = false;
  std::vector<CriterionField> fields;  // note, query, allow
  ExprPtr value;                       // null: missing
  Trivia value_trivia;
};

enum class FactKind { measure, condition, drug, event, flag, choice, judgement, date };
std::string_view spelling(FactKind);

// `reason (a, b)`, `volume in mL`, `ward yes/no`, `substance drug` (a fact's name), or a bare word.
struct Attribute {
  enum class Kind { words, quantity, yes_no, fact, any } kind = Kind::any;
  Name name;
  std::vector<Name> words;
  UnitText unit;
  Name fact;
};

struct AlsoField {
  std::vector<Name> names;
};
struct SourceField {
  Text text;
};
struct CodesField {
  Name system;
  std::vector<Name> codes;
};  // loinc, icd10, rxnorm, snomed
struct PlausibleField {
  ExprPtr low, high;
};  // Quantity or Negative; one unit is enough
struct ConvertField {
  ExprPtr left, right;
};  // `1 % = 10.93 mmol/mol - 23.5`
struct MolarMassField {
  ExprPtr mass;
};
struct FormulaField {
  ExprPtr value;
};
struct EquivalentField {
  ExprPtr dose;
  ExprPtr of_dose;
  Name drug;
};  // 5 mg = 4 mg methylprednisolone
struct HalfLifeField {
  ExprPtr time;
};
struct UsualField {
  bool above;
};
struct MarkField {
  enum class Mark { changes_quickly, varies, same_day } mark;
};

struct DeclarationField {
  std::variant<AlsoField, SourceField, CodesField, PlausibleField, ConvertField, MolarMassField, FormulaField,
               EquivalentField, HalfLifeField, UsualField, MarkField, NoteField, QueryField, AllowField>
      node;
  Span span;
  Trivia trivia;
};

struct Declaration {
  FactKind kind = FactKind::measure;
  Name name;
  std::optional<Text> text;
  UnitText unit;                       // measure
  bool percent_of_predicted = false;   // measure
  std::vector<Name> parents;           // `is A, B`: condition, drug, event
  std::optional<PlainDuration> acute;  // condition
  std::vector<Attribute> attributes;   // with ...
  std::vector<Name> values;            // choice; numbers are names here
  bool ordered = false;                // choice
  ExprPtr when;                        // flag ... when CONDITION
  std::optional<Name> by;              // judgement by NAME
  std::vector<DeclarationField> fields;
  bool broken = false;  // something in it was not read; it still declares its name
};

// `ALT male 18 to 150 years: 0 to 41 U/L`
struct RangeLine {
  Name measure;
  std::optional<Name> sex;
  std::optional<Number> age_from, age_to;  // in age_unit
  DurationUnit age_unit = DurationUnit::years;
  ExprPtr low, high;  // either may be null: `below 41 U/L`, `above 3 U/L`
  Span span;
  Trivia trivia;
};
struct Range {
  Text laboratory;
  std::optional<DateText> from;
  Trivia from_trivia;
  std::vector<RangeLine> lines;
};

struct Use {
  Text path;
};
struct BrokenStatement {
  std::string first_word;
  std::optional<Name> declares;
};  // e.g. the name it would declare

struct Statement {
  std::variant<TrialStatement, Criterion, Define, Declaration, Range, Use, BrokenStatement> node;
  Span span;  // from the keyword to the last byte of the last line
  Span head;  // the first line
  Trivia trivia;
  std::vector<std::string> end_comments = {};  // indented comments after its last line
};

struct Trial {
  std::vector<Statement> statements;
  std::vector<std::string> end_comments;  // after the last statement
  uint32_t file = 0;                      // the Source::id
};

inline constexpr int kMaxDepth = 200;  // of parentheses, `not` and `if`

// A trial and what was wrong, always both.
struct Parsed {
  Trial trial;
  std::vector<Diagnostic> diagnostics;
};

Parsed parse(const Source&);

// The condition of an include or exclude that stands alone in a text, from the byte `begin` to the end.
struct ParsedCondition {
  ExprPtr condition;
  std::vector<Diagnostic> diagnostics;
};
ParsedCondition parse_condition(const Source&, uint32_t begin, bool include);

// What a trial file must have: one `trial`, first, and a criterion. Files read by `use` are exempt.
std::vector<Diagnostic> check_shape(const Trial&);

// True where two files say the same, comments included, but for places and blank lines.
bool same(const Trial&, const Trial&);
bool same(const Expr&, const Expr&);

// The canonical form; parse(print(t)) is t again but for spans.
std::string print(const Trial&);
std::string print(const Expr&);
std::string print(const Window&);

// The tree as an indented list, for `crit dump --ast` and the tests.
std::string dump(const Trial&);

}  // namespace crit
