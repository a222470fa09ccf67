// Facts: what their values convert into, and the small tables of kinds and parts.
#include "interpreter/fact.hpp"

#include <algorithm>

#include "interpreter/short_texts.hpp"
#include "interpreter/spelling.hpp"

namespace crit {

namespace {

struct PartRow {
  Part part;
  FactKind kind;
  std::string_view name;
};
constexpr PartRow kParts[] = {{Part::conditions, FactKind::condition, "conditions"},
                              {Part::drugs, FactKind::drug, "drugs"},
                              {Part::events, FactKind::event, "events"}};

Linear then(const Linear& first, const Linear& second) {
  return {second.factor * first.factor, second.factor * first.offset + second.offset};
}

Linear inverse(const Linear& l) {
  const Rational one = 1;
  return {one / l.factor, -l.offset / l.factor};
}

std::optional<Linear> plain_conversion(const Fact& fact, const Unit& from, const Unit& to) {
  if (fact.molar_mass) return conversion(from, to, *fact.molar_mass);
  return conversion(from, to);
}

std::optional<Linear> through(const Fact& fact, const Unit& from, const Unit& to, const Unit& enter,
                              const Unit& leave, const Linear& scale) {
  const auto in = plain_conversion(fact, from, enter);
  const auto out = plain_conversion(fact, leave, to);
  if (!in || !out) return std::nullopt;
  return then(then(*in, scale), *out);
}

}  // namespace

std::optional<Part> part_named(std::string_view name) {
  for (const PartRow& row : kParts)
    if (is_same(row.name, name)) return row.part;
  return std::nullopt;
}

std::string_view name_of(Part part) {
  for (const PartRow& row : kParts)
    if (row.part == part) return row.name;
  return "nothing";
}

Part part_of(FactKind kind) {
  for (const PartRow& row : kParts)
    if (row.kind == kind) return row.part;
  return Part::none;
}

const std::string* value_in_any_case(const Fact& fact, std::string_view word) {
  const std::string wanted = lower_case(word);
  const auto found = std::ranges::find_if(
      fact.values, [&](const std::string& value) { return lower_case(value) == wanted; });
  return found == fact.values.end() ? nullptr : &*found;
}

bool is_part_of(std::string_view part, std::string_view stage) {
  if (stage.empty() || part.size() <= stage.size() || !part.starts_with(stage)) return false;
  const char next = part[stage.size()];
  return ('A' <= next && next <= 'D') || (stage.back() >= 'A' && '0' <= next && next <= '9');
}

uint64_t parts_of(const Fact& fact, uint32_t value) {
  uint64_t parts = 0;
  for (uint32_t other = value + 1; fact.ordered && other < fact.values.size(); ++other)
    parts |= uint64_t{is_part_of(fact.values[other], fact.values[value])} << other;
  return parts;
}

std::optional<uint32_t> value_index(const Fact& fact, std::string_view word) {
  const auto found = std::ranges::find(fact.values, word);
  if (found == fact.values.end()) return std::nullopt;
  return static_cast<uint32_t>(found - fact.values.begin());
}

std::optional<Linear> fact_conversion(const Fact& fact, const Unit& from, const Unit& to) {
  if (auto plain = plain_conversion(fact, from, to)) return plain;
  for (const Fact::Convert& c : fact.converts) {
    if (auto l = through(fact, from, to, c.from, c.to, c.scale)) return l;
    if (auto l = through(fact, from, to, c.to, c.from, inverse(c.scale))) return l;
  }
  return std::nullopt;
}

Conversion conversion_for(const Fact& fact, std::string_view unit_text, const Unit& unit) {
  Conversion made;
  made.unit = unit_text;
  made.parsed = unit;
  if (fact.kind != FactKind::measure) return made;
  if (fact.percent_of_predicted && to_string(unit) == "%" && !commensurable(unit, fact.unit)) {
    made.of_predicted = true;
    return made;
  }
  if (const auto scale = fact_conversion(fact, unit, fact.unit)) {
    made.scale = *scale;
    made.identity = scale->is_identity();
  } else {
    made.convertible = false;
    made.identity = false;
  }
  return made;
}

}  // namespace crit
