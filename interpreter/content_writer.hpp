// What the structures of a Model say, as bytes: the same where they say the same. Each is taken apart by
// name, so that a field added to one does not compile here before it is said whether it tells conditions
// apart.
#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "interpreter/model.hpp"

namespace crit {

struct ContentWriter {
  std::string bytes = {};

  template <typename T>
  requires std::integral<T> || std::is_enum_v<T>
  void one(T value) {
    bytes += std::to_string(static_cast<int64_t>(value));
    bytes += ' ';
  }
  void one(const std::string& text) {
    one(text.size());
    bytes += text;
  }
  void one(const Rational& number) { one(number.to_fraction()); }
  template <typename T>
  void one(const std::optional<T>& maybe) {
    one(maybe.has_value());
    if (maybe) one(*maybe);
  }
  template <typename T>
  void one(const std::vector<T>& list) {
    one(list.size());
    for (const T& item : list) one(item);
  }
  template <typename T, size_t N>
  void one(const std::array<T, N>& list) {
    for (const T& item : list) one(item);
  }
  void one(const When& when) {
    const auto& [first_day, last_day, minute] = when;
    all(first_day, last_day, minute);
  }
  void one(const UnitPower& power) {
    const auto& [symbol, exponent] = power;
    all(std::string(symbol), exponent);
  }
  void one(const Unit& unit) {
    const auto& [dimension, kinds, factor, offset, exact, symbols] = unit;
    all(dimension, kinds, factor, offset, exact, symbols);
  }
  void one(const Linear& scale) {
    const auto& [factor, offset] = scale;
    all(factor, offset);
  }
  void one(const PlainDuration& duration) {
    const auto& [count, unit, span] = duration;
    all(count.digits, unit);
  }
  void one(const DurationSpec::Part& part) {
    const auto& [count, unit] = part;
    all(count, unit);
  }
  void one(const DurationSpec& duration) {
    const auto& [kind, parts] = duration;
    all(kind, parts);
  }
  void one(const RangeSpec& range) {
    const auto& [laboratory, from, measure, sex, age_from, age_to, age_unit, low, high] = range;
    all(laboratory, from, measure, sex, age_from, age_to, age_unit, low, high);
  }
  void one(const Class::Member& member) {
    const auto& [fact, acute, half_life_days, has_members, is_wider] = member;
    all(fact, acute, half_life_days, has_members, is_wider);
  }
  void one(const Class& of) {
    const auto& [fact, kind, part, members, set, places, kin, ancestors, wider, up, overlapping] = of;
    all(fact, kind, part, members, wider, overlapping);
  }

  void one(const AttributeInfo& attribute) {
    const auto& [name, kind, words, unit_text, unit, fact] = attribute;
    all(name, kind, words, unit_text, unit, fact);
  }
  void one(const Fact::Convert& convert) {
    const auto& [from, to, scale] = convert;
    all(from, to, scale);
  }
  void one(const Equivalent& equivalent) {
    const auto& [drug, factor] = equivalent;
    all(drug, factor);
  }
  // But for the number, the place, and the conditions in it.
  void one(const Fact& f) {
    const auto& [id, name, also, kind, text, declaration, span, standard, has_members, broken, parents,
                 attributes, unit_text, unit, percent_of_predicted, plausible_low, plausible_high, molar_mass,
                 converts, formula, same_day, usual_above, changes_quickly, varies, when, values, ordered,
                 acute, equivalents, half_life_days] = f;
    all(name, also, kind, text, standard, has_members, broken, parents, attributes, unit_text, unit,
        percent_of_predicted, plausible_low, plausible_high, molar_mass, converts, same_day, usual_above,
        changes_quickly, varies, values, ordered, acute, equivalents, half_life_days);
  }

  template <typename... Parts>
  void all(const Parts&... parts) {
    (one(parts), ...);
  }
};

}  // namespace crit
