// Laws of the evaluator, held on every trial of the repository and every patient of its cases.
//
//   less is no more   a patient's record made vaguer (a date without its day, a value that is only bounded, a
//   fact left
//                     out) gives the same answer or none: what is unknown never decides
//   order             criteria do not hear of each other
//   the quick ways    a number that exact_number finds is the one that amount_of says, and compare_exactly
//                     says what every way of reading the names says; a dose is that of the days
//   needed            an undetermined patient needs something, an answered one nothing
#include <algorithm>
#include <filesystem>
#include <functional>

#include "interpreter/evaluation.hpp"
#include "interpreter/load.hpp"
#include "interpreter/read_cases.hpp"
#include "interpreter/verdict.hpp"
#include "tests/test.hpp"

namespace {

using namespace crit;
namespace fs = std::filesystem;

struct TrialWithCases {
  Rules rules;
  std::optional<LoadedTrial> trial;
  std::optional<Source> source;
  std::optional<Intake> intake;  // the attributes' names stay with it
  CaseFile file;
};

std::vector<std::unique_ptr<TrialWithCases>> all_trials() {
  std::vector<std::unique_ptr<TrialWithCases>> all;
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(CRIT_SOURCE_DIR "/trials"))
    if (entry.path().extension() == ".crit") paths.push_back(entry.path());
  std::ranges::sort(paths);
  for (fs::path path : paths) {
    auto made = std::make_unique<TrialWithCases>();
    std::string problem;
    made->trial = load(made->rules, path.string(), problem);
    made->source = read_source(path.replace_extension(".cases").string(), problem);
    REQUIRE(made->trial);
    if (!made->source) continue;
    made->intake.emplace(made->rules.schema);
    made->file = read_cases(*made->intake, *made->source);
    all.push_back(std::move(made));
  }
  return all;
}

// `is known` asks what is recorded, and a formula stands in for what is not: there, less may be more.
bool asks_what_is_recorded(const Model& model) {
  const auto asks = [](const Node& node) {
    return std::holds_alternative<IsKnown>(node.what) || std::holds_alternative<ValueKnown>(node.what) ||
           std::holds_alternative<AttributeKnown>(node.what);
  };
  return std::ranges::any_of(model.nodes, asks);
}
bool has_formula(const Model& model, FactId fact) {
  return std::ranges::any_of(model.refs, [&](const Ref& r) { return r.fact == fact && r.formula != kNone; });
}

using Change = std::function<void(Patient&)>;

When month_of(const When& when) {
  const Civil day = to_civil(when.first_day);
  const Day first = to_day({day.year, day.month, 1});
  return {first, first + days_in_month(day.year, day.month) - 1, -1};
}
When year_of(const When& when) {
  const int32_t year = to_civil(when.first_day).year;
  return {to_day({year, 1, 1}), to_day({year, 12, 31}), -1};
}

// A day that is known becomes its month or its year.
void vaguer_dates(const Patient& p, uint32_t i, std::vector<Change>& changes) {
  const Record& record = p.records[i];
  for (const auto vague : {month_of, year_of}) {
    if (record.has_start && record.start.is_day())
      changes.push_back([=](Patient& q) {
        const bool one = q.records[i].single || q.records[i].start == q.records[i].end;
        q.records[i].start = vague(q.records[i].start);
        if (one && q.records[i].has_end) q.records[i].end = q.records[i].start;
      });
    if (record.has_end && !record.single && record.end.is_day())
      changes.push_back([=](Patient& q) { q.records[i].end = vague(q.records[i].end); });
  }
}

