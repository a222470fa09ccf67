// A date that is known to the month, or the year: where a condition comes to the same on each of its days, it
// comes to that. The ends of a window that counts from such a date move together, which the hull of them does
// not know.
#include <algorithm>

#include "interpreter/evaluation.hpp"

namespace crit {

namespace {

constexpr int32_t kMostDays = 366;

bool is_inexact(const Record& r) {
  return !r.start.is_day() || (r.has_end && !r.end.is_day());
}

bool is_a_date(const AnchorSpec& anchor) {
  return anchor.kind != AnchorSpec::Kind::screening && anchor.kind != AnchorSpec::Kind::fixed;
}

bool counts_from_date(const WindowSpec& w) {
  return is_a_date(w.anchor) || is_a_date(w.until) || std::ranges::any_of(w.blackouts, counts_from_date);
}

// Whether such a date may have a say in it. Of what has limits it is not asked: they may go by any date.
struct MayCountFromDate {
  const Model& model;

  bool window(WindowId id) const { return id != kNone && counts_from_date(model.windows[id]); }
  bool ref(RefId id) const { return window(model.refs[id].window); }

  bool operator()(const Compare&) const { return true; }
  bool operator()(const IsNormal&) const { return true; }
  bool operator()(const ValueKnown&) const { return true; }
  bool operator()(const Answer& q) const { return ref(q.ref); }
  bool operator()(const OneOf& q) const { return ref(q.ref); }
  bool operator()(const IsKnown& q) const { return ref(q.ref); }
  bool operator()(const RecordsOf& q) const {
    const auto counts = [&](const RecordsOf::Exception& x) { return window(x.window); };
    return window(q.window) || std::ranges::any_of(q.exceptions, counts);
  }
  bool operator()(const StableDose& q) const { return is_a_date(q.anchor); }
  bool operator()(const StableResult& q) const { return window(q.window); }
  // Of their parts each is asked by itself.
  bool operator()(const AllOf&) const { return false; }
  bool operator()(const AnyOf&) const { return false; }
  bool operator()(const Negation&) const { return false; }
  bool operator()(const CountOf&) const { return false; }
  bool operator()(const Choose&) const { return false; }
  bool operator()(const OfOneDay&) const { return false; }
  // They have no window.
  bool operator()(const Constant&) const { return false; }
  bool operator()(const AttributeOneOf&) const { return false; }
  bool operator()(const AttributeYes&) const { return false; }
  bool operator()(const AttributeKnown&) const { return false; }
};

bool is_same(const AnchorSpec& a, const AnchorSpec& b) {
  return a.kind == b.kind && a.date == b.date && a.of == b.of;
}

// A walk of its own, beside the one that goes on: as if the date were that day, or to note such dates.
Truth truth_beside(Evaluation& e, NodeId id, const std::optional<TakenDay>& day,
                   std::vector<InexactDay>* inexact = nullptr) {
  Scratch& beside = *e.scratch.beside;
  Evaluation walk = begin_walk(e.model, e.patient, beside);
  beside.answers = nullptr;
  beside.taken = day;
  beside.inexact = inexact;
  walk.record = e.record;
  const Truth truth = truth_of(walk, id);
  beside.inexact = nullptr;
  return truth;
}

// The only inexact date that the condition asks for; nothing: there is none, or several.
std::optional<InexactDay> inexact_day(Evaluation& e, NodeId id) {
  if (!e.scratch.beside) e.scratch.beside = std::make_unique<Scratch>();
  std::vector<InexactDay> found;
  truth_beside(e, id, std::nullopt, &found);
  if (found.empty()) return std::nullopt;
  const auto is_other = [&](const InexactDay& day) { return !is_same(day.anchor, found.front().anchor); };
  return std::ranges::any_of(found, is_other) ? std::nullopt : std::optional(found.front());
}

}  // namespace

std::optional<When> taken_or_noted(Evaluation& e, const AnchorSpec& anchor, const std::optional<When>& day) {
  if (e.scratch.taken && is_same(anchor, e.scratch.taken->anchor)) return e.scratch.taken->day;
  if (e.scratch.inexact && day && !day->is_day()) e.scratch.inexact->push_back({anchor, *day});
  return day;
}

bool may_count_from_date(const Evaluation& e, NodeId id) {
  if (e.scratch.taken || e.scratch.inexact) return false;
  return std::visit(MayCountFromDate{e.model}, e.model.nodes[id].what) &&
         std::ranges::any_of(e.patient.records, is_inexact);
}

std::optional<OnEachDay> on_each_day(Evaluation& e, NodeId id) {
  if (!may_count_from_date(e, id)) return std::nullopt;
  const auto date = inexact_day(e, id);
  if (!date || date->days.last_day - date->days.first_day >= kMostDays) return std::nullopt;
  std::optional<Truth> all;
  for (Day day = date->days.first_day; day <= date->days.last_day; ++day) {
    const Truth one = truth_beside(e, id, TakenDay{date->anchor, {day, day, -1}});
    if (one == Truth::unknown || (all && *all != one)) return std::nullopt;
    all = one;
  }
  return OnEachDay{*date, *all};
}

// Asked once of each condition, since a comparison may ask for it in each of its ways. Kept where conditions
// of conditions keep their truth: of those none counts from a date itself.
Truth truth_on_all_days(Evaluation& e, NodeId id) {
  Remembered& remembered = e.scratch.truths[id];
  if (remembered.epoch == e.scratch.epoch && remembered.record == e.record) return remembered.truth;
  const auto each = on_each_day(e, id);
  remembered = {e.scratch.epoch, e.record, each ? each->truth : Truth::unknown};
  return remembered.truth;
}

}  // namespace crit
