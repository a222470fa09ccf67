// mixed-calendar: `30 days` here and `1 month` there for one fact.
#include <fmt/format.h>

#include <map>

#include "tools/lint/fact_windows.hpp"

namespace crit {

namespace {

struct Seen {
  const PlainDuration* duration;
  Rational days;    // days and weeks
  Rational months;  // months and years
};

std::optional<Seen> seen(const PlainDuration& d) {
  const auto count = Rational::parse(d.count.digits);
  if (!count || count->is_zero()) return std::nullopt;
  switch (d.unit) {
    case DurationUnit::days:
      return Seen{&d, *count, 0};
    case DurationUnit::weeks:
      return Seen{&d, *count * 7, 0};
    case DurationUnit::months:
      return Seen{&d, 0, *count};
    case DurationUnit::years:
      return Seen{&d, 0, *count * 12};
    case DurationUnit::minutes:
    case DurationUnit::hours:
    case DurationUnit::half_lives:
      return std::nullopt;
  }
  return std::nullopt;
}

// 28 to 31 days a month: what people take for the same.
bool nearly_equal(const Seen& a, const Seen& b) {
  const Seen& days = a.months.is_zero() ? a : b;
  const Seen& months = a.months.is_zero() ? b : a;
  if (days.days.is_zero() || months.months.is_zero()) return false;
  return days.days >= months.months * 28 && days.days <= months.months * 31;
}

void run(const LintInput& input, Findings& findings) {
  std::map<std::string, std::vector<Seen>> by_fact;
  const auto look = [&](const FactWindow& w) {
    if (!w.fact || !w.duration) return;
    const Fact* fact = fact_of(input, w.fact->text);
    for (const PlainDuration& part : w.duration->parts) {
      const auto own = seen(part);
      if (!own) continue;
      std::vector<Seen>& others = by_fact[fact ? fact->name : w.fact->text];
      for (const Seen& other : others) {
        if (!nearly_equal(*own, other)) continue;
        Diagnostic d = finding(part.span,
                               fmt::format("`{}` of `{}` here, `{}` there", text_of(input.source, part.span),
                                           w.fact->text, text_of(input.source, other.duration->span)),
                               "a month has 28 to 31 days: use one of them, or quote the protocol's own "
                               "difference in an `allow`");
        d.notes.push_back({other.duration->span, "the other one"});
        findings.push_back(std::move(d));
        return;
      }
      others.push_back(*own);
    }
  };
  for_each_condition(input, [&](const Expr& condition) { for_each_window(condition, look); });
}

}  // namespace

extern const LintRule kMixedCalendar{"mixed-calendar",
                                     LintGroup::time,
                                     Severity::warning,
                                     "`30 days` here and `1 month` there for one fact",
                                     "Months are calendar months: the two windows differ by up to three "
                                     "days, and a patient can fall between them.",
                                     R"(trial T1 "example"

exclude E1 "Surgery with anaesthesia in the past 30 days"
  surgery with (major = yes) within 30 days

exclude E2 "Any surgery within 1 month"
  surgery within 1 month
)",
                                     R"(trial T1 "example"

exclude E1 "Surgery with anaesthesia in the past 1 month"
  surgery with (major = yes) within 1 month

exclude E2 "Any surgery within 1 month"
  surgery within 1 month
)",
                                     run};

}  // namespace crit
