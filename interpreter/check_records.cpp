// Records: `NAME [with ...] [window] [except ...]`, counts, stable doses.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "interpreter/checker.hpp"

namespace crit {

namespace {

std::optional<uint32_t> record_count(Checker& c, const Records& r) {
  if (!r.n) return 1;
  const auto n = Rational::parse(r.n->digits);
  const auto whole = n ? n->to_int64() : std::nullopt;
  if (!whole || *whole < 0 || *whole > 1'000'000) {
    report(c, "count-impossible", r.n->span, "a count is a whole number");
    return std::nullopt;
  }
  if (*whole == 0 && r.count == Records::Count::at_least) {
    report(c, "count-impossible", r.n->span, "`at least 0` is always true", "write the number that is meant");
    return std::nullopt;
  }
  return static_cast<uint32_t>(*whole);
}

struct CheckRecords {
  Checker& c;
  const Expr& e;
  const Records& r;
  const Context& context;

  NodeId refuse(std::string rule, std::string message, std::string help = {}) const {
    report(c, std::move(rule), e.span, std::move(message), std::move(help));
    return unknown_node(c, e.span);
  }
  bool plain() const { return r.count == Records::Count::some && !r.with && r.exceptions.empty(); }

  NodeId run() const {
    if (context.record && plain()) {
      if (const AttributeInfo* a = attribute_meant(c, context.record, r.name)) {
        if (a->kind == Attribute::Kind::yes_no || a->kind == Attribute::Kind::any)
          return add(c, AttributeYes{a->name}, e.span);
        return refuse("type-mismatch", fmt::format("`{}` has values: compare it with one", a->name));
      }
    }
    if (is_age(c, r.name)) return no_condition("a measure");
    const Named named = look_up(c, r.name, context.record);
    switch (named.kind) {
      case Named::Kind::broken:
        return beside_unknown_name();
      case Named::Kind::value:
        return refuse("type-mismatch", fmt::format("`{}` is a value, not a condition", r.name.text),
                      fmt::format("compare it: `{} <= ...`", r.name.text));
      case Named::Kind::condition:
        return defined(*named.definition);
      case Named::Kind::fact:
        return of_fact(c.schema.facts[named.fact]);
    }
    return unknown_node(c, e.span);
  }

  // The other names are told in the same run; `with` asks for attributes that nobody knows.
  NodeId beside_unknown_name() const {
    const auto is_name = [](const std::optional<Anchor>& a) { return a && a->kind == Anchor::Kind::named; };
    // `unheard_of between low and high`: its values, perhaps.
    const bool may_compare = r.window && r.window->kind == Window::Kind::between &&
                             is_name(r.window->anchor) && is_name(r.window->until);
    if (r.window && !may_compare) check_window(c, *r.window, context);
    for (const Exception& x : r.exceptions) {
      for (const Name& name : x.names) fact_or_report(c, name);
      if (x.window) check_window(c, *x.window, context);
    }
    return unknown_node(c, e.span);
  }

  NodeId no_condition(std::string_view kind) const {
    return refuse("type-mismatch", fmt::format("`{}` is {}, not a condition", r.name.text, kind),
                  fmt::format("compare it (`{} <= ...`), or ask whether it is there: `{} is known`",
                              r.name.text, r.name.text));
  }

  NodeId defined(Checker::Definition& definition) const {
    if (!plain())
      return refuse("type-mismatch",
                    fmt::format("`{}` is a definition; only records are counted", r.name.text));
    if (r.window || window_of_others(context) != kNone)
      return refuse("type-mismatch",
                    fmt::format("`{}` is a named condition: a window cannot reach into it", r.name.text),
                    "write the window inside its definition");
    return resolved(c, definition);
  }

