// The truth of a condition for this patient: Kleene's logic over the answers of the other stages.
#include <algorithm>
#include <utility>

#include "interpreter/attributes.hpp"
#include "interpreter/evaluate_batch.hpp"
#include "interpreter/evaluation.hpp"
#include "interpreter/spelling.hpp"

namespace crit {

namespace {

struct TruthOf {
  Evaluation& e;

  Truth operator()(const Constant& q) const { return q.truth; }

  Truth operator()(const AllOf& q) const {
    Truth t = Truth::yes;
    for (NodeId node : e.model.list(q.nodes)) {
      t = t & truth_of(e, node);
      if (t == Truth::no) break;
    }
    return t;
  }

  Truth operator()(const AnyOf& q) const {
    Truth t = Truth::no;
    for (NodeId node : e.model.list(q.nodes)) {
      t = t | truth_of(e, node);
      if (t == Truth::yes) break;
    }
    return t;
  }

  Truth operator()(const Negation& q) const { return !truth_of(e, q.operand); }

  Truth operator()(const CountOf& q) const {
    Tally tally{0, 0, true};
    for (NodeId node : e.model.list(q.nodes)) {
      const Truth t = truth_of(e, node);
      tally.certain += t == Truth::yes;
      tally.possible += t == Truth::unknown;
    }
    const uint32_t size = q.nodes.count;
    switch (q.quantifier) {
      case Quantifier::all:
        return reaches(size, tally);
      case Quantifier::any:
        return reaches(1, tally);
      case Quantifier::none:
        return !reaches(1, tally);
      case Quantifier::at_least:
        return reaches(q.n, tally);
      case Quantifier::at_most:
        return q.n >= size ? Truth::yes : !reaches(q.n + 1, tally);
      case Quantifier::exactly:
        return reaches(q.n, tally) & (q.n >= size ? Truth::yes : !reaches(q.n + 1, tally));
    }
    return Truth::unknown;
  }

  Truth operator()(const Choose& q) const {
    const auto otherwise = [&] { return q.else_node == kNone ? Truth::yes : truth_of(e, q.else_node); };
    switch (truth_of(e, q.condition)) {
      case Truth::yes:
        return truth_of(e, q.then_node);
      case Truth::no:
        return otherwise();
      case Truth::unknown:
        break;
    }
    const Truth a = truth_of(e, q.then_node);
    return a == otherwise() ? a : Truth::unknown;
  }

  Truth operator()(const Compare& q) const { return compare_nodes(e, q); }
  Truth operator()(const OneOf& q) const { return one_of(e, q); }

  Truth operator()(const Answer& q) const {
    if (q.applies == kNone) return answer_of(e, q.ref);
    const Truth applies = truth_of(e, q.applies);
    return applies == Truth::no ? Truth::no : applies & answer_of(e, q.ref);
  }

  Truth operator()(const IsKnown& q) const { return known(e, q); }
  Truth operator()(const ValueKnown& q) const { return value_known(e, q); }

  Truth operator()(const IsNormal& q) const { return is_normal(e, q.ref); }
  Truth operator()(const OfOneDay& q) const {
    const bool same = are_of_one_day(e, results_read(e, q.condition)) == Truth::yes;
    return same ? truth_of(e, q.condition) : Truth::unknown;
  }

