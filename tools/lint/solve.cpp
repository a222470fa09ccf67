// Claims to assumptions of Z3, its answers and unsatisfiable cores to ours.
#include "tools/lint/solve.hpp"

#include <algorithm>
#include <numeric>

#include "tools/lint/solve_state.hpp"

namespace crit {

namespace {

using z3::expr;

// By Z3's count of its own steps: of one question, and of all of a trial. Of the trials in trials/ none takes
// more than 200,000 in all. Beyond, a question is left open.
constexpr unsigned kMostSteps = 100'000;
constexpr uint64_t kMostStepsInAll = 3'000'000;

uint64_t steps_of(const Solver& s) {
  const z3::stats stats = s.z3.statistics();
  for (unsigned i = 0; i < stats.size(); ++i)
    if (stats.is_uint(i) && stats.key(i) == "rlimit count") return stats.uint_value(i);
  return 0;
}

expr passes(Solver& s, const CriterionModel& c) {
  const expr always = s.context.bool_val(true);
  if (c.condition == kNone) return always;
  const Certain condition = certain_of(s.encoding, c.condition);
  const expr met = c.include ? condition.yes : condition.no;
  return c.when == kNone ? met : certain_of(s.encoding, c.when).no || met;
}

expr not_passes(Solver& s, const CriterionModel& c) {
  return c.condition == kNone ? s.context.bool_val(true) : !passes(s, c);
}

expr all_known(Solver& s) {
  std::vector<expr> known;
  for (const auto& [name, is_known] : s.encoding.knowns)
    if (!s.encoding.asked_known.contains(name)) known.push_back(is_known);
  return all_of(s.encoding, known);
}

expr formula_of(Solver& s, const Claim& claim) {
  Encoding& e = s.encoding;
  const auto link = [&] {
    return link_of(e, std::get<Compare>(s.model.nodes[claim.of].what), claim.link).yes;
  };
  switch (claim.kind) {
    case Claim::Kind::passes:
      return passes(s, s.model.criteria[claim.of]);
    case Claim::Kind::not_passes:
      return not_passes(s, s.model.criteria[claim.of]);
    case Claim::Kind::yes:
      return certain_of(e, claim.of).yes;
    case Claim::Kind::no:
      return certain_of(e, claim.of).no;
    case Claim::Kind::not_yes:
      return !certain_of(e, claim.of).yes;
    case Claim::Kind::link_yes:
      return link();
    case Claim::Kind::not_link_yes:
      return !link();
    case Claim::Kind::equal: {
      const Figure a = figure_of(e, claim.of), b = figure_of(e, claim.link);
      return a.known && b.known && a.value == b.value;
    }
    case Claim::Kind::known:
      return all_known(s);
  }
  return all_known(s);
}

expr variable_of(Solver& s, const Claim& claim) {
  if (const auto found = s.claims.find(claim); found != s.claims.end()) return found->second;
  const std::string name = "claim " + std::to_string(s.claims.size());
  const expr variable = s.context.bool_const(name.c_str());
  s.z3.add(z3::implies(variable, formula_of(s, claim)));
  return s.claims.emplace(claim, variable).first->second;
}

Possible check(Solver& s, const Claims& claims) {
  ++s.questions;
  if (s.steps > kMostStepsInAll) {
    ++s.open;
    return Possible::open;
  }
  z3::expr_vector assumed(s.context);
  for (const Claim& claim : claims) assumed.push_back(variable_of(s, claim));
  const z3::check_result answer = s.z3.check(assumed);
  s.steps = steps_of(s);
  switch (answer) {
    case z3::sat:
      return Possible::yes;
    case z3::unsat:
      return Possible::no;
    case z3::unknown:
      break;
  }
  ++s.open;
  return Possible::open;
}

// --- which criteria have facts in common
// -------------------------------------------------------------------------

struct Sets {
  std::vector<uint32_t> parent;
  uint32_t root(uint32_t i) {
    while (parent[i] != i) i = parent[i] = parent[parent[i]];
    return i;
  }
  void join(uint32_t a, uint32_t b) { parent[root(a)] = root(b); }
};

struct Variables {
  Sets& sets;
  std::map<unsigned, uint32_t> by_ast = {};
  std::map<unsigned, uint32_t> reached = {};  // a formula's variables are one set: any of them stands for it

