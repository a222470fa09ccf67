// UCUM's grammar over the table ucum.def: the text of a unit in, a Unit out.
//
//   unit      = ["/"] product
//   product   = component {("." | "/") component}          from left to right: a/b.c is (a/b).c
//   component = "(" product ")" | number | symbol [exponent] [annotation] | annotation
//   symbol    = code | prefix code of a metric unit
//
// A code's definition is itself such a text, read when the code is used: nothing is prepared at the start.

#include "interpreter/ucum.hpp"

#include <algorithm>
#include <array>

namespace crit {

namespace {

constexpr size_t most_characters = 120;
constexpr int most_depth = 16;
constexpr size_t most_digits = 18;

enum class Sort : uint8_t { exact, rounded, arbitrary, nonlinear };

struct Prefix {
  std::string_view code;
  std::string_view value;
};

struct Definition {
  std::string_view code;
  bool metric = false;
  Sort sort = Sort::exact;
  std::string_view value;
  std::string_view unit;
  std::string_view shift;  // of temperatures
};

constexpr bool yes = true;
constexpr bool no = false;

constexpr Prefix prefixes[] = {
#define UCUM_PREFIX(code, value) Prefix{code, value},
#define UCUM_UNIT(code, metric, sort, value, unit)
#define UCUM_TEMPERATURE(code, metric, value, unit, shift)
#include "interpreter/ucum.def"
#undef UCUM_PREFIX
#undef UCUM_UNIT
#undef UCUM_TEMPERATURE
};

constexpr Definition definitions[] = {
#define UCUM_PREFIX(code, value)
#define UCUM_UNIT(code, metric, sort, value, unit) Definition{code, metric, Sort::sort, value, unit, ""},
#define UCUM_TEMPERATURE(code, metric, value, unit, shift) \
  Definition{code, metric, Sort::exact, value, unit, shift},
#include "interpreter/ucum.def"
#undef UCUM_PREFIX
#undef UCUM_UNIT
#undef UCUM_TEMPERATURE
};
static_assert(std::ranges::is_sorted(definitions, {}, &Definition::code));

struct BaseUnit {
  std::string_view code;
  Base base;
};
constexpr std::array<BaseUnit, base_count> base_units{{{"m", Base::length},
                                                       {"s", Base::time},
                                                       {"g", Base::mass},
                                                       {"rad", Base::angle},
                                                       {"K", Base::temperature},
                                                       {"C", Base::charge},
                                                       {"cd", Base::luminosity},
                                                       {"mol", Base::substance}}};

// Annotations that crit gives a meaning: what carries one converts only to what carries it too.
constexpr std::array<std::string_view, 4> meaningful_annotations{
    "{1.73_m2}",     // a clearance indexed to body surface is not the clearance
    "{pack-years}",  // not a bare number
    "{FEU}",         // D-dimer in fibrinogen equivalents is about twice ...
    "{DDU}",         // ... what it is in D-dimer units
};

struct Factor {
  Rational value;
  bool exact = true;
};

std::optional<Unit> of_kind(std::string_view kind) {
  Unit unit;
  unit.kinds.push_back({std::string(kind), 1});
  return unit;
}

std::optional<Unit> read_code(std::string_view code, bool& metric, int depth);

class Reader {
 public:
  Reader(std::string_view text, Reading reading, int depth) : text_(text), reading_(reading), depth_(depth) {}

  std::optional<Unit> read() {
    if (text_.empty() || text_.size() > most_characters) return std::nullopt;
    Unit start;
    const bool inverse = take('/');
    auto unit = product(inverse ? std::optional(start) : std::nullopt);
    if (!unit || at_ != text_.size()) return std::nullopt;
    return reading_ == Reading::clinic ? with_amount_fraction(std::move(*unit)) : unit;
  }

 private:
  bool take(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  // mmol/mol is a kind of its own. Symbols that cancelled are kept, so that mol/mol is not printed as 1.
  std::optional<Unit> with_amount_fraction(Unit unit) const {
    const bool cancels = unit.dimension[static_cast<size_t>(Base::substance)] == 0;
    if (!cancels || amount_above_.empty() || amount_below_.empty()) return unit;
    auto fraction = multiply(unit, *of_kind("mol/mol"));
    if (!fraction) return std::nullopt;
    fraction->symbols = std::move(unit.symbols);
    if (std::ranges::find(fraction->symbols, amount_below_, &UnitPower::symbol) == fraction->symbols.end()) {
      fraction->symbols.insert(fraction->symbols.end(), {{amount_below_, 1}, {amount_below_, -1}});
    }
    return fraction;
  }

  // `over`: what stands before a leading slash.
  std::optional<Unit> product(std::optional<Unit> over) {
    if (++depth_ > most_depth) return std::nullopt;
    bool dividing = over.has_value();
    std::optional<Unit> result = std::move(over);
    do {
      below_ ^= dividing;
      auto next = component();
      below_ ^= dividing;
      if (!next) return std::nullopt;
      result = !result ? std::move(next) : dividing ? divide(*result, *next) : multiply(*result, *next);
      if (!result) return std::nullopt;
      if (take('/')) {
        dividing = true;
      } else if (take('.')) {
        dividing = false;
      } else {
        break;
      }
    } while (true);
    --depth_;
    return result;
  }

  std::optional<Unit> component() {
    if (take('(')) {
      auto inner = product(std::nullopt);
      return take(')') ? inner : std::nullopt;
    }
    const std::string_view word = take_word();
    const std::string_view note = take_annotation();
    if (bad_ || (word.empty() && note.empty())) return std::nullopt;
    if (!word.empty()) return power_of_symbol(word, note);
    return annotated(Unit{}, "", note);
  }

  // `mg` and `{total}` make one symbol; of the annotations only some make it another kind.
  std::optional<Unit> annotated(Unit unit, std::string_view word, std::string_view note) const {
    const bool meaningful = std::ranges::find(meaningful_annotations, note) != meaningful_annotations.end();
    std::optional<Unit> result = std::move(unit);
    if (meaningful && reading_ == Reading::clinic) result = multiply(*result, *of_kind(note));
    if (result) result->symbols = {{std::string(word) + std::string(note), 1}};
    return result;
  }

  // Up to the next operator, parenthesis or annotation that is not inside brackets.
  std::string_view take_word() {
    const size_t start = at_;
    bool bracket = false;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c <= ' ' || c > '~') bad_ = true;
      if (c == '[') bracket = true;
      if (c == ']') bracket = false;
      if (!bracket && std::string_view("./(){}").find(c) != std::string_view::npos) break;
    }
    return text_.substr(start, at_ - start);
  }