void vaguer_values(const Model& model, const Patient& p, uint32_t i, std::vector<Change>& changes) {
  const Record& record = p.records[i];
  const FactKind kind = model.fact(record.fact).kind;
  if (kind == FactKind::measure && record.has_value && record.bound == Bound::exact) {
    for (const Bound bound : {Bound::less_equal, Bound::greater_equal})
      changes.push_back([=](Patient& q) { q.records[i].bound = bound; });
    changes.push_back([=](Patient& q) {
      q.records[i].bound = Bound::less;
      q.records[i].value += Rational(1, 1000);
    });
  }
  if (kind == FactKind::drug && record.has_value)
    changes.push_back([=](Patient& q) { q.records[i].has_value = false; });
  if (kind == FactKind::judgement) changes.push_back([=](Patient& q) { q.records[i].signed_by = false; });
  if (record.details == kNone) return;
  changes.push_back([=](Patient& q) { q.details[q.records[i].details].attributes.clear(); });
  if (model.ranges.empty())
    changes.push_back([=](Patient& q) {
      q.details[q.records[i].details].upper.reset();
      q.details[q.records[i].details].lower.reset();
    });
}

std::vector<Change> all_vaguer(const Model& model, const Patient& p) {
  std::vector<Change> changes;
  for (uint32_t i = 0; i < p.records.size(); ++i) {
    if (p.records[i].says == Says::no && part_of(model.fact(p.records[i].fact).kind) != Part::none) continue;
    vaguer_dates(p, i, changes);
    vaguer_values(model, p, i, changes);
  }
  changes.push_back([](Patient& q) { q.complete = 0; });
  for (const FactId fact : p.named()) {
    if (has_formula(model, fact)) continue;
    const Part part = part_of(model.fact(fact).kind);
    changes.push_back([=](Patient& q) {
      q.forget(fact);
      q.complete &= static_cast<uint8_t>(~(1u << uint8_t(part)));
    });
  }
  return changes;
}

bool settled(Outcome outcome) {
  return outcome != Outcome::unknown;
}

// Whom a criterion does not apply to, it does not stop: the same answer as a pass.
bool same_answer(Outcome a, Outcome b) {
  const auto lets_in = [](Outcome o) { return o == Outcome::pass || o == Outcome::not_applicable; };
  return a == b || (lets_in(a) && lets_in(b));
}

std::string contradiction(const Model& model, const Verdict& full, const Verdict& less) {
  for (size_t i = 0; i < model.criteria.size(); ++i)
    if (settled(less.outcomes[i]) && !same_answer(less.outcomes[i], full.outcomes[i]))
      return model.criteria[i].id + ": " + std::string(name_of(full.outcomes[i])) +
             ", of less: " + std::string(name_of(less.outcomes[i]));
  return {};
}

bool can_decide(const Model& model, const Patient& patient) {
  return !refusal(model, patient) && arms_for(model, patient.arm);
}

std::vector<uint32_t> arms_of(const Model& model, const Patient& patient) {
  return arms_for(model, patient.arm).value_or(std::vector<uint32_t>{});
}

TEST_CASE("a vaguer record gives the same answer or none", "[evaluate]") {
  for (const auto& t : all_trials()) {
    const Model& model = t->trial->model;
    if (asks_what_is_recorded(model)) continue;
    for (const Case& tried : t->file.cases) {
      if (!can_decide(model, tried.patient)) continue;
      const uint32_t arm = arms_of(model, tried.patient).front();
      Verdict full, less;
      evaluate(model, tried.patient, arm, full);
      const std::vector<Change> changes = all_vaguer(model, tried.patient);
      for (size_t i = 0; i < changes.size(); ++i) {
        Patient vague = tried.patient;
        changes[i](vague);
        evaluate(model, vague, arm, less);
        INFO(tried.where << ", change " << i);
        CHECK(contradiction(model, full, less) == "");
      }
    }
  }
}

// A walk over each patient of the cases that its trial can decide.
template <typename Each>
void for_each_walk(Each each) {
  for (const auto& t : all_trials()) {
    for (const Case& tried : t->file.cases) {
      if (!can_decide(t->trial->model, tried.patient)) continue;
      Scratch scratch;
      Evaluation e = begin_walk(t->trial->model, tried.patient, scratch);
      INFO(tried.where);
      each(e);
    }
  }
}