  NodeId of_fact(const Fact& fact) const {
    switch (fact.kind) {
      case FactKind::measure:
        return no_condition("a measure");
      case FactKind::date:
        return no_condition("a date");
      case FactKind::choice:
        return refuse("type-mismatch", fmt::format("`{}` is a choice, not a condition", fact.name),
                      value_meant(fact));
      case FactKind::flag:
      case FactKind::judgement:
        return answered(fact);
      case FactKind::condition:
      case FactKind::drug:
      case FactKind::event:
        return records(fact);
    }
    return unknown_node(c, e.span);
  }

  std::string own_window() const { return r.window ? " " + print(*r.window) : std::string(); }

  // `EGFR_mutation`, of negative and positive: which is meant by the name alone. Of other values nobody
  // knows.
  std::string value_meant(const Fact& fact) const {
    const bool is_test = std::ranges::find(fact.values, "positive") != fact.values.end();
    if (is_test)
      return fmt::format("compare it: `{} {} positive{}`", fact.name,
                         r.count == Records::Count::no ? "!=" : "=", own_window());
    if (fact.values.empty()) return fmt::format("compare it: `{} = ...`", fact.name);
    return fmt::format("compare it with one of its values: `{} = ...{}`, of {}", fact.name, own_window(),
                       fmt::join(fact.values, ", "));
  }

  // What `no`, a count, `with` and `except` mean of an answer.
  std::string answer_meant(const Fact& fact) const {
    const std::string when = own_window();
    if (r.count == Records::Count::no) return fmt::format("write `not {}{}`", fact.name, when);
    if (r.exceptions.empty()) return fmt::format("write `{0}{1}` or `not {0}{1}`", fact.name, when);
    std::string help = fmt::format("write `{}", fact.name);
    for (const Exception& exception : r.exceptions)
      for (const Name& name : exception.names) help += " and not " + name.text;
    return help + "`";
  }

  NodeId answered(const Fact& fact) const {
    if (!plain())
      return refuse(
          "type-mismatch",
          fmt::format("`{}` is {}: it is yes or no, and has no records", fact.name, a_kind(fact.kind)),
          answer_meant(fact));
    const auto window = window_or(c, r.window.get(), window_of_others(context), context);
    if (!window) return unknown_node(c, e.span);
    return answer_of(c, fact.id, *window, context, e.span);
  }

  NodeId records(const Fact& fact) const {
    RecordsOf made;
    made.count = r.count;
    const auto n = record_count(c, r);
    made.of = class_of(c, fact.id);
    const Class of = c.model.classes[made.of];
    made.window = window_of_others(context);
    bool fine = n.has_value();
    if (n) made.n = *n;
    if (r.window) {
      const auto own = check_window(c, *r.window, context);
      fine = fine && own;
      if (own) made.window = *own;
    } else if (made.window == kNone && fact.kind != FactKind::event && fine) {
      return without_window(fact);
    }
    if (refuse_half_lives(c, fact, made.window, r.window ? r.window->span : e.span))
      return unknown_node(c, e.span);
    Context inside;
    inside.record = &of;
    if (r.with) made.with = check_condition(c, *r.with, inside);
    for (const Exception& x : r.exceptions) fine = add_exception(made, of, x) && fine;
    return fine ? add(c, std::move(made), e.span) : unknown_node(c, e.span);
  }

  NodeId without_window(const Fact& fact) const {
    // The window stands before the exceptions: behind them it would be the last one's own.
    const std::string text = print(e);
    const size_t end = r.exceptions.empty() ? text.size() : text.find(" except (");
    const std::string_view records = std::string_view(text).substr(0, end);
    const std::string_view rest = std::string_view(text).substr(std::min(end, text.size()));
    std::string help = fmt::format("now: `{0} currently{1}`\nat any time: `{0} ever{1}`", records, rest);
    if (!r.exceptions.empty() && r.exceptions.back().window) {
      // As it stands the window is the exception's own.
      const std::string when = print(*r.exceptions.back().window);
      if (rest.ends_with(when))
        help +=
            fmt::format("\n{0}: `{1} {0}{2}`", when, records, rest.substr(0, rest.size() - when.size() - 1));
    }
    return refuse("unsaid-window", fmt::format("`{}` reads two ways: now, or at any time before", fact.name),
                  std::move(help));
  }

