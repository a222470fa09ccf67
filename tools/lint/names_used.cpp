// The names that rules use: in conditions, and through definitions, formulas and `when`s.
#include "tools/lint/names_used.hpp"

#include <vector>

#include "grammar/walk.hpp"

namespace crit {

namespace {

constexpr int kMostParents = 32;  // one above the other

struct Names {
  const std::function<void(const Name&)>& f;

  void anchor(const std::optional<Anchor>& a) const {
    if (a && a->kind != Anchor::Kind::date) f(a->name);
  }
  void window(const Window* w) const {
    if (!w) return;
    anchor(w->anchor);
    anchor(w->until);
    for (const Window& blackout : w->blackouts) window(&blackout);
  }

  void operator()(const Broken&) const {}
  void operator()(const Quantity&) const {}
  void operator()(const DateLiteral&) const {}
  void operator()(const YesNo&) const {}
  void operator()(const Limit& l) const {
    if (l.of) f(*l.of);
  }
  void operator()(const Records& r) const {
    f(r.name);
    window(r.window.get());
    for (const Exception& x : r.exceptions) {
      for (const Name& name : x.names) f(name);
      window(x.window.get());
    }
  }
  void operator()(const Stable& s) const {
    f(s.name);
    anchor(s.anchor);
  }
  void operator()(const Judgement& j) const {
    if (j.name) f(*j.name);
  }
  void operator()(const Negative&) const {}
  void operator()(const Arithmetic&) const {}
  void operator()(const Call&) const {}
  void operator()(const Selection& s) const { window(s.window.get()); }
  void operator()(const DoseOf& d) const {
    f(d.drug);
    if (d.as) f(*d.as);
    window(d.window.get());
  }
  void operator()(const Paren&) const {}
  void operator()(const Not&) const {}
  void operator()(const Logic&) const {}
  void operator()(const If&) const {}
  void operator()(const ListOf&) const {}
  void operator()(const Comparison&) const {}
  void operator()(const Between&) const {}
  void operator()(const Membership&) const {}
  void operator()(const Is&) const {}
  void operator()(const Windowed& w) const { window(w.window.get()); }
};

// Goes from name to name until nothing new is reached.
struct Reach {
  const LintInput& input;
  std::set<std::string, std::less<>> names = {};
  std::vector<std::string> open = {};

  void add(std::string name) {
    if (names.insert(name).second) open.push_back(std::move(name));
  }
  void add_of(const Expr* e) {
    if (e) for_each_name(*e, [&](const Name& name) { add(name.text); });
  }
  void follow(const std::string& name) {
    if (const Define* define = definition_of(input, name)) add_of(define->value.get());
    const Fact* fact = fact_of(input, name);
    if (!fact) return;
    add(fact->name);
    add_of(fact->formula);
    add_of(fact->when);
    for (const AttributeInfo& attribute : fact->attributes)
      if (!attribute.fact.empty()) add(attribute.fact);
  }
};

}  // namespace

void for_each_name(const Expr& e, const std::function<void(const Name&)>& f) {
  for_each_expr(e, [&](const Expr& part) { std::visit(Names{f}, part.node); });
}

std::set<std::string, std::less<>> names_used(const LintInput& input) {
  Reach reach{input};
  for_each_criterion(input, [&](const Criterion& criterion) {
    reach.add_of(criterion.condition.get());
    reach.add_of(when_of(criterion));
  });
  while (!reach.open.empty()) {
    const std::string name = std::move(reach.open.back());
    reach.open.pop_back();
    reach.follow(name);
  }
  return std::move(reach.names);
}

bool is_member_of_any(const LintInput& input, std::string_view name,
                      const std::set<std::string, std::less<>>& names) {
  std::vector<std::string> open = {std::string(name)};
  for (int level = 0; level < kMostParents && !open.empty(); ++level) {
    std::vector<std::string> parents;
    for (const std::string& one : open) {
      const Fact* fact = fact_of(input, one);
      if (names.contains(one) || (fact && names.contains(fact->name))) return true;
      if (fact) parents.insert(parents.end(), fact->parents.begin(), fact->parents.end());
    }
    open = std::move(parents);
  }
  return false;
}

}  // namespace crit
