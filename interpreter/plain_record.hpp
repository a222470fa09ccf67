// How many records of a class there are, asked of many patients: where each name has one record that is
// plainly in the window, or plainly not.
#pragma once

#include "interpreter/plain_question.hpp"

namespace crit {

// Up to screening there is none of the class, said on no day: a record that says so is not plain.
inline bool is_denied_plainly(const Patient& patient, const Class& of) {
  return patient.denials && of.up.meets(patient.denied());
}

// A window of whole days with certain ends, and nothing taken out.
inline bool is_of_certain_days(const ResolvedWindow& w) {
  return w.sure_from <= w.sure_to && w.stretch.from.first == w.sure_from && w.stretch.to.last == w.sure_to;
}

// How many records of a class there are, of patients who have one of it or of what is above it.
class PlainRecords {
 public:
  PlainRecords(const Model& model, const RecordsOf& q, const ResolvedWindow& window)
      : q_(q),
        of_(model.classes[q.of]),
        window_(window),
        with_(q.with == kNone                     ? With::nothing
              : reads_an_attribute(model, q.with) ? With::attribute
                                                  : With::more) {}

  bool is_of_all() const {
    const bool by_any_day =
        window_.kind != Window::Kind::starting_within && window_.kind != Window::Kind::ending_within;
    return with_ != With::more && q_.exceptions.empty() && by_any_day && is_of_certain_days(window_);
  }

  [[gnu::always_inline]] Quick ask(const Patient& patient) const {
    const bool asks_for_some = q_.count == Records::Count::some || q_.count == Records::Count::no;
    Tally tally;
    bool open = false;
    of_.set.for_each_in(patient.recorded(), [&](FactId fact, uint32_t rank) {
      const Record& record = patient.records[patient.first(fact)];
      add(match(record, of_.members[of_.places[rank]], asks_for_some), tally, open);
      return asks_for_some && tally.certain > 0;
    });
    if (asks_for_some && tally.certain > 0) return quick(q_.count == Records::Count::some);
    for (const Class::Member& wider : of_.wider) {
      const uint32_t r = patient.first(wider.fact);
      if (r == kNone) continue;
      const Quick may_be = match(patient.records[r], wider, false);
      add(may_be == Quick::yes ? Quick::unknown : may_be, tally, open);
    }
    // Of several names one may be another of them that does not say which.
    const bool are_distinct = tally.certain <= 1 || of_.kind == FactKind::event;
    if (open || !are_distinct) return Quick::open;
    const bool is_denied = window_.up_to_screening && is_denied_plainly(patient, of_);
    tally.closed = is_denied || (window_.up_to_screening && patient.is_complete(of_.part));
    if (is_denied) tally.possible = 0;
    return quick(number_holds(q_, tally));
  }

 private:
  enum class With : uint8_t { nothing, attribute, more };

  static bool reads_an_attribute(const Model& model, NodeId with) {
    const Condition& what = model.nodes[with].what;
    return std::holds_alternative<AttributeOneOf>(what) || std::holds_alternative<AttributeYes>(what);
  }

  static void add(Quick one, Tally& tally, bool& open) {
    tally.certain += one == Quick::yes;
    tally.possible += one == Quick::unknown;
    open |= one == Quick::open;
  }

  // Unknown: it has no attributes, and one is asked for. `first_of_some`: others of its name do not matter.
  [[gnu::always_inline]] Quick match(const Record& record, const Class::Member& member,
                                     bool first_of_some) const {
    const bool alone = record.next == kNone;
    if (record.says != Says::yes || record.unconfirmed || !record.has_start || !record.start.is_day())
      return Quick::open;
    const Day day = record.start.first_day;
    const bool goes_on = !record.has_end && of_.kind != FactKind::event && !member.acute;
    if (surely_holds(window_, day) || (goes_on && day <= window_.sure_to)) {
      if (with_ == With::nothing) return alone || first_of_some ? Quick::yes : Quick::open;
      return alone && record.details == kNone ? Quick::unknown : Quick::open;
    }
    const bool is_over = record.single && of_.kind == FactKind::event;
    const bool is_outside = is_over || (!record.single && day > window_.sure_to);
    return alone && is_outside ? Quick::no : Quick::open;
  }

  const RecordsOf& q_;
  const Class& of_;
  const ResolvedWindow& window_;
  const With with_;
};

}  // namespace crit