TEST_CASE("the quick way to a number gives the number", "[evaluate]") {
  size_t found = 0;
  for_each_walk([&](Evaluation& e) {
    for (ValueId id = 0; id < e.model.values.size(); ++id) {
      Rational room;
      const Rational* quick = exact_number(e, id, room);
      if (!quick) continue;
      ++found;
      INFO("value " << id);
      const Amount amount = amount_of(e, id);
      CHECK(amount.kind == Amount::Kind::exact);
      CHECK(amount.low == *quick);
    }
  });
  CHECK(found > 10'000);
}

TEST_CASE("the quick way to a dose gives the dose of the days", "[evaluate]") {
  size_t found = 0;
  for_each_walk([&](Evaluation& e) {
    for (ValueId id = 0; id < e.model.values.size(); ++id) {
      const auto* dose = std::get_if<DoseValue>(&e.model.values[id].what);
      if (!dose) continue;
      INFO("value " << id);
      const Amount quick = dose_of(e, *dose), days = dose_day_by_day(e, *dose);
      found += quick.kind == Amount::Kind::exact && !quick.low.is_zero();
      CHECK(quick.kind == days.kind);
      if (!quick.known()) continue;
      CHECK(quick.low_edge == days.low_edge);
      CHECK(quick.high_edge == days.high_edge);
      CHECK(quick.low == days.low);
      CHECK(quick.high == days.high);
    }
  });
  CHECK(found > 100);
}

TEST_CASE("the quick way to compare says what all ways say", "[evaluate]") {
  size_t found = 0;
  for_each_walk([&](Evaluation& e) {
    for (NodeId id = 0; id < e.model.nodes.size(); ++id) {
      const auto* compare = std::get_if<Compare>(&e.model.nodes[id].what);
      const auto quick = compare ? compare_exactly(e, *compare) : std::nullopt;
      if (!quick) continue;
      ++found;
      INFO("node " << id);
      CHECK(*quick == compare_in_every_way(e, *compare));
    }
  });
  CHECK(found > 1'000);
}

TEST_CASE("the order of the criteria is irrelevant", "[evaluate]") {
  for (const auto& t : all_trials()) {
    const Model& model = t->trial->model;
    Model turned = model;
    std::ranges::reverse(turned.criteria);
    for (const Case& tried : t->file.cases) {
      if (!can_decide(model, tried.patient)) continue;
      for (const uint32_t arm : arms_of(model, tried.patient)) {
        Verdict as_written, reversed;
        evaluate(model, tried.patient, arm, as_written);
        evaluate(turned, tried.patient, arm, reversed);
        std::ranges::reverse(reversed.outcomes);
        INFO(tried.where);
        CHECK(as_written.outcomes == reversed.outcomes);
        CHECK(as_written.decision == reversed.decision);
      }
    }
  }
}

TEST_CASE("an undetermined patient needs something and each reason says something", "[evaluate]") {
  for (const auto& t : all_trials()) {
    const Model& model = t->trial->model;
    for (const Case& tried : t->file.cases) {
      if (!can_decide(model, tried.patient)) continue;
      for (const uint32_t arm : arms_of(model, tried.patient)) {
        Verdict verdict;
        evaluate(model, tried.patient, arm, verdict);
        INFO(tried.where);
        CHECK(needed(model, tried.patient, verdict).empty() == (verdict.decision != Decision::undetermined));
        for (uint32_t i = 0; i < model.criteria.size(); ++i) {
          const Reason reason = explain(model, tried.patient, i, verdict);
          INFO(model.criteria[i].id);
          CHECK(!reason.why.empty());
          CHECK(reason.needed.empty() == (verdict.outcomes[i] != Outcome::unknown));
        }
      }
    }
  }
}

}  // namespace
