// A batch of patients under one trial: the same outcomes as one by one. `and`, `or` and `not` are answered
// for all of them at once, and so is what is asked about records where there are none; the rest patient by
// patient.
#include "interpreter/evaluate_batch.hpp"

#include <algorithm>

#include "interpreter/evaluation.hpp"
#include "interpreter/plain_age.hpp"
#include "interpreter/plain_drug.hpp"

namespace crit {

namespace {

struct Asking {
  const Model& model;
  const Batch& batch;
  BatchAnswers& answers;
  Scratch& scratch;

  Truths truths_of(NodeId id, Places of) const;
};

// What a condition comes to for some of the patients.
struct TruthsOf {
  const Asking& all;
  NodeId id;
  Places of;

  template <typename Ask>
  Truths one_by_one(Places places, Ask ask) const {
    Truths truths;
    for_each_place(places, [&](uint32_t place) {
      Evaluation e = begin_walk(all.model, all.batch[place], all.scratch);
      truths.set(place, settled_by_days(e, id, ask(e)));
    });
    return truths;
  }

  Truths operator()(const AllOf& q) const {
    Truths truths{of, 0};
    for (const NodeId node : all.model.list(q.nodes)) {
      const Truths one = all.truths_of(node, of & ~truths.no);
      truths = {truths.yes & one.yes, truths.no | one.no};
    }
    return truths;
  }

  Truths operator()(const AnyOf& q) const {
    Truths truths{0, of};
    for (const NodeId node : all.model.list(q.nodes)) {
      const Truths one = all.truths_of(node, of & ~truths.yes);
      truths = {truths.yes | one.yes, truths.no & one.no};
    }
    return truths;
  }

  Truths operator()(const Negation& q) const { return !all.truths_of(q.operand, of); }

  Evaluation first() const {
    return begin_walk(all.model, all.batch[size_t(std::countr_zero(of))], all.scratch);
  }

  // Those whose window is that of the first: by the day of screening, or by the day of another date.
  Places alike(WindowId id, const ResolvedWindow& of_first) const {
    if (of_first.by_screening) return of_first.by_screening_alone || all.batch.is_of_one_day() ? of : 0;
    if (!of_first.by_one_date || !of_first.day || !all.batch.is_of_one_day()) return 0;
    const FactId date = all.model.windows[id].anchor.date;
    Places same = 0;
    for_each_place(of, [&](uint32_t place) {
      const Patient& patient = all.batch[place];
      const uint32_t r = patient.first(date);
      const bool is_same = r != kNone && patient.records[r].next == kNone && patient.records[r].has_start &&
                           patient.records[r].start == of_first.day;
      same |= Places{is_same} << place;
    });
    return same;
  }

  // Where no record is of the class, or may be, the answer rests on what is denied or complete, if the window
  // ends before or after screening for all alike.
  Truths operator()(const RecordsOf& q) const {
    Evaluation e = first();
    const ResolvedWindow& of_first = window_of(e, q.window);
    const Places same = of_first.one_by_one ? alike(q.window, of_first) : 0;
    Truths truths;
    if (same != 0) truths = records_alike(q, of_first, same);
    truths.add(one_by_one(of & ~same, [&](Evaluation& one) { return records_truth(one, q); }));
    return truths;
  }

  Truths records_alike(const RecordsOf& q, const ResolvedWindow& of_first, Places same) const {
    const Class& asked = all.model.classes[q.of];
    const Places some = same & all.batch.with_record(asked.kin), none = same & ~some;
    const Places closed =
        of_first.up_to_screening ? none & (all.batch.complete(asked.part) | all.batch.denying(asked.up)) : 0;
    const auto ask = [&](Evaluation& one) { return recorded_truth(one, q, asked, window_of(one, q.window)); };
    Truths truths;
    truths.set_all(closed, number_holds(q, {0, 0, true}));
    truths.set_all(none & ~closed, number_holds(q, {0, 0, false}));
    truths.add(all.batch.is_of_one_day() ? plainly(some, PlainRecords(all.model, q, of_first), ask)
                                         : one_by_one(some, ask));
    return truths;
  }

  Truths operator()(const Compare& q) const {
    const auto ask = [&](Evaluation& e) { return compare_nodes(e, q); };
    if (!all.batch.is_of_one_day()) return one_by_one(of, ask);
    Evaluation e = first();
    if (q.plain.ref != kNone) return plainly(of, PlainQuestion(e, q.plain), ask);
    if (const auto age = PlainAge::of(all.model, q, e.patient.screening->first_day))
      return plainly(of, *age, ask);
    const auto dose = PlainDose::of(e, q);
    const Places same = dose ? alike(dose->window(), window_of(e, dose->window())) : 0;
    Truths truths;
    if (same != 0) truths = plainly(same, *dose, ask);
    truths.add(one_by_one(of & ~same, ask));
    return truths;
  }

  Truths operator()(const StableDose& q) const {
    const auto ask = [&](Evaluation& e) { return stable_dose(e, q); };
    if (!all.batch.is_of_one_day()) return one_by_one(of, ask);
    Evaluation e = first();
    const auto stable = PlainStable::of(e, q);
    return stable ? plainly(of, *stable, ask) : one_by_one(of, ask);
  }

  // By the plain question, and, where that leaves it open, in full.
  template <typename Plain, typename Ask>
  Truths plainly(Places places, const Plain& question, Ask ask) const {
    if (!question.is_of_all()) return one_by_one(places, ask);
    QuickTruths quickly;
    for_each_place(places, [&](uint32_t place) { quickly.set(place, question.ask(all.batch[place])); });
    quickly.truths.add(one_by_one(quickly.open, ask));
    return quickly.truths;
  }

