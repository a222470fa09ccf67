// The reasons for one criterion: a second walk over the nodes that decided it, by the functions that decided
// it.
#include <fmt/format.h>

#include <algorithm>

#include "interpreter/explanation.hpp"

namespace crit {

namespace {

constexpr size_t kMostNamed = 6;  // records named in one sentence

constexpr size_t kMostSentences = 8;

struct Tell {
  Telling& to;
  Truth truth;  // of the node

  // Of a list only the conditions that decide it.
  void those(Children nodes, Truth wanted) const {
    for (NodeId node : to.e.model.list(nodes))
      if (truth_of(to.e, node) == wanted) tell(to, node);
  }
  void all(Children nodes) const {
    for (NodeId node : to.e.model.list(nodes)) tell(to, node);
  }

  void operator()(const Constant& q) const {
    if (!q.unwritten.empty()) say(to, fmt::format("`{}` is not yet written", q.unwritten));
  }
  void operator()(const AllOf& q) const { those(q.nodes, truth); }
  void operator()(const AnyOf& q) const { those(q.nodes, truth); }
  void operator()(const Negation& q) const { tell(to, q.operand); }
  void operator()(const OfOneDay& q) const {
    const std::vector<uint32_t> read = results_read(to.e, q.condition);
    if (are_of_one_day(to.e, read) == Truth::yes) return tell(to, q.condition);
    std::vector<std::string> results;
    for (const uint32_t r : read) {
      use(to, r);
      results.push_back(record_words(to.e, to.e.patient.records[r]));
    }
    say(to, joined(results, ", ") + (read.size() == 1 ? ": of which day is not known" : ": not of one day"));
  }
  void operator()(const CountOf& q) const {
    const bool settled_by_some = truth != Truth::unknown && q.quantifier == Quantifier::at_least;
    if (settled_by_some || truth == Truth::unknown) return those(q.nodes, truth);
    all(q.nodes);
  }
  void operator()(const Choose& q) const {
    const Truth asked = truth_of(to.e, q.condition);
    tell(to, q.condition);
    if (asked != Truth::no) tell(to, q.then_node);
    if (asked != Truth::yes && q.else_node != kNone) tell(to, q.else_node);
  }
  void operator()(const Compare& q) const { tell_compare(to, q); }
  void operator()(const OneOf& q) const {
    tell_result(to, q.ref);
    if (truth == Truth::unknown) tell_parts(to, q);
  }
  void operator()(const Answer& q) const {
    const Truth applies = q.applies == kNone ? Truth::yes : truth_of(to.e, q.applies);
    if (applies == Truth::no) say(to, to.e.model.fact(to.e.model.refs[q.ref].fact).name + " does not apply");
    if (applies != Truth::yes) tell(to, q.applies);
    if (applies != Truth::no) tell_result(to, q.ref);
  }
  void operator()(const IsKnown& q) const { tell_result(to, q.ref); }
  void operator()(const ValueKnown& q) const {
    for (RefId ref : to.e.model.list(q.refs)) tell_result(to, ref);
    if (q.refs.count == 0)
      say(to, formula_words(to.e, q.value) + (truth == Truth::yes ? " is known" : " is missing"));
  }
  void operator()(const IsNormal& q) const { tell_normal(to, q); }
  void operator()(const RecordsOf& q) const { tell_records(to, q); }
  void operator()(const StableDose& q) const { tell_stable(to, q); }
  void operator()(const StableResult& q) const { tell_stable_result(to, q, truth); }
  void operator()(const AttributeOneOf& q) const { tell_attribute(to, q.name); }
  void operator()(const AttributeYes& q) const { tell_attribute(to, q.name); }
  void operator()(const AttributeKnown& q) const { tell_attribute(to, q.name); }
};

// The findings into the reason, the first ones in full.
std::string take_findings(Telling& to) {
  std::vector<Finding>& findings = to.reason.findings = std::move(to.findings);
  if (findings.size() > kMostSentences) {
    const size_t more = findings.size() - kMostSentences;
    findings.resize(kMostSentences);
    findings.push_back({fmt::format("and {} more", more), 0});
  }
  if (!findings.empty()) findings.back().facts_end = to.reason.facts.size();
  std::vector<std::string> sentences;
  for (const Finding& finding : findings) sentences.push_back(finding.words);
  return joined(sentences, "; ");
}

std::string arms_of(const Model& model, const CriterionModel& criterion) {
  std::vector<std::string> names;
  for (size_t i = 0; i < model.arms.size(); ++i)
    if (criterion.arms >> i & 1) names.push_back(model.arms[i]);
  return joined(names, ", ");
}

}  // namespace

void say(Telling& to, std::string sentence) {
  if (sentence.empty() || std::ranges::find(to.findings, sentence, &Finding::words) != to.findings.end())
    return;
  to.findings.push_back({std::move(sentence), to.reason.facts.size()});
}

void use(Telling& to, uint32_t r, bool counts, std::string limit) {
  if (std::ranges::find(to.told, r) != to.told.end()) return;
  to.told.push_back(r);
  const Record& record = to.e.patient.records[r];
  const Fact& fact = to.e.model.fact(record.fact);
  UsedFact used;
  used.name = fact.name;
  used.value = value_as_written(to.e, record);
  used.unit = unit_as_written(to.e, record);
  if (record.has_start) used.date = to_string(record.start);
  used.lasts = record.has_start && !record.single;
  if (record.has_end && !record.single) used.end = to_string(record.end);
  if (fact.kind == FactKind::judgement && record.details != kNone)
    used.by = to.e.patient.details[record.details].by;
  used.limit = std::move(limit);
  used.counts = counts;
  to.reason.facts.push_back(std::move(used));
}

std::string records_words(Telling& to, const std::vector<uint32_t>& records, bool counts,
                          const RecordsOf* asked) {
  std::vector<std::string> texts;
  for (size_t i = 0; i < records.size(); ++i) {
    use(to, records[i], counts);
    if (i >= kMostNamed) continue;
    texts.push_back(record_words(to.e, to.e.patient.records[records[i]]));
    const std::string attributes = asked ? attributes_words(to.e, *asked, records[i]) : "";
    if (!attributes.empty()) texts.back() += fmt::format(" ({})", attributes);
  }
  if (records.size() > kMostNamed) texts.push_back(fmt::format("{} more", records.size() - kMostNamed));
  return joined(texts, ", ");
}

namespace {

// Where the days of an inexact date agree, though what was told leaves it open.
void tell_each_day(Telling& to, NodeId node) {
  const auto each = on_each_day(to.e, node);
  if (!each || truth_by_hull(to.e, node) != Truth::unknown) return;
  const AnchorSpec& date = each->date.anchor;
  const FactId fact = date.date != kNoFact ? date.date : to.e.model.classes[date.of].fact;
  const std::string_view which = date.kind == AnchorSpec::Kind::first_of  ? "the first "
                                 : date.kind == AnchorSpec::Kind::last_of ? "the last "
                                                                          : "";
  say(to, fmt::format("whichever day of {} {}{} is, this {}", to_string(each->date.days), which,
                      to.e.model.fact(fact).name, each->truth == Truth::yes ? "holds" : "does not hold"));
}

}  // namespace

void tell(Telling& to, NodeId node) {
  std::visit(Tell{to, truth_of(to.e, node)}, to.e.model.nodes[node].what);
  tell_each_day(to, node);
}

Reason explain(const Model& model, const Patient& patient, uint32_t number, const Verdict& verdict) {
  Evaluation e = begin_walk(model, patient, verdict.scratch);
  const CriterionModel& criterion = model.criteria[number];
  const Outcome outcome = verdict.outcomes[number];
  Reason reason;
  Telling to{e, reason};
  const Truth applies = criterion.when == kNone ? Truth::yes : truth_of(e, criterion.when);
  if (outcome == Outcome::not_applicable) {
    if (applies == Truth::no) tell(to, criterion.when);
    const std::string why = take_findings(to);
    reason.why =
        applies == Truth::no ? "does not apply: " + why : "for arm " + arms_of(model, criterion) + " only";
    reason.findings = {{reason.why, reason.facts.size()}};
    return reason;
  }
  if (applies == Truth::unknown && outcome == Outcome::unknown) tell(to, criterion.when);
  if (criterion.condition == kNone)
    say(to, "its condition is not yet written");
  else
    tell(to, criterion.condition);
  reason.why = take_findings(to);
  reason.needed = needed_by(e, number, outcome);
  return reason;
}

}  // namespace crit