  std::string_view take_annotation() {
    if (at_ >= text_.size() || text_[at_] != '{') return {};
    const size_t end = text_.find('}', at_);
    if (end == std::string_view::npos) {
      bad_ = true;
      return {};
    }
    const std::string_view note = text_.substr(at_, end + 1 - at_);
    for (const char c : note) bad_ |= c < ' ' || c > '~';
    at_ = end + 1;
    return note;
  }

  static bool is_digit(char c) { return c >= '0' && c <= '9'; }

  std::optional<Unit> number(std::string_view digits) const {
    if (digits.size() > most_digits) return std::nullopt;
    Unit unit;
    unit.factor = *Rational::parse(digits);
    if (unit.factor.is_zero()) return std::nullopt;
    return unit;
  }

  std::optional<Unit> power_of_symbol(std::string_view word, std::string_view note) {
    size_t end = word.size();
    while (end > 0 && is_digit(word[end - 1])) --end;
    if (end == 0) {
      auto unit = number(word);
      return unit ? annotated(*unit, word, note) : std::nullopt;
    }
    int exponent = 1;
    if (end < word.size()) {
      if (word.size() - end > 2) return std::nullopt;
      exponent = static_cast<int>(*Rational::parse(word.substr(end))->to_int64());
      if (word[end - 1] == '-') exponent = -exponent;
      if (word[end - 1] == '-' || word[end - 1] == '+') --end;
    }
    auto unit = symbol(word.substr(0, end));
    if (unit) unit = annotated(*unit, word.substr(0, end), note);
    if (!unit || exponent == 0) return std::nullopt;
    const int amount = unit->dimension[static_cast<size_t>(Base::substance)] * exponent * (below_ ? -1 : 1);
    if (amount != 0) (amount > 0 ? amount_above_ : amount_below_) = unit->symbols.front().symbol;
    return exponent == 1 ? unit : power(*unit, exponent);
  }

  std::optional<Unit> symbol(std::string_view word) {
    bool metric = false;
    if (auto unit = read_code(word, metric, depth_)) return unit;
    for (const Prefix& prefix : prefixes) {
      if (!word.starts_with(prefix.code)) continue;
      auto unit = read_code(word.substr(prefix.code.size()), metric, depth_);
      if (!unit || !metric) continue;
      unit->factor *= *Rational::parse(prefix.value);
      return unit;
    }
    return std::nullopt;
  }

  std::string_view text_;
  Reading reading_;
  int depth_;
  size_t at_ = 0;
  bool bad_ = false;          // an unprintable or foreign character, an annotation without end
  bool below_ = false;        // under a slash
  std::string amount_above_;  // the last symbol with amount of substance, over and under the slash
  std::string amount_below_;
};

std::optional<Unit> read_code(std::string_view code, bool& metric, int depth) {
  for (const BaseUnit& unit : base_units) {
    if (unit.code != code) continue;
    metric = true;
    Unit result;
    result.dimension[static_cast<size_t>(unit.base)] = 1;
    return result;
  }
  const auto found = std::ranges::lower_bound(definitions, code, {}, &Definition::code);
  if (found == std::end(definitions) || found->code != code) return std::nullopt;
  metric = found->metric;
  if (found->sort == Sort::arbitrary || found->sort == Sort::nonlinear) return of_kind(code);
  auto unit = Reader(found->unit, Reading::ucum, depth).read();
  if (!unit) return std::nullopt;
  unit->factor *= *Rational::parse(found->value);
  if (!found->shift.empty()) unit->offset = unit->factor * *Rational::parse(found->shift);
  unit->exact &= found->sort == Sort::exact;
  return unit;
}

}  // namespace

std::optional<Unit> read_unit(std::string_view text, Reading reading) {
  return Reader(text, reading, 0).read();
}

std::optional<Unit> parse_ucum(std::string_view text) {
  return read_unit(text, Reading::ucum);
}

}  // namespace crit
