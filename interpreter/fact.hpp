// A declaration, understood: what a fact is, in which unit, with which limits and attributes. And the schema:
// all facts of a run, those of the standard vocabulary read only when a rule or a patient names them.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "grammar/ast.hpp"
#include "interpreter/calendar.hpp"
#include "interpreter/rational.hpp"
#include "interpreter/units.hpp"

namespace crit {

using FactId = uint32_t;
inline constexpr FactId kNoFact = ~FactId{0};

// The parts of a record that can be declared complete.
enum class Part : uint8_t { none, conditions, drugs, events };
inline constexpr size_t kPartCount = 4;
std::optional<Part> part_named(std::string_view);
std::string_view name_of(Part);
Part part_of(FactKind);

// How a result as written becomes one in the measure's own unit: value * scale.factor + scale.offset.
// A result that cannot be converted keeps its unit's text for the reason.
struct Conversion {
  std::string unit;  // as written
  bool convertible = true;
  bool identity = true;       // scale is 1 and 0
  bool of_predicted = false;  // per cent of predicted: a series of its own, never converted
  Unit parsed;                // the unit itself, for doses, whose drug declares none
  Linear scale;
};

struct AttributeInfo {
  std::string name;
  Attribute::Kind kind = Attribute::Kind::any;
  std::vector<std::string> words;  // Kind::words
  std::string unit_text;           // Kind::quantity
  Unit unit;
  std::string fact;  // Kind::fact: values are that fact and its members
};

// 5 mg of this drug are as 4 mg of `drug`: factor = 4/5 (in mass of `drug` for one of this).
struct Equivalent {
  std::string drug;
  Rational factor;
};

struct Fact {
  FactId id = kNoFact;
  std::string name;
  std::vector<std::string> also;
  FactKind kind = FactKind::flag;
  std::string text;
  const Declaration* declaration = nullptr;
  Span span;                              // of the name, in its file
  bool standard = false;                  // of the vocabulary
  bool has_members = true;                // false: nothing of the vocabulary says `is` it
  bool broken = false;                    // its declaration was not understood; using it is no second mistake
  std::vector<std::string> parents;       // names; own ones only
  std::vector<AttributeInfo> attributes;  // own; a child inherits its parent's (attributes_of in the model)

  // measure
  std::string unit_text;
  Unit unit;
  bool percent_of_predicted = false;
  std::optional<Rational> plausible_low, plausible_high;  // in `unit`, both ends included
  std::optional<Rational> molar_mass;                     // g/mol
  struct Convert {
    Unit from;
    Unit to;
    Linear scale;
  };  // 1 FROM = a TO + b, from the declaration
  std::vector<Convert> converts;
  const Expr* formula = nullptr;    // of the declaration
  bool same_day = false;            // the formula's results must be of one day
  std::optional<bool> usual_above;  // marks for the linter
  bool changes_quickly = false, varies = false;

  const Expr* when = nullptr;  // flag: false where this is false

  // choice
  std::vector<std::string> values;
  bool ordered = false;

  // condition: with no end given it may last so long
  std::optional<PlainDuration> acute;
  // drug
  std::vector<Equivalent> equivalents;
  std::optional<Rational> half_life_days;
};

// The index of a choice's value; nullopt if it has none of that name.
std::optional<uint32_t> value_index(const Fact&, std::string_view word);

// `IVA` of `IV`, `IA1` of `IA`: a letter or a digit more. `IV` is no part of `I`.
bool is_part_of(std::string_view part, std::string_view stage);
// The values of an ordered choice that are parts of a value (bit = index): IIIA, IIIB and IIIC of III.
uint64_t parts_of(const Fact&, uint32_t value);

// The value that is this word in some case, in the declaration's own letters; nullptr: none.
const std::string* value_in_any_case(const Fact&, std::string_view word);

// How values of the fact in one unit become values in another: UCUM, the molar mass, and its `convert` lines.
std::optional<Linear> fact_conversion(const Fact&, const Unit& from, const Unit& to);

// What a declaration says, as far as it can be understood alone (names of parents, drugs, formulas stay
// names).
Fact declare(const Declaration&, std::vector<Diagnostic>&);

// Converts from a unit into the fact's own; the conversions of its declaration (`convert`, molar mass)
// included.
Conversion conversion_for(const Fact&, std::string_view unit_text, const Unit&);

}  // namespace crit
