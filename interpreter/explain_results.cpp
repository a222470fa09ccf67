// The results that a name means, or why there is none, in words.
#include <fmt/format.h>

#include <algorithm>

#include "interpreter/explanation.hpp"

namespace crit {

namespace {

constexpr size_t kMostNamed = 4;   // results named in one sentence
constexpr size_t kMostUsed = 100;  // results listed as used

// The last result before the window, or else the first one after it.
const Record* nearest_outside(Evaluation& e, const Ref& ref, const ResolvedWindow& w) {
  const Record *last = nullptr, *next = nullptr;
  for (uint32_t r = e.patient.first(ref.fact); r != kNone; r = e.patient.records[r].next) {
    const Record& record = e.patient.records[r];
    if (!record.has_start || !in_series(e, ref, record)) continue;
    const TickRange at = ticks_of(record.start, w.in_minutes);
    if (at.last < w.stretch.from.first && (!last || record.start.last_day > last->start.last_day))
      last = &record;
    if (at.first > w.stretch.to.last && (!next || record.start.first_day < next->start.first_day))
      next = &record;
  }
  return last ? last : next;
}

bool has_other_series(Evaluation& e, const Ref& ref) {
  for (uint32_t r = e.patient.first(ref.fact); r != kNone; r = e.patient.records[r].next)
    if (!in_series(e, ref, e.patient.records[r])) return true;
  return false;
}

// ` (75% of predicted)`, where the rule asks for that and the record has it beside the result.
std::string predicted_words(Evaluation& e, const Ref& ref, const Record& record) {
  if (!ref.of_predicted || record.details == kNone) return {};
  const auto& predicted = e.patient.details[record.details].predicted;
  return predicted ? fmt::format(" ({}% of predicted)", number_words(*predicted)) : "";
}

// A result as the record has it, and what is wrong with it.
std::string one_result(Evaluation& e, const Ref& ref, const Record& record) {
  const Fact& fact = e.model.fact(record.fact);
  const std::string text = record_words(e, record);
  if (fact.kind == FactKind::judgement) {
    if (!record.signed_by) return text + ", but not by whom";
    if (!record.has_start) return text + ", but not on which day";
    const Details* details = record.details == kNone ? nullptr : &e.patient.details[record.details];
    return details && !details->by.empty() ? fmt::format("{} by {}", text, details->by) : text;
  }
  if (fact.kind != FactKind::measure) return text;
  if (!record.has_value) return text + (record.unconfirmed ? " is not confirmed" : " has no value");
  if (record.unit && !record.unit->convertible)
    return fmt::format("{}: `{}` does not convert to `{}`", text, record.unit->unit, fact.unit_text);
  if (!result_of(e, ref, record).known()) return text + " " + not_plausible(fact);
  return text + predicted_words(e, ref, record);
}

// The same in a list of results of one name: `5000 U/L on 2025-01-12 (not plausible)`.
std::string listed_result(Evaluation& e, const Ref& ref, const Record& record) {
  const std::string text = record_words(e, record).substr(e.model.fact(record.fact).name.size() + 1);
  if (!record.has_value) return text + (record.unconfirmed ? " (not confirmed)" : " (no value)");
  if (record.unit && !record.unit->convertible) return text + " (does not convert)";
  return text + (result_of(e, ref, record).known() ? predicted_words(e, ref, record) : " (not plausible)");
}

// Why a window is not known, where an anchor is missing.
std::string missing_anchor_words(Evaluation& e, WindowId window) {
  if (window == kNone) return {};
  const auto anchors = missing_anchors(e, e.model.windows[window]);
  if (anchors.empty()) return {};
  return fmt::format("{} is not given, and `{}` counts from it", joined(anchors, ", "),
                     e.model.windows[window].words);
}

// Those of several results that their one value comes from: of the highest itself, of a change its two ends.
std::vector<uint32_t> results_behind(Evaluation& e, const Ref& ref, const Candidates& found,
                                     const Amount& amount) {
  const auto all = list(e, found);
  const bool extreme = ref.selector == Selector::highest || ref.selector == Selector::lowest;
  const auto latest = outermost(e, all, true), earliest = outermost(e, all, false);
  std::vector<uint32_t> behind;
  for (const Candidate& c : all) {
    const Record& record = e.patient.records[c.record];
    const bool is_end = may_be_outermost(e, c, latest, true) || may_be_outermost(e, c, earliest, false);
    if (ref.selector == Selector::change && !is_end) continue;
    if (extreme && amount.kind == Amount::Kind::exact && !behind.empty()) continue;  // it, on another day
    if (extreme && compare(result_of(e, ref, record), CompareOp::equal, amount) == Truth::no) continue;
    behind.push_back(c.record);
  }
  const auto from = [&](uint32_t r) {
    const Record& record = e.patient.records[r];
    return record.has_start ? first_minute(record.start) : INT64_MAX;
  };
  std::ranges::stable_sort(behind, {}, from);
  return behind;
}

std::string selected_words(Telling& to, RefId id, const std::string& limit) {
  Evaluation& e = to.e;
  const Ref& ref = e.model.refs[id];
  const Fact& fact = e.model.fact(ref.fact);
  const Candidates found = candidates_of(e, id);
  for (uint32_t i = 0; i < std::min<size_t>(found.count, kMostUsed); ++i)
    use(to, list(e, found)[i].record, true, limit);
  const bool in_percent = ref.of_predicted || ref.relative;
  const bool in_points =
      ref.selector == Selector::change && !ref.relative && (in_percent || fact.unit_text == "%");
  const std::string unit = in_points ? "points" : in_percent ? "%" : fact.unit_text;
  const Amount amount = selected(e, id);
  std::vector<std::string> results;
  const std::vector<uint32_t> behind = results_behind(e, ref, found, amount);
  for (const uint32_t r : behind)
    if (results.size() < kMostNamed) results.push_back(listed_result(e, ref, e.patient.records[r]));
  if (behind.size() > kMostNamed) results.push_back(fmt::format("{} more", behind.size() - kMostNamed));
  const std::string head =
      fmt::format("{} {} {}: ", spelling(ref.selector), fact.name, window_words(e, ref.window));
  const bool is_one = behind.size() == 1 && amount.kind == Amount::Kind::exact;
  if (is_one && ref.selector != Selector::change && ref.selector != Selector::total && !ref.of_predicted)
    return head + results[0];
  if (ref.selector == Selector::change && behind.size() == 1)
    return fmt::format("{}not known from one result, {}", head, results[0]);
  const std::string value = amount_words(ref.relative ? scaled(amount, {100, 0}) : amount, unit);
  const auto has_no_share = [&](uint32_t r) {
    return compare(result_of(e, ref, e.patient.records[r]), CompareOp::less_equal, exactly(0)) == Truth::yes;
  };
  const bool no_share = ref.relative && !amount.known() && std::ranges::any_of(behind, has_no_share);
  const std::string anchors = missing_anchor_words(e, ref.window);
  const bool from_to = ref.selector == Selector::change && behind.size() == 2;
  return fmt::format("{}{}, {} {}{}", head, value, from_to ? "from" : "of",
                     joined(results, from_to ? " to " : " and "),
                     no_share          ? "; only what is above 0 has a share"
                     : anchors.empty() ? ""
                                       : "; " + anchors);
}

}  // namespace

std::string not_plausible(const Fact& fact) {
  const std::string low = fact.plausible_low ? number_words(*fact.plausible_low) : "",
                    high = fact.plausible_high ? number_words(*fact.plausible_high) : "";
  const std::string range = high.empty()  ? "at least " + low
                            : low.empty() ? "at most " + high
                                          : low + " to " + high;
  return fmt::format("is not plausible (plausible: {})", with_unit(range, fact.unit_text));
}

std::vector<std::string> missing_anchors(Evaluation& e, const WindowSpec& w) {
  std::vector<std::string> names;
  const auto look = [&](const AnchorSpec& a) {
    if (day_of(e, a)) return;
    if (a.date != kNoFact) names.push_back(e.model.fact(a.date).name);
    if (a.of != kNone)
      names.push_back((a.kind == AnchorSpec::Kind::first_of ? "first " : "last ") +
                      e.model.fact(e.model.classes[a.of].fact).name);
  };
  look(w.anchor);
  if (w.kind == Window::Kind::between) look(w.until);
  for (const WindowSpec& blackout : w.blackouts)
    for (std::string& name : missing_anchors(e, blackout)) names.push_back(std::move(name));
  return names;
}

namespace {

// `same day`, whatever it is converted to.
bool is_of_one_day(const Model& model, ValueId formula) {
  while (const auto* scaled = std::get_if<Scaled>(&model.values[formula].what)) formula = scaled->operand;
  return std::holds_alternative<SameDay>(model.values[formula].what);
}

// `: weight 8100 kg ... is not plausible`, ` without height`; empty: nothing is wrong with its parts.
std::string why_not_computed(Telling& to, ValueId formula) {
  Evaluation& e = to.e;
  std::vector<std::string> unusable, used;
  bool all_known = true;
  for (const ValueId part : subjects_of(e.model, formula)) {
    const auto* of = std::get_if<ResultOf>(&e.model.values[part].what);
    const bool is_known = amount_of(e, part).known();
    all_known &= is_known;
    if (of && candidates_of(e, of->ref).count > 0)
      (is_known ? used : unusable).push_back(result_words(to, of->ref, ""));
  }
  if (all_known && used.size() > 1 && is_of_one_day(e.model, formula))
    return fmt::format(": {} are not of one day", joined(used, " and "));
  if (!unusable.empty()) return ": " + joined(unusable, ", ");
  const auto lacking = missing_in(e, formula);
  return lacking.empty() ? "" : " without " + joined(lacking, ", ");
}

}  // namespace

std::string missing_words(Telling& to, RefId id) {
  Evaluation& e = to.e;
  const Ref& ref = e.model.refs[id];
  const std::string& name = e.model.fact(ref.fact).name;
  const ResolvedWindow& window = window_of(e, ref.window);
  if (!window.known)
    if (const std::string anchors = missing_anchor_words(e, ref.window); !anchors.empty())
      return fmt::format("{}: {}", name, anchors);
  if (const Record* near = window.known ? nearest_outside(e, ref, window) : nullptr) {
    use(to, static_cast<uint32_t>(near - e.patient.records.data()), false);
    const auto at = [&](Tick tick) { return tick_words(tick, window.in_minutes); };
    if (ticks_of(near->start, window.in_minutes).last < window.stretch.from.first)
      return fmt::format("the last {} is of {}, before the window that starts {}", name,
                         to_string(near->start), at(window.stretch.from.first));
    return fmt::format("{} of {} is after {}", name, to_string(near->start), at(window.stretch.to.last));
  }
  if (e.model.fact(ref.fact).kind == FactKind::judgement && has_other_series(e, ref))
    return fmt::format("{} is answered for another trial, not for this one", name);
  if (has_other_series(e, ref))
    return fmt::format("{} is given only {}per cent of predicted", name,
                       ref.of_predicted ? "in its own unit, not in " : "in ");
  if (ref.formula != kNone)
    if (const std::string why = why_not_computed(to, ref.formula); !why.empty())
      return fmt::format("{} is missing, and cannot be computed{}", name, why);
  if (ref.window == kNone) return name + " is missing";
  return fmt::format("{} is missing: needed {}", name, window_words(e, ref.window));
}

std::string result_words(Telling& to, RefId id, const std::string& limit) {
  const Candidates found = candidates_of(to.e, id);
  if (found.count == 0) return missing_words(to, id);
  if (!chooses(to.e.model.refs[id])) return selected_words(to, id, limit);
  return result_words(to, id, std::vector(std::min<size_t>(found.count, kMostUsed), limit), {});
}

std::string result_words(Telling& to, RefId id, const std::vector<std::string>& own, std::string_view what) {
  Evaluation& e = to.e;
  const Ref& ref = e.model.refs[id];
  const Candidates found = candidates_of(e, id);
  std::vector<std::string> texts;
  for (uint32_t i = 0; i < found.count && i < own.size(); ++i) {
    const uint32_t r = list(e, found)[i].record;
    use(to, r, true, own[i]);
    if (i >= kMostNamed) continue;
    texts.push_back(one_result(e, ref, e.patient.records[r]));
    if (!what.empty()) texts.back() += fmt::format(" ({} {})", what, own[i]);
  }
  if (found.count > kMostNamed) texts.push_back(fmt::format("{} more", found.count - kMostNamed));
  const std::string which = ref.selector == Selector::earliest ? "earliest " : "";
  const std::string text = which + joined(texts, " or ");
  if (const std::string anchors = missing_anchor_words(e, ref.window); found.maybe_none && !anchors.empty())
    return fmt::format("{}: {}", text, anchors);
  if (found.maybe_none)
    return fmt::format("{}: whether it is {} is not certain", text, place_words(e, ref.window));
  return found.count == 1 ? text
                          : fmt::format("{}: which is the {} is not known", text, spelling(ref.selector));
}

void tell_parts(Telling& to, const OneOf& q) {
  const Fact& fact = to.e.model.fact(to.e.model.refs[q.ref].fact);
  uint64_t told = 0;
  for (const Candidate& c : list(to.e, candidates_of(to.e, q.ref)))
    if (const uint32_t word = to.e.patient.records[c.record].word; word < 64)
      told |= q.maybe & uint64_t{1} << word;
  for (uint32_t stage = 0; stage < fact.values.size(); ++stage) {
    if (!(told >> stage & 1)) continue;
    std::vector<std::string> parts;
    for (uint64_t rest = parts_of(fact, stage); rest != 0; rest &= rest - 1)
      parts.push_back(fact.values[size_t(std::countr_zero(rest))]);
    say(to, fmt::format("{} may be {}", fact.values[stage], joined(parts, " or ")));
  }
}

void tell_result(Telling& to, RefId id) {
  const Ref& ref = to.e.model.refs[id];
  const Fact& fact = to.e.model.fact(ref.fact);
  if (ref.formula != kNone && candidates_of(to.e, id).count == 0)
    if (const Amount computed = computed_of(to.e, ref); computed.known())
      return say(to, fmt::format("{} is computed: {}", fact.name, amount_words(computed, fact.unit_text)));
  if (fact.kind != FactKind::date) return say(to, result_words(to, id, {}));
  if (to.e.patient.first(ref.fact) == kNone) return say(to, fact.name + " is not given");
  use(to, to.e.patient.first(ref.fact));
  say(to, record_words(to.e, to.e.patient.records[to.e.patient.first(ref.fact)]));
}

void tell_stable_result(Telling& to, const StableResult& q, Truth truth) {
  Evaluation& e = to.e;
  const Ref& ref = e.model.refs[q.ref];
  const std::string& name = e.model.fact(ref.fact).name;
  const ResolvedWindow& window = window_of(e, q.window);
  std::vector<std::string> results;
  for (uint32_t r = e.patient.first(ref.fact); r != kNone; r = e.patient.records[r].next) {
    const Record& record = e.patient.records[r];
    if (!in_series(e, ref, record) || in_window(window, moment_of(record, window.in_minutes)) == Truth::no)
      continue;
    if (results.size() < kMostUsed) use(to, r);
    results.push_back(listed_result(e, ref, record));
  }
  if (results.empty()) return say(to, missing_words(to, q.ref));
  const std::string when = window_words(e, q.window);
  if (results.size() == 1)
    return say(to, fmt::format("{} {} is the only one {}: one alone does not say whether it stays", name,
                               results[0], when));
  if (results.size() > kMostNamed) {
    const std::string more = fmt::format("{} more", results.size() - kMostNamed);
    results.resize(kMostNamed);
    results.push_back(more);
  }
  const std::string_view word = truth == Truth::yes  ? "stays"
                                : truth == Truth::no ? "does not stay"
                                                     : "may or may not stay";
  say(to, fmt::format("{} {} within {}% of its first result {}: {}", name, word,
                      number_words(q.fraction * Rational(100)), when, joined(results, ", ")));
}

}  // namespace crit
