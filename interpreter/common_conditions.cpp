// The conditions of several Models to numbers by their content, from the leaves up.
#include "interpreter/common_conditions.hpp"

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "interpreter/content_writer.hpp"

namespace crit {

namespace {

using Numbers = std::unordered_map<std::string, uint32_t>;

uint32_t number_of(Numbers& numbers, const std::string& key) {
  return numbers.try_emplace(key, static_cast<uint32_t>(numbers.size())).first->second;
}

class Keys {
 public:
  Keys(const Model& model, Numbers& numbers)
      : model_(model),
        numbers_(numbers),
        nodes_(model.nodes.size()),
        values_(model.values.size()),
        refs_(model.refs.size()) {
    const auto& limits = model.ranges;
    context_ = number("model", limits, model.sex, model.birth_date);
  }

  uint32_t node(NodeId id) {
    if (id == kNone) return kNone;
    if (nodes_[id]) return *nodes_[id];
    const Condition& what = model_.nodes[id].what;
    const uint32_t made =
        std::visit([&](const auto& q) { return number("node", context_, what.index(), key(q)); }, what);
    nodes_[id] = made;
    return made;
  }

  uint32_t criterion(const CriterionModel& c) {
    return number("criterion", node(c.when), node(c.condition), c.condition == kNone ? c.id : "");
  }

 private:
  template <typename... Parts>
  uint32_t number(const char* what, const Parts&... parts) {
    ContentWriter writer;
    writer.one(std::string(what));
    writer.all(parts...);
    return number_of(numbers_, writer.bytes);
  }

  // --- what the model's ids stand for
  // -------------------------------------------------------------------------

  uint32_t value(ValueId id) {
    if (id == kNone) return kNone;
    if (values_[id]) return *values_[id];
    const Value& what = model_.values[id].what;
    const uint32_t made =
        std::visit([&](const auto& v) { return number("value", context_, what.index(), key(v)); }, what);
    values_[id] = made;
    return made;
  }
  uint32_t ref(RefId id) {
    if (id == kNone) return kNone;
    if (refs_[id]) return *refs_[id];
    const auto& [fact, in, selector, of_predicted, relative, formula, span] = model_.refs[id];
    const uint32_t made = number("ref", fact, window(in), selector, of_predicted, relative, value(formula));
    refs_[id] = made;
    return made;
  }
  uint32_t records(ClassId id) { return id == kNone ? kNone : number("class", model_.classes[id]); }
  uint32_t anchor(const AnchorSpec& a) {
    const auto& [kind, date, of, fixed] = a;
    return number("anchor", kind, date, records(of), fixed);
  }
  uint32_t window(const WindowSpec& w) {
    const auto& [kind, duration, side, from, until, blackouts, in_hours, of_half_lives, words] = w;
    std::vector<uint32_t> out;
    for (const WindowSpec& blackout : blackouts) out.push_back(window(blackout));
    return number("window", kind, duration, side, anchor(from), anchor(until), out, in_hours, of_half_lives);
  }
  uint32_t window(WindowId id) { return id == kNone ? kNone : window(model_.windows[id]); }
  std::vector<uint32_t> nodes(Children list) {
    std::vector<uint32_t> made;
    for (const NodeId id : model_.list(list)) made.push_back(node(id));
    return made;
  }
  std::vector<uint32_t> values(Children list) {
    std::vector<uint32_t> made;
    for (const ValueId id : model_.list(list)) made.push_back(value(id));
    return made;
  }

  template <typename... Parts>
  std::string text(const Parts&... parts) {
    ContentWriter writer;
    writer.all(parts...);
    return writer.bytes;
  }

  // --- values
  // -------------------------------------------------------------------------------------------------

  std::string key(const Literal& v) {
    const auto& [digits] = v;
    return text(digits);
  }
  std::string key(const ResultOf& v) {
    const auto& [of] = v;
    return text(ref(of));
  }
  std::string key(const LimitOf& v) {
    const auto& [of, upper] = v;
    return text(ref(of), upper);
  }
  std::string key(const RankOf& v) {
    const auto& [of] = v;
    return text(ref(of));
  }
  std::string key(const AgeAt& v) {
    const auto& [unit, at] = v;
    return text(unit, anchor(at));
  }
  std::string key(const DateOf& v) {
    const auto& [date] = v;
    return text(anchor(date));
  }
  std::string key(const DoseValue& v) {
    const auto& [of, factors, as, over, in, unit] = v;  // what it is told in decides nothing
    return text(records(of), factors, over, window(in), unit);
  }
  std::string key(const AttributeNumber& v) {
    const auto& [name, factor] = v;
    return text(name, factor);
  }
  std::string key(const RecordDose& v) {
    const auto& [unit] = v;
    return text(unit);
  }
  std::string key(const Negated& v) {
    const auto& [operand] = v;
    return text(value(operand));
  }
  std::string key(const Binary& v) {
    const auto& [op, left, right] = v;
    return text(op, value(left), value(right));
  }
  std::string key(const Scaled& v) {
    const auto& [operand, scale] = v;
    return text(value(operand), scale);
  }
  std::string key(const Applied& v) {
    const auto& [function, arguments, step] = v;
    return text(function, values(arguments), step);
  }
  std::string key(const Picked& v) {
    const auto& [condition, then_value, else_value] = v;
    return text(node(condition), value(then_value), value(else_value));
  }
  std::string key(const SameDay& v) {
    const auto& [operand, of_operand] = v;
    return text(value(operand));
  }