  bool add_exception(RecordsOf& made, const Class& of, const Exception& x) const {
    RecordsOf::Exception exception{{}, kNone, kNone};
    bool fine = true;
    for (const Name& name : x.names) {
      const auto excepted = excepted_name(of, name);
      fine = fine && excepted;
      if (excepted) exception.classes.push_back(*excepted);
    }
    if (x.with) exception.with = exception_with(of, *x.with, exception.classes);
    if (x.window) {
      const auto own = check_window(c, *x.window, context);
      fine = fine && own;
      if (own) exception.window = *own;
    }
    made.exceptions.push_back(std::move(exception));
    return fine;
  }

  // A record that may be excepted is of one of these, and has their attributes too.
  NodeId exception_with(const Class& of, const Expr& with, const std::vector<ClassId>& classes) const {
    Class both = of;
    for (const ClassId id : classes) {
      const Class& excepted = c.model.classes[id];
      both.ancestors.push_back(excepted.fact);
      both.ancestors.insert(both.ancestors.end(), excepted.ancestors.begin(), excepted.ancestors.end());
    }
    Context inside;
    inside.record = &both;
    return check_condition(c, with, inside);
  }

  std::optional<ClassId> excepted_name(const Class& of, const Name& name) const {
    const FactId id = fact_or_report(c, name);
    if (id == kNoFact || c.schema.facts[id].broken) return std::nullopt;
    const ClassId excepted = excepted_class(c, id);
    if (c.schema.facts[id].kind == of.kind) return excepted;
    report(c, "type-mismatch", name.span,
           fmt::format("`{}` is {}; the exception is from {}", name.text, a_kind(c.schema.facts[id].kind),
                       a_kind(of.kind)));
    return std::nullopt;
  }
};

}  // namespace

NodeId check_records(Checker& c, const Expr& e, const Records& r, const Context& context) {
  return CheckRecords{c, e, r, context}.run();
}

NodeId check_stable(Checker& c, const Expr& e, const Stable& s, const Context& context) {
  const FactId id = fact_or_report(c, s.name);
  const auto anchor = check_anchor(c, s.anchor);
  if (id == kNoFact || !anchor || c.schema.facts[id].broken) return unknown_node(c, e.span);
  if (s.anchor && counts_from_month(c, *s.anchor, *anchor)) return unknown_node(c, e.span);
  const Fact& fact = c.schema.facts[id];
  if (s.percent) {
    if (fact.kind != FactKind::measure) {
      report(c, "type-mismatch", s.name.span,
             fmt::format("`{}` is {}; `stable within N%` is said of a measure", fact.name, a_kind(fact.kind)),
             fmt::format("write `{} stable for ...`", fact.name));
      return unknown_node(c, e.span);
    }
    Window window;
    window.kind = Window::Kind::within;
    window.duration = s.duration;
    window.anchor = s.anchor;
    window.span = s.duration.span;
    const auto own = check_window(c, window, context);
    const auto percent = Rational::parse(s.percent->digits);
    if (!own || !percent) return unknown_node(c, e.span);
    const RefId ref = ref_of(c, id, Selector::latest, *own, context, e.span);
    return add(c, StableResult{ref, *percent / Rational(100), *own}, e.span);
  }
  if (fact.kind != FactKind::drug) {
    report(
        c, "type-mismatch", s.name.span,
        fmt::format("`{}` is {}; `stable for` is said of a drug", fact.name, a_kind(fact.kind)),
        fact.kind == FactKind::measure ? fmt::format("write `{} stable within 10% for ...`", fact.name) : "");
    return unknown_node(c, e.span);
  }
  const ClassId of = class_of(c, id);
  return add(c, StableDose{of, check_duration(c, s.duration), *anchor}, e.span);
}

}  // namespace crit