  // Without a record the answer is unknown.
  Truths operator()(const Answer& q) const {
    const Truths applies = q.applies == kNone ? Truths{of, 0} : all.truths_of(q.applies, of);
    const Places some = of & ~applies.no & all.batch.with_record(all.model.refs[q.ref].fact);
    const auto ask = [&](Evaluation& e) { return answer_of(e, q.ref); };
    if (some == 0 || !all.batch.is_of_one_day()) return joined(applies, one_by_one(some, ask));
    Evaluation e = first();
    return joined(applies, plainly(some, PlainAnswer(e, q.ref), ask));
  }
  static Truths joined(const Truths& applies, const Truths& said) {
    return {applies.yes & said.yes, applies.no | said.no};
  }
  Truths operator()(const OneOf& q) const {
    const Places some = of & all.batch.with_record(all.model.refs[q.ref].fact);
    const auto ask = [&](Evaluation& e) { return one_of(e, q); };
    if (some == 0 || !all.batch.is_of_one_day()) return one_by_one(some, ask);
    Evaluation e = first();
    return plainly(some, PlainChoice(e, q), ask);
  }

  template <typename Other>
  Truths operator()(const Other&) const {
    return one_by_one(of, [&](Evaluation& e) { return truth_by_hull(e, id); });
  }
};

Truths Asking::truths_of(NodeId id, Places of) const {
  Answered& known = BatchAnswers::kept(answers, id);
  const Places open = of & ~known.asked;
  if (open != 0) {
    const Truths found = std::visit(TruthsOf{*this, id, open}, model.nodes[id].what);
    known.truths.add(found);
    known.asked |= open;
  }
  return known.truths.of(of);
}

// The places of a criterion's answers among those of all places: nearly all pass, so that only the others are
// gone through.
struct Column {
  BatchAnswers& answers;
  const CriterionModel& criterion;
  size_t criteria, number;

  void write(Places of, const Truths& applies, const Truths& holds) const {
    const Truth usual = criterion.include ? Truth::yes : Truth::no;
    for_each_place(of & ~(applies.yes & holds.where(usual)), [&](uint32_t place) {
      const Truth here = holds.at(place);
      const size_t at = place * criteria + number;
      const Outcome outcome = outcome_of(criterion, kNone, applies.at(place), here);
      answers.outcomes[at] = outcome;
      answers.holds[at] = here;
      answers.failed |= Places{outcome == Outcome::fail} << place;
      answers.open |= Places{outcome == Outcome::unknown} << place;
    });
  }
};

// As if all pass: the first place's answers, twice, four times...
void begin_answers(const Model& model, size_t places, BatchAnswers& answers) {
  answers.nodes.assign(model.nodes.size(), {});
  answers.failed = answers.open = 0;
  places = std::max<size_t>(places, 1);
  answers.outcomes.assign(model.criteria.size() * places, Outcome::pass);
  answers.holds.resize(model.criteria.size() * places);
  Truth* const holds = answers.holds.data();
  for (size_t i = 0; i < model.criteria.size(); ++i)
    holds[i] = model.criteria[i].include ? Truth::yes : Truth::no;
  for (size_t done = model.criteria.size(); done < answers.holds.size(); done *= 2)
    std::copy_n(holds, std::min(done, answers.holds.size() - done), holds + done);
}

// Of an answer for all arms, the one for this arm.
void leave_other_arms(const Model& model, uint32_t arm, Verdict& verdict) {
  for (size_t i = 0; i < verdict.outcomes.size(); ++i) {
    if (is_of_arm(model.criteria[i], arm)) continue;
    verdict.outcomes[i] = Outcome::not_applicable;
    verdict.holds[i] = Truth::unknown;
  }
  verdict.decision = decide(verdict.outcomes);
}

}  // namespace

void evaluate(const Model& model, const Batch& batch, Places of, const CommonConditions::OfModel* numbers,
              BatchAnswers& answers, Scratch& scratch) {
  scratch.answers = nullptr;
  begin_answers(model, batch.size(), answers);
  answers.numbers = numbers;
  const Asking all{model, batch, answers, scratch};
  for (size_t i = 0; i < model.criteria.size(); ++i) {
    const CriterionModel& criterion = model.criteria[i];
    const Truths applies = criterion.when == kNone ? Truths{of, 0} : all.truths_of(criterion.when, of);
    const Places asked = criterion.condition == kNone ? 0 : of & ~applies.no;
    const Truths holds = asked == 0 ? Truths{} : all.truths_of(criterion.condition, asked);
    Column{answers, criterion, model.criteria.size(), i}.write(of, applies, holds);
  }
}

void take(const Model& model, const BatchAnswers& answers, uint32_t place, uint32_t arm, Verdict& verdict) {
  const size_t criteria = model.criteria.size();
  const auto first = static_cast<std::ptrdiff_t>(place * criteria),
             last = first + static_cast<std::ptrdiff_t>(criteria);
  std::vector<Outcome>& outcomes = verdict.outcomes;
  std::vector<Truth>& holds = verdict.holds;
  outcomes.assign(answers.outcomes.begin() + first, answers.outcomes.begin() + last);
  holds.assign(answers.holds.begin() + first, answers.holds.begin() + last);
  const bool some_fails = answers.failed >> place & 1, some_is_open = answers.open >> place & 1;
  verdict.decision = some_fails     ? Decision::ineligible
                     : some_is_open ? Decision::undetermined
                                    : Decision::eligible;
  if (arm != kNone) leave_other_arms(model, arm, verdict);
  verdict.scratch.answers = &answers;
  verdict.scratch.place = place;
  verdict.scratch.verdict_epoch = 0;
}

}  // namespace crit
