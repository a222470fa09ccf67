// Records for the solver: how many there are of what is asked, and what a record of one kind says of another:
// one of a member is one of its class, one within a month is one within a year.
#include <fmt/format.h>

#include <algorithm>

#include "tools/lint/encode.hpp"
#include "tools/lint/encode_windows.hpp"

namespace crit {

namespace {

// Of what is asked about records; beyond it nothing is said of one and another, since each is held against
// each.
constexpr size_t kMostPatterns = 400;

using z3::expr;
using z3::implies;

bool has_member(const Class& c, FactId fact) {
  return std::ranges::find(c.members, fact, &Class::Member::fact) != c.members.end();
}
bool overlap(const Class& a, const Class& b) {
  return std::ranges::any_of(a.members, [&](const Class::Member& m) { return has_member(b, m.fact); });
}

// `with` as the record that stands for `records[record]` answers it.
Certain with_of(Encoding& e, uint32_t record, NodeId with) {
  if (with == kNone) return {e.z.bool_val(true), e.z.bool_val(false)};
  const uint32_t outer = std::exchange(e.record, record);
  const Certain made = certain_of(e, with);
  e.record = outer;
  return made;
}

unsigned formula_id(Encoding& e, NodeId with) {
  return with_of(e, 0, with).yes.id();
}

bool same_exception(Encoding& e, const RecordsOf::Exception& a, const RecordsOf::Exception& b) {
  return a.classes == b.classes && a.window == b.window && formula_id(e, a.with) == formula_id(e, b.with);
}

bool same_records(Encoding& e, const RecordsOf& a, const RecordsOf& b) {
  const auto same = [&](const auto& x, const auto& y) { return same_exception(e, x, y); };
  return a.of == b.of && a.window == b.window && formula_id(e, a.with) == formula_id(e, b.with) &&
         std::ranges::equal(a.exceptions, b.exceptions, same);
}

uint32_t record_vars(Encoding& e, const RecordsOf& asked) {
  if (e.records.empty()) e.records.push_back({});
  for (uint32_t i = 1; i < e.records.size(); ++i)
    if (same_records(e, e.records[i].asked, asked)) return i;
  e.records.push_back({asked, {}});
  return static_cast<uint32_t>(e.records.size() - 1);
}

expr at_least(Encoding& e, uint32_t record, uint32_t n) {
  const expr made = bool_named(e, fmt::format("at least {} of record {}", n, record));
  return e.records[record].at_least.emplace(n, made).first->second;
}

// --- the record that stands for a pattern
// ------------------------------------------------------------------------

struct Relate {
  Encoding& e;

  const Class& class_of(ClassId id) const { return e.model.classes[id]; }
  const RecordsOf& asked(uint32_t record) const { return e.records[record].asked; }

  bool lasts(const RecordsOf& r) const {
    return r.window != kNone && e.model.windows[r.window].kind == Window::Kind::for_at_least;
  }

  expr is_of(uint32_t record, ClassId id) const {
    const Class &own = class_of(asked(record).of), &other = class_of(id);
    if (has_member(other, own.fact)) return e.z.bool_val(true);
    if (!overlap(own, other)) return e.z.bool_val(false);
    const std::pair key(record, id);
    return e.of_class.emplace(key, bool_named(e, fmt::format("record {} is of class {}", record, id)))
        .first->second;
  }

  // The record is certainly not taken away by the exception.
  expr is_kept(uint32_t record, const RecordsOf::Exception& exception) const {
    std::vector<expr> kinds;
    for (ClassId id : exception.classes) kinds.push_back(is_of(record, id));
    return !any_of(e, kinds) || with_of(e, record, exception.with).no;
  }

  // What a pattern promises of its record.
  void promise(uint32_t p) const {
    const RecordsOf& own = asked(p);
    std::vector<expr> promised = {with_of(e, p, own.with).yes};
    for (const auto& exception : own.exceptions)
      if (exception.window == kNone) promised.push_back(is_kept(p, exception));
    e.axioms.push_back(implies(at_least(e, p, 1), all_of(e, promised)));
  }