  uint32_t variable(unsigned ast) {
    const auto [place, is_new] = by_ast.try_emplace(ast, static_cast<uint32_t>(sets.parent.size()));
    if (is_new) sets.parent.push_back(place->second);
    return place->second;
  }
  // Joins the variables of the formula; kNone where it has none.
  uint32_t join(const expr& e) {
    const unsigned ast = e.id();
    if (const auto found = reached.find(ast); found != reached.end()) return found->second;
    uint32_t made = kNone;
    if (e.is_const() && e.decl().decl_kind() == Z3_OP_UNINTERPRETED) made = variable(ast);
    for (unsigned i = 0; i < e.num_args(); ++i) {
      const uint32_t part = join(e.arg(i));
      if (part != kNone && made != kNone) sets.join(part, made);
      if (part != kNone) made = part;
    }
    reached.emplace(ast, made);
    return made;
  }
};

std::vector<uint32_t> find_components(Solver& s) {
  Sets sets;
  sets.parent.resize(s.model.criteria.size());
  std::iota(sets.parent.begin(), sets.parent.end(), 0u);
  Variables variables{sets};
  for (const expr& axiom : s.encoding.axioms) variables.join(axiom);
  for (uint32_t i = 0; i < s.model.criteria.size(); ++i) {
    const uint32_t some = variables.join(passes(s, s.model.criteria[i]));
    if (some != kNone) sets.join(i, some);
  }
  std::vector<uint32_t> made;
  for (uint32_t i = 0; i < s.model.criteria.size(); ++i) made.push_back(sets.root(i));
  return made;
}

}  // namespace

void SolverDeleter::operator()(Solver* s) const {
  delete s;
}

const std::string& no_solver() {
  return no_z3();
}

SolverPtr solver_for(const Model& model) {
  if (!no_solver().empty()) return nullptr;
  SolverPtr s(new Solver(model));
  z3::params params(s->context);
  params.set("rlimit", kMostSteps);
  s->z3.set(params);
  for (const CriterionModel& c : model.criteria) passes(*s, c);
  relate(s->encoding);
  for (const expr& axiom : s->encoding.axioms) s->z3.add(axiom);
  s->components = find_components(*s);
  return s;
}

Possible possible(Solver& s, const Claims& claims) {
  Claims sorted = claims;
  std::ranges::sort(sorted);
  const auto found = s.asked.find(sorted);
  if (found != s.asked.end()) return found->second;
  const Possible answer = check(s, sorted);
  s.asked.emplace(std::move(sorted), answer);
  return answer;
}

Claims collision(Solver& s, const Claims& claims) {
  Claims core = claims;
  if (check(s, claims) == Possible::no) {
    const z3::expr_vector used = s.z3.unsat_core();
    const auto is_used = [&](const Claim& claim) {
      for (unsigned i = 0; i < used.size(); ++i)
        if (z3::eq(used[static_cast<int>(i)], variable_of(s, claim))) return true;
      return false;
    };
    std::erase_if(core, [&](const Claim& claim) { return !is_used(claim); });
  }
  for (size_t i = core.size(); i-- > 0;) {
    Claims fewer = core;
    fewer.erase(fewer.begin() + static_cast<ptrdiff_t>(i));
    if (possible(s, fewer) == Possible::no) core = std::move(fewer);
  }
  return core;
}

bool same_value(Solver& s, ValueId a, ValueId b) {
  return z3::eq(figure_of(s.encoding, a).value.simplify(), figure_of(s.encoding, b).value.simplify());
}

const std::vector<uint32_t>& components(const Solver& s) {
  return s.components;
}

std::vector<NotAnalysed> not_analysed(const Solver& s) {
  std::vector<NotAnalysed> list;
  for (const LeftFree& l : s.encoding.left_free) list.push_back({l.span, l.reason});
  return list;
}

uint32_t left_open(const Solver& s) {
  return s.open;
}

std::optional<z3::model> patient_of(Solver& s, const Claims& claims) {
  if (check(s, claims) != Possible::yes) return std::nullopt;
  return s.z3.get_model();
}

}  // namespace crit
