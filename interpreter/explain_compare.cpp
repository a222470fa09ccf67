// Comparisons in words: what was compared, with the limit as computed.
#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "interpreter/explanation.hpp"

namespace crit {

namespace {

constexpr uint32_t kMostResults = 4;  // of `highest ALT <= 2*ULN`
constexpr uint32_t kMostOwnLimits = 100;

// What of the patient stands in a value, from left to right; a limit belongs to its result and is none of it.
struct Subjects {
  const Model& model;
  std::vector<ValueId> found = {};
  std::vector<RefId> limits = {};      // whose limits stand in it
  std::vector<NodeId> questions = {};  // that decide between two values: `if sex = female`

  void add(ValueId id) {
    std::visit([&](const auto& v) { look(v, id); }, model.values[id].what);
  }
  void take(ValueId id) {
    if (std::ranges::find(found, id) == found.end()) found.push_back(id);
  }
  void look(const Literal&, ValueId) {}
  void look(const LimitOf& v, ValueId) {
    if (std::ranges::find(limits, v.ref) == limits.end()) limits.push_back(v.ref);
  }
  void look(const ResultOf&, ValueId id) { take(id); }
  void look(const RankOf&, ValueId id) { take(id); }
  void look(const AgeAt&, ValueId id) { take(id); }
  void look(const DateOf& v, ValueId id) {
    if (v.date.kind != AnchorSpec::Kind::fixed) take(id);
  }
  void look(const DoseValue&, ValueId id) { take(id); }
  void look(const AttributeNumber&, ValueId id) { take(id); }
  void look(const RecordDose&, ValueId id) { take(id); }
  void look(const Negated& v, ValueId) { add(v.operand); }
  void look(const Binary& v, ValueId) {
    add(v.left);
    add(v.right);
  }
  void look(const Scaled& v, ValueId) { add(v.operand); }
  void look(const Applied& v, ValueId) {
    for (ValueId argument : model.list(v.arguments)) add(argument);
  }
  void look(const Picked& v, ValueId) {
    questions.push_back(v.condition);
    add(v.then_value);
    add(v.else_value);
  }
  void look(const SameDay& v, ValueId) { add(v.operand); }
};

}  // namespace

std::vector<ValueId> subjects_of(const Model& model, ValueId id) {
  Subjects subjects{model};
  subjects.add(id);
  return subjects.found;
}

size_t subject_side(const Model& model, const Compare& q) {
  if (q.count == 3) return 1;
  return subjects_of(model, q.values[0]).empty() && !subjects_of(model, q.values[1]).empty() ? 1 : 0;
}

namespace {

// One thing of the patient that is compared.
struct SubjectWords {
  Telling& to;
  ValueId id;
  const std::string& limit;

  std::string operator()(const ResultOf& v) const {
    const Ref& ref = to.e.model.refs[v.ref];
    const bool computed =
        candidates_of(to.e, v.ref).count == 0 && ref.formula != kNone && amount_of(to.e, ref.formula).known();
    if (!computed) return result_words(to, v.ref, limit);
    const std::vector<std::string> from = inputs(ref.formula);
    const Fact& fact = to.e.model.fact(ref.fact);
    const std::string doubt = computed_of(to.e, ref).known() ? "" : ", which " + not_plausible(fact);
    return fmt::format("{} {} computed from {}{}", fact.name,
                       amount_words(amount_of(to.e, ref.formula), fact.unit_text), joined(from, ", "), doubt);
  }
  // What a formula is computed from, each once: results, ages, and the choice that it asks for.
  std::vector<std::string> inputs(ValueId formula) const {
    Subjects subjects{to.e.model};
    subjects.add(formula);
    std::vector<std::string> from;
    const auto add = [&](std::string text) {
      if (std::ranges::find(from, text) == from.end()) from.push_back(std::move(text));
    };
    for (ValueId part : subjects.found) add(words(part));
    for (NodeId question : subjects.questions)
      if (const auto* asked = std::get_if<OneOf>(&to.e.model.nodes[question].what))
        add(result_words(to, asked->ref, {}));
    return from;
  }

  std::string operator()(const RankOf& v) const { return result_words(to, v.ref, limit); }
  std::string operator()(const AgeAt& v) const { return age_words(to, v); }
  std::string operator()(const DateOf& v) const { return date_words(to, v); }
  std::string operator()(const DoseValue& v) const { return dose_words(to, v); }
  std::string operator()(const AttributeNumber& v) const { return attribute(v.name); }
  std::string operator()(const RecordDose&) const { return attribute("dose"); }
  std::string operator()(const auto&) const { return {}; }