  Truth operator()(const RecordsOf& q) const { return records_truth(e, q); }
  Truth operator()(const StableDose& q) const { return stable_dose(e, q); }
  Truth operator()(const StableResult& q) const { return stable_result(e, q); }
  Truth operator()(const AttributeOneOf& q) const { return attribute_truth(e, q); }
  Truth operator()(const AttributeYes& q) const { return attribute_truth(e, q); }
  Truth operator()(const AttributeKnown& q) const { return attribute_truth(e, q); }
};

// Conditions of conditions: a definition may stand in many places, and is judged in one.
bool is_list(const Condition& what) {
  return std::holds_alternative<AllOf>(what) || std::holds_alternative<AnyOf>(what) ||
         std::holds_alternative<Negation>(what) || std::holds_alternative<CountOf>(what) ||
         std::holds_alternative<Choose>(what) || std::holds_alternative<OfOneDay>(what);
}

Truth remembered_truth(Evaluation& e, NodeId id) {
  Remembered& remembered = e.scratch.truths[id];
  if (remembered.epoch == e.scratch.epoch && remembered.record == e.record) return remembered.truth;
  const Truth t = std::visit(TruthOf{e}, e.model.nodes[id].what);
  remembered = {e.scratch.epoch, e.record, t};
  return t;
}

}  // namespace

Truth truth_by_hull(Evaluation& e, NodeId id) {
  const Condition& what = e.model.nodes[id].what;
  if (const auto* records = std::get_if<RecordsOf>(&what)) return records_truth(e, *records);
  if (const auto* comparison = std::get_if<Compare>(&what)) return compare_nodes(e, *comparison);
  return is_list(what) ? remembered_truth(e, id) : std::visit(TruthOf{e}, what);
}

Truth truth_of(Evaluation& e, NodeId id) {
  if (e.scratch.answers && e.record == kNone)
    if (const auto truth = e.scratch.answers->of(id, e.scratch.place)) return *truth;
  return settled_by_days(e, id, truth_by_hull(e, id));
}

// --- inside `with`
// -------------------------------------------------------------------------------------------

std::span<const AttributeValue> attributes_of(const Evaluation& e, uint32_t record) {
  if (record == kNone || e.patient.records[record].details == kNone) return {};
  return e.patient.details[e.patient.records[record].details].attributes;
}

const AttributeValue* attribute_of(const Evaluation& e, uint32_t record, std::string_view name) {
  const auto attributes = attributes_of(e, record);
  const auto found = std::ranges::find_if(attributes, [&](const AttributeValue& value) {
    return value.name == name && (value.word != kAnyWord || value.yes || value.number);
  });
  return found == attributes.end() ? nullptr : &*found;
}

namespace {

// In small letters, with one sign between words: what is written by hand in the records is one word with the
// name of the rules, `Beta-blocker` and `beta_blocker`.
char plain(char c) {
  if (c >= 'A' && c <= 'Z') return static_cast<char>(c - 'A' + 'a');
  return c == '-' || c == ' ' ? '_' : c;
}

bool same_written(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return x == y || plain(x) == plain(y); });
}

// `betablockers` and `beta_blocker`: most likely the same, and not so certain that somebody passes by it.
bool nearly_same(std::string_view a, std::string_view b) {
  constexpr size_t kTelling = 4;  // letters
  size_t i = 0, j = 0;
  for (; i < a.size() && j < b.size(); ++i, ++j) {
    while (i < a.size() && plain(a[i]) == '_') ++i;
    while (j < b.size() && plain(b[j]) == '_') ++j;
    if (i == a.size() || j == b.size() || plain(a[i]) != plain(b[j])) break;
  }
  const auto only_plural = [](std::string_view rest) { return rest.empty() || plain(rest[0]) == 's'; };
  const std::string_view left = a.substr(i), right = b.substr(j);
  return std::min(a.size(), b.size()) >= kTelling && left.size() + right.size() <= 1 && only_plural(left) &&
         only_plural(right);
}

}  // namespace

// A stay has several reasons: one of them is enough.
Truth attribute_truth(Evaluation& e, const AttributeOneOf& q) {
  if (!attribute_of(e, e.record, q.name)) return Truth::unknown;
  Truth found = Truth::no;
  for (const AttributeValue& value : attributes_of(e, e.record)) {
    if (value.name != q.name) continue;
    const auto is_it = [&](const std::string& word) { return same_written(value.word, word); };
    const auto may_be = [&](const std::string& word) { return nearly_same(value.word, word); };
    if (std::ranges::any_of(q.words, is_it)) return Truth::yes;
    const bool is_open = value.word == kAnyWord && !value.yes && !value.number;
    if (is_open || std::ranges::any_of(q.possible, is_it) || std::ranges::any_of(q.words, may_be))
      found = Truth::unknown;
  }
  return found;
}

Truth attribute_truth(Evaluation& e, const AttributeYes& q) {
  const AttributeValue* attribute = attribute_of(e, e.record, q.name);
  if (!attribute) return Truth::unknown;
  if (attribute->yes) return truth(*attribute->yes);
  if (attribute->word == "yes" || attribute->word == "no") return truth(attribute->word == "yes");
  return Truth::unknown;
}

Truth attribute_truth(Evaluation& e, const AttributeKnown& q) {
  if (attribute_of(e, e.record, q.name)) return Truth::yes;
  if (e.record == kNone) return Truth::unknown;
  const Record& record = e.patient.records[e.record];
  if (q.name == "dose") return truth(record.has_value);
  if (q.name == "start") return truth(record.has_start);
  if (q.name == "end") return truth(record.has_end);
  return Truth::no;
}

}  // namespace crit
