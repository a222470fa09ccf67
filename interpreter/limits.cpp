// The reference limit of one result: its own, or that of the laboratory's range for the patient's sex and
// age.
#include "interpreter/explanation.hpp"

namespace crit {

namespace {

// `assumed`: as if the patient were of that sex, an index into the values of `sex`.
Truth of_sex(const Evaluation& e, const RangeSpec& range, std::optional<uint32_t> assumed = {}) {
  if (!range.sex) return Truth::yes;
  if (e.model.sex == kNoFact) return Truth::unknown;
  const auto wanted = value_index(e.model.fact(e.model.sex), *range.sex);
  if (assumed) return truth(wanted == assumed);
  Truth found = Truth::unknown;
  for (uint32_t r = e.patient.first(e.model.sex); r != kNone; r = e.patient.records[r].next) {
    const Truth here = truth(wanted && e.patient.records[r].word == *wanted);
    if (r != e.patient.first(e.model.sex) && here != found) return Truth::unknown;
    found = here;
  }
  return found;
}

// The age on the day of the result; an undated result is of some day up to screening.
Truth of_age(Evaluation& e, const RangeSpec& range, const Record& record) {
  if (!range.age_from && !range.age_to) return Truth::yes;
  const auto birth = e.model.birth_date == kNoFact
                         ? std::nullopt
                         : day_of(e, {AnchorSpec::Kind::date_fact, e.model.birth_date, kNone, {}});
  if (!birth) return Truth::unknown;
  const When at = record.has_start ? record.start : When{birth->first_day, e.patient.screening->last_day, -1};
  const Amount age = completed_between(*birth, at, range.age_unit);
  Truth t = Truth::yes;
  if (range.age_from) t = t & compare(age, CompareOp::greater_equal, exactly(*range.age_from));
  if (range.age_to) t = t & compare(age, CompareOp::less_equal, exactly(*range.age_to));
  return t;
}

Truth from_then_on(const RangeSpec& range, const Record& record) {
  if (!range.from) return Truth::yes;
  if (!record.has_start) return Truth::unknown;
  if (record.start.first_day >= range.from->last_day) return Truth::yes;
  return record.start.last_day < range.from->first_day ? Truth::no : Truth::unknown;
}

// Of two ranges that hold the later one counts: it replaces the earlier.
bool replaced(Evaluation& e, const RangeSpec& range, const Record& record) {
  for (const RangeSpec& other : e.model.ranges) {
    if (other.measure != range.measure || other.laboratory != range.laboratory || !other.from) continue;
    if (range.from && other.from->first_day <= range.from->first_day) continue;
    if (from_then_on(other, record) == Truth::yes) return true;
  }
  return false;
}

// The laboratory is the one that the result names, or the only one that has a range for this measure.
bool laboratory_is_said(const Evaluation& e, FactId measure, std::string_view lab) {
  if (!lab.empty()) return true;
  const std::string* only = nullptr;
  for (const RangeSpec& range : e.model.ranges) {
    if (range.measure != measure) continue;
    if (only && *only != range.laboratory) return false;
    only = &range.laboratory;
  }
  return true;
}

std::string_view lab_of(const Evaluation& e, const Record& record) {
  return record.details == kNone ? std::string_view() : e.patient.details[record.details].lab;
}

// Nothing, and whether that is because two lines that may hold say different limits.
std::optional<LimitFound> limit_if(Evaluation& e, const Ref& ref, const Record& record, bool upper,
                                   std::optional<uint32_t> sex, bool* disagree = nullptr) {
  const std::string_view lab = lab_of(e, record);
  if (ref.of_predicted || !laboratory_is_said(e, ref.fact, lab)) return std::nullopt;
  std::optional<LimitFound> found;
  bool certain = false;
  for (const RangeSpec& range : e.model.ranges) {
    if (range.measure != ref.fact || (!lab.empty() && range.laboratory != lab)) continue;
    const Truth holds = of_sex(e, range, sex) & of_age(e, range, record) & from_then_on(range, record);
    if (holds == Truth::no || replaced(e, range, record)) continue;
    const auto& end = upper ? range.high : range.low;
    const LimitFound here{end ? exactly(*end) : Amount{}, end ? Limits::range : Limits::no_such_end};
    // Where another line may hold too, the limit is known only if they agree.
    if (found &&
        (found->from != here.from || compare(found->amount, CompareOp::equal, here.amount) == Truth::no)) {
      if (disagree) *disagree = true;
      return std::nullopt;
    }
    found = here;
    certain |= holds == Truth::yes;
  }
  return certain ? found : std::nullopt;
}

}  // namespace

std::optional<LimitFound> limit_in_ranges(Evaluation& e, const Ref& ref, const Record& record, bool upper) {
  const auto found = limit_if(e, ref, record, upper, {});
  if (found || e.model.sex == kNoFact || e.patient.first(e.model.sex) != kNone) return found;
  // The sex is not given: from the lowest of their limits to the highest.
  const size_t sexes = e.model.fact(e.model.sex).values.size();
  std::optional<Rational> low, high;
  for (uint32_t sex = 0; sex < sexes; ++sex) {
    const auto here = limit_if(e, ref, record, upper, sex);
    if (!here || here->from != Limits::range) return std::nullopt;
    if (!low || here->amount.low < *low) low = here->amount.low;
    if (!high || *high < here->amount.low) high = here->amount.low;
  }
  if (!low) return std::nullopt;
  return LimitFound{*low == *high ? exactly(*low) : between(*low, *high), Limits::range};
}

FactId lacking_for_range(Evaluation& e, const Ref& ref, const Record& record) {
  const std::string_view lab = lab_of(e, record);
  if (ref.of_predicted || !laboratory_is_said(e, ref.fact, lab)) return kNoFact;
  const auto is_lacking = [&](FactId fact) { return fact != kNoFact && e.patient.first(fact) == kNone; };
  const auto is_exact_day = [&](FactId fact) {
    const uint32_t r = fact == kNoFact ? kNone : e.patient.first(fact);
    return fact == kNoFact || (r != kNone && e.patient.records[r].start.is_day());
  };
  FactId lacking = kNoFact;
  for (const RangeSpec& range : e.model.ranges) {
    if (range.measure != ref.fact || (!lab.empty() && range.laboratory != lab)) continue;
    const Truth sex = of_sex(e, range), age = of_age(e, range, record), then = from_then_on(range, record);
    if ((sex & age & then) == Truth::no || replaced(e, range, record)) continue;
    if (sex == Truth::unknown && is_lacking(e.model.sex)) return e.model.sex;
    if (age == Truth::unknown && !is_exact_day(e.model.birth_date)) lacking = e.model.birth_date;
  }
  return lacking;
}

std::string no_limit_words(Evaluation& e, const Ref& ref, const Record& record, bool upper) {
  const FactId lacking = lacking_for_range(e, ref, record);
  if (lacking != kNoFact) return "not known without " + e.model.fact(lacking).name;
  if (!ref.of_predicted && !laboratory_is_said(e, ref.fact, lab_of(e, record)))
    return "not known: the result does not say of which laboratory it is";
  bool disagree = false;
  limit_if(e, ref, record, upper, {}, &disagree);
  return disagree ? "not known: the ranges of the file do not agree" : "missing";
}

LimitFound limit_of(Evaluation& e, const Ref& ref, const Record& record, bool upper) {
  if (record.details != kNone) {
    const Details& details = e.patient.details[record.details];
    const auto& own = upper ? details.upper : details.lower;
    if (own) {
      const bool convert = !ref.of_predicted && record.unit && !record.unit->identity;
      if (convert && !record.unit->convertible) return {};
      return {exactly(convert ? record.unit->scale(*own) : *own), Limits::own};
    }
  }
  if (e.model.ranges.empty()) return {};
  return limit_in_ranges(e, ref, record, upper).value_or(LimitFound{});
}

Record computed_record(const Evaluation& e, const Ref& ref) {
  Record made(ref.fact, Says::value);
  made.start = made.end = *e.patient.screening;
  made.has_start = made.has_end = made.single = true;
  return made;
}

LimitFound limit_of_computed(Evaluation& e, RefId id, bool upper) {
  const Ref& ref = e.model.refs[id];
  if (e.model.ranges.empty() || ref.formula == kNone || candidates_of(e, id).count > 0) return {};
  return limit_in_ranges(e, ref, computed_record(e, ref), upper).value_or(LimitFound{});
}

}  // namespace crit