  std::string attribute(std::string_view name) const {
    const Amount amount = amount_of(to.e, id);
    if (amount.known()) return fmt::format("{} {}", name, amount_words(amount, unit_words(to.e, id)));
    return fmt::format("{} is not given", name);
  }
  std::string words(ValueId part) const {
    static const std::string no_limit;
    return std::visit(SubjectWords{to, part, no_limit}, to.e.model.values[part].what);
  }
};

// The value without the conversions into the unit of the comparison.
ValueId unscaled(const Model& model, ValueId id) {
  while (const auto* scaled = std::get_if<Scaled>(&model.values[id].what)) id = scaled->operand;
  return id;
}

bool is_one_thing(const Model& model, ValueId id) {
  const auto subjects = subjects_of(model, id);
  return subjects.size() == 1 && subjects[0] == unscaled(model, id);
}

// `2.5 × ULN 40 = 100 U/L`; in per cent where a share of the earliest is compared.
std::string computed_words(Telling& to, ValueId id, bool per_cent) {
  Evaluation& e = to.e;
  const Amount amount = amount_of(e, id);
  if (per_cent && amount.known()) return amount_words(scaled(amount, {100, 0}), "%");
  const std::string formula = formula_words(e, id), value = amount_words(amount, unit_words(e, id));
  const Value& what = e.model.values[unscaled(e.model, id)].what;
  if (std::holds_alternative<Literal>(what)) {
    const ValueId written = e.model.values[unscaled(e.model, id)].written;
    const std::string unit = written == kNone ? "" : unit_words(e, written);
    return unit.empty() ? value : fmt::format("{} = {}", amount_words(amount_of(e, written), unit), value);
  }
  if (std::holds_alternative<DateOf>(what)) return formula;
  if (const auto* limit = std::get_if<LimitOf>(&what); limit && amount.known()) {
    const uint32_t r = chosen(e, limit->ref);
    return fmt::format("{} {}{}", limit->upper ? "ULN" : "LLN", value,
                       r == kNone ? "" : other_limit(e, limit->ref, r, limit->upper));
  }
  if (formula.empty()) return value;
  return amount.known() ? fmt::format("{} = {}", formula, value) : formula;
}

std::vector<std::string> parts_of(Telling& to, ValueId id, const std::string& limit) {
  std::vector<std::string> parts;
  for (ValueId part : subjects_of(to.e.model, id)) {
    std::string words = std::visit(SubjectWords{to, part, limit}, to.e.model.values[part].what);
    if (std::ranges::find(parts, words) == parts.end()) parts.push_back(std::move(words));
  }
  return parts;
}

// What of it is not there at all, so that no limit need be told.
bool is_missing(Telling& to, ValueId id) {
  Evaluation& e = to.e;
  return std::ranges::any_of(subjects_of(e.model, id), [&](ValueId part) {
    if (amount_of(e, part).known()) return false;
    const auto* result = std::get_if<ResultOf>(&e.model.values[part].what);
    return !result || candidates_of(e, result->ref).count == 0;
  });
}

// `ULN of ALT <= 50 U/L`: no result is compared, and whose limit it is must be said.
std::string limit_alone(Telling& to, ValueId id, const std::vector<RefId>& limits) {
  Evaluation& e = to.e;
  std::vector<std::string> names;
  for (RefId ref : limits) {
    names.push_back(e.model.fact(e.model.refs[ref].fact).name);
    result_words(to, ref, {});  // for the facts beside the sentence
  }
  const std::string words = computed_words(to, id, false), of = joined(names, ", ");
  if (std::holds_alternative<LimitOf>(e.model.values[unscaled(e.model, id)].what))
    return fmt::format("{} of {}{}", words.substr(0, 3), of, words.substr(3));
  return of.empty() ? words : fmt::format("{}: {}", of, words);
}

// `weight 81 kg on ..., height 180 cm on ...: weight / height^2 = 25 kg/m2`
std::string subject_words(Telling& to, ValueId id, const std::string& limit) {
  Subjects subjects{to.e.model};
  subjects.add(id);
  if (subjects.found.empty()) return limit_alone(to, id, subjects.limits);
  const std::string text = joined(parts_of(to, id, limit), ", ");
  const auto* same_day = std::get_if<SameDay>(&to.e.model.values[unscaled(to.e.model, id)].what);
  if (same_day && amount_of(to.e, same_day->operand).known() && !amount_of(to.e, id).known())
    return text + ": not of one day for certain";
  if (is_one_thing(to.e.model, id) || !amount_of(to.e, id).known()) return text;
  return fmt::format("{}: {}", text, computed_words(to, id, false));
}

// A limit, with the results that are in it: `1.1 × earliest FVC = 3.3 L (FVC 3 L on 2024-09-01)`.
std::string limit_words(Telling& to, ValueId id, bool per_cent) {
  if (is_one_thing(to.e.model, id)) return subject_words(to, id, {});
  const std::string words = computed_words(to, id, per_cent), beside = joined(parts_of(to, id, {}), ", ");
  return beside.empty() ? words : fmt::format("{} ({})", words, beside);
}

bool is_relative(const Model& model, const Compare& q) {
  return std::ranges::any_of(model.list(q.refs), [&](RefId ref) { return model.refs[ref].relative; });
}

// Of a result that is not there no limit is known.
std::optional<RefId> lacking_for_limit(Telling& to, ValueId id) {
  Subjects subjects{to.e.model};
  subjects.add(id);
  if (!subjects.found.empty()) return std::nullopt;
  for (RefId ref : subjects.limits)
    if (candidates_of(to.e, ref).count == 0) return ref;
  return std::nullopt;
}

// What a value is held against.
std::string limits_words(Telling& to, const Compare& q) {
  const Model& model = to.e.model;
  std::vector<std::string> limits;
  for (size_t i = 0; i < q.count; ++i)
    if (i != subject_side(model, q)) limits.push_back(limit_words(to, q.values[i], is_relative(model, q)));
  return joined(limits, " and ");
}

// Results of which nobody knows which counts, held against limits of their own.
struct OwnLimits {
  RefId ref = kNone;
  std::vector<std::string> limits;  // by result; empty: it is certain which counts, or it has none of its own
  bool differ() const { return std::ranges::adjacent_find(limits, std::not_equal_to()) != limits.end(); }
};

OwnLimits own_limits(Telling& to, const Compare& q) {
  Evaluation& e = to.e;
  const size_t side = subject_side(e.model, q);
  const auto* result = std::get_if<ResultOf>(&e.model.values[unscaled(e.model, q.values[side])].what);
  if (!result || !chooses(e.model.refs[result->ref]) || chosen(e, result->ref) != kNone) return {};
  Subjects others{e.model};
  for (size_t i = 0; i < q.count; ++i)
    if (i != side) others.add(q.values[i]);
  if (!others.found.empty() || std::ranges::find(others.limits, result->ref) == others.limits.end())
    return {};
  OwnLimits own{result->ref, {}};
  uint32_t& choice = e.scratch.choice[result->ref];
  for (choice = 0; choice < std::min(candidates_of(e, result->ref).count, kMostOwnLimits); ++choice)
    own.limits.push_back(limits_words(to, q));
  choice = kNone;
  return own;
}

std::string sentence_of(Telling& to, const Compare& q) {
  const Model& model = to.e.model;
  const size_t side = subject_side(model, q);
  if (const auto lacking = lacking_for_limit(to, q.values[side])) return result_words(to, *lacking, {});
  const OwnLimits own = own_limits(to, q);
  const std::string_view word = q.count > 2 ? "limits" : "limit";
  if (own.differ()) return result_words(to, own.ref, own.limits, word);
  std::vector<std::string> beside;
  bool missing = is_missing(to, q.values[side]);
  for (size_t i = 0; i < q.count; ++i) {
    if (i == side) continue;
    if (is_missing(to, q.values[i])) beside = parts_of(to, q.values[i], {});
    missing |= !beside.empty();
  }
  const std::string limit = own.limits.empty() ? limits_words(to, q) : own.limits.front();
  const std::string text = subject_words(to, q.values[side], missing ? "" : limit);
  if (beside.empty() && missing) return text;
  if (missing) return text.empty() ? joined(beside, ", ") : fmt::format("{}, {}", text, joined(beside, ", "));
  return fmt::format("{}, {} {}", text, word, limit);
}

}  // namespace

void tell_compare(Telling& to, const Compare& q) {
  Evaluation& e = to.e;
  for (ValueId pick : e.model.list(q.picks)) {
    const NodeId condition = std::get<Picked>(e.model.values[pick].what).condition;
    if (truth_of(e, condition) == Truth::unknown) tell(to, condition);
  }
  if (q.each != Compare::Each::none) {
    const Candidates found = candidates_of(e, q.each_ref);
    for (uint32_t i = 0; i < std::min(found.count, kMostResults); ++i) {
      e.scratch.choice[q.each_ref] = i;
      const uint32_t r = list(e, found)[i].record;
      const size_t side = subject_side(e.model, q);
      const std::string limit = computed_words(to, q.values[side == 0 ? 1 : 0], false);
      use(to, r, true, limit);
      say(to, fmt::format("{}, limit {}", record_words(e, e.patient.records[r]), limit));
      e.scratch.choice[q.each_ref] = kNone;
    }
    if (found.count > kMostResults) say(to, fmt::format("{} more results", found.count - kMostResults));
    if (found.count > 0) return;
  }
  say(to, sentence_of(to, q));
  if (too_many_combinations(e, q))
    say(to, fmt::format("there are more than {} ways to take these results", kMostCombinations));
}

}  // namespace crit