  // The record of p is one of q too, where it is of the kind, answers q's `with`, and no exception of q takes
  // it away.
  void imply(uint32_t p, uint32_t q) const {
    const RecordsOf &from = asked(p), &to = asked(q);
    if (!overlap(class_of(from.of), class_of(to.of)) || !lies_inside(e.model, from.window, to.window)) return;
    std::vector<expr> if_so = {at_least(e, p, 1), is_of(p, to.of), with_of(e, p, to.with).yes};
    bool always = has_member(class_of(to.of), class_of(from.of).fact) &&
                  (to.with == kNone || formula_id(e, to.with) == formula_id(e, from.with));
    for (const auto& exception : to.exceptions) {
      const auto same = [&](const auto& x) { return same_exception(e, x, exception); };
      if (std::ranges::any_of(from.exceptions, same)) continue;
      const expr kept = is_kept(p, exception);
      always = always && kept.simplify().is_true();
      if_so.push_back(kept);
    }
    // What lasts may do so in several records, and each of them has to be one of q.
    if (always || !lasts(to)) e.axioms.push_back(implies(all_of(e, if_so), at_least(e, q, 1)));
    if (!always) return;
    for (const auto& [n, more] : e.records[p].at_least)
      for (const auto& [m, fewer] : e.records[q].at_least)
        if (m <= n) e.axioms.push_back(implies(more, fewer));
  }

  void count(uint32_t p) const {
    const auto& counts = e.records[p].at_least;
    for (auto more = counts.begin(); more != counts.end(); ++more)
      for (auto fewer = counts.begin(); fewer != more; ++fewer)
        e.axioms.push_back(implies(more->second, fewer->second));
  }

  // A record's kinds agree: of a member means of its class; two classes without a common member exclude each
  // other.
  void kinds() const {
    for (const auto& [a, is_a] : e.of_class)
      for (const auto& [b, is_b] : e.of_class) {
        if (a.first != b.first || a.second == b.second) continue;
        const Class &x = class_of(a.second), &y = class_of(b.second);
        if (has_member(y, x.fact)) e.axioms.push_back(implies(is_a, is_b));
        if (!overlap(x, y)) e.axioms.push_back(!is_a || !is_b);
      }
  }

  // Something of the class is there on the anchor's day.
  void ongoing(const expr& is_there, ClassId of, const AnchorSpec& anchor) const {
    for (uint32_t q = 1; q < e.records.size(); ++q) {
      const RecordsOf& to = asked(q);
      if (to.with != kNone || !to.exceptions.empty()) continue;
      if (!has_member(class_of(to.of), class_of(of).fact) || !holds_ongoing(e.model, anchor, to.window))
        continue;
      e.axioms.push_back(implies(is_there, at_least(e, q, 1)));
    }
  }
};

}  // namespace

Certain records_of(Encoding& e, const RecordsOf& asked) {
  const uint32_t record = record_vars(e, asked);
  const auto surely = [&](uint32_t n) { return n == 0 ? e.z.bool_val(true) : at_least(e, record, n); };
  const auto made = [](const expr& yes) { return Certain{yes, !yes}; };
  switch (asked.count) {
    case Records::Count::some:
      return made(surely(1));
    case Records::Count::no:
      return made(!surely(1));
    case Records::Count::at_least:
      return made(surely(asked.n));
    case Records::Count::at_most:
      return made(!surely(asked.n + 1));
    case Records::Count::exactly:
      return made(surely(asked.n) && !surely(asked.n + 1));
  }
  return made(surely(1));
}

Certain stable_dose_of(Encoding& e, NodeId id, const StableDose& asked) {
  const std::string name = fmt::format("stable dose {}", id);
  const Certain made = when_known(known_named(e, name), bool_named(e, name));
  e.stable.push_back({asked, made.yes});
  return made;
}

void relate_records(Encoding& e) {
  const Relate records{e};
  const auto count = static_cast<uint32_t>(e.records.size());
  if (e.records.size() > kMostPatterns) return;
  for (const auto& [asked, yes] : e.stable) {
    records.ongoing(yes, asked.of, asked.anchor);
    for (const auto& [other, other_yes] : e.stable)
      if (asked.of == other.of && same(asked.anchor, other.anchor) && at_most(other.duration, asked.duration))
        e.axioms.push_back(implies(yes, other_yes));
  }
  for (const auto& [key, dose] : e.doses)
    if (!dose.first.over && dose.first.window == kNone)
      records.ongoing(dose.second.known && dose.second.value > 0, dose.first.of, AnchorSpec{});
  for (uint32_t p = 1; p < count; ++p) {
    records.promise(p);
    records.count(p);
    for (uint32_t q = 1; q < count; ++q)
      if (p != q) records.imply(p, q);
  }
  records.kinds();
}

}  // namespace crit