  // --- conditions
  // ---------------------------------------------------------------------------------------------

  std::string key(const Constant& q) {
    const auto& [truth, unwritten] = q;
    return text(truth, unwritten);
  }
  std::string key(const AllOf& q) {
    const auto& [list] = q;
    return text(nodes(list));
  }
  std::string key(const AnyOf& q) {
    const auto& [list] = q;
    return text(nodes(list));
  }
  std::string key(const Negation& q) {
    const auto& [operand] = q;
    return text(node(operand));
  }
  std::string key(const OfOneDay& q) {
    const auto& [condition] = q;
    return text(node(condition));
  }
  std::string key(const CountOf& q) {
    const auto& [quantifier, n, list] = q;
    return text(quantifier, n, nodes(list));
  }
  std::string key(const Choose& q) {
    const auto& [condition, then_node, else_node] = q;
    return text(node(condition), node(then_node), node(else_node));
  }
  std::string key(const Compare& q) {
    const auto& [compared, ops, count, each, each_ref, of_values, picks_of_values, plain] = q;
    std::vector<uint32_t> made;
    for (size_t i = 0; i < count; ++i) made.push_back(value(compared[i]));
    return text(made, ops[0], ops[1], each, ref(each_ref));
  }
  std::string key(const OneOf& q) {
    const auto& [of, words, maybe] = q;
    return text(ref(of), words, maybe);
  }
  std::string key(const Answer& q) {
    const auto& [of, applies] = q;
    return text(ref(of), node(applies));
  }
  std::string key(const IsKnown& q) {
    const auto& [of, of_formula] = q;
    return text(ref(of));
  }
  std::string key(const ValueKnown& q) {
    const auto& [known, of_value] = q;
    return text(value(known));
  }
  std::string key(const IsNormal& q) {
    const auto& [of] = q;
    return text(ref(of));
  }
  std::string key(const RecordsOf& q) {
    const auto& [count, n, of, with, in, exceptions] = q;
    ContentWriter writer;
    writer.all(count, n, records(of), node(with), window(in), exceptions.size());
    for (const auto& [classes, with_too, within] : exceptions) {
      writer.one(classes.size());
      for (const ClassId id : classes) writer.one(records(id));
      writer.all(node(with_too), window(within));
    }
    return writer.bytes;
  }
  std::string key(const StableDose& q) {
    const auto& [of, duration, at] = q;
    return text(records(of), duration, anchor(at));
  }
  std::string key(const StableResult& q) {
    const auto& [of, fraction, in] = q;
    return text(ref(of), fraction, window(in));
  }
  std::string key(const AttributeOneOf& q) {
    const auto& [name, words, possible] = q;
    return text(name, words, possible);
  }
  std::string key(const AttributeYes& q) {
    const auto& [name] = q;
    return text(name);
  }
  std::string key(const AttributeKnown& q) {
    const auto& [name] = q;
    return text(name);
  }

  const Model& model_;
  Numbers& numbers_;
  uint32_t context_ = 0;  // what the model says that any of its conditions may depend on
  std::vector<std::optional<uint32_t>> nodes_, values_, refs_;
};

using Numbered = CommonConditions::OfModel;

Numbered numbered(const Model& model, Numbers& numbers) {
  Keys keys(model, numbers);
  Numbered made;
  for (NodeId id = 0; id < model.nodes.size(); ++id) made.nodes.push_back(keys.node(id));
  for (const CriterionModel& criterion : model.criteria) made.criteria.push_back(keys.criterion(criterion));
  return made;
}

}  // namespace

CommonConditions common_conditions(std::span<const Model* const> models) {
  CommonConditions common;
  Numbers numbers;
  for (const Model* model : models) common.models.push_back(numbered(*model, numbers));
  const auto each = [&](const auto& what) {
    for (Numbered& model : common.models) {
      std::ranges::for_each(model.nodes, what);
      std::ranges::for_each(model.criteria, what);
    }
  };
  std::vector<uint32_t> uses(numbers.size(), 0), dense(numbers.size(), kNone);
  each([&](const uint32_t& number) { ++uses[number]; });
  for (size_t number = 0; number < uses.size(); ++number)
    if (uses[number] > 1) dense[number] = common.count++;
  each([&](uint32_t& number) { number = dense[number]; });
  return common;
}

void CommonNeeds::clear(uint32_t count) {
  needed.resize(count);
  for (OfCriterion& criterion : needed) criterion.known = false;
}

}  // namespace crit
