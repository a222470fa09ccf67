// A Model as an indented list: what the checker understood, for `crit dump --model` and the tests.
#include <fmt/format.h>

#include <algorithm>

#include "interpreter/model.hpp"

namespace crit {

namespace {

std::string number(const Rational& r) {
  return r.to_decimal(12).text;
}

struct Dump {
  const Model& m;
  std::string out = {};

  void line(int depth, const std::string& text) { out += fmt::format("{:{}}{}\n", "", depth * 2, text); }
  void node(NodeId id, int depth);
  void value(ValueId id, int depth);
  void nodes(Children list, int depth) {
    for (uint32_t id : m.list(list)) node(id, depth);
  }
  std::string window(WindowId id) const { return id == kNone ? "" : " " + m.windows[id].words; }
  std::string ref(RefId id) const {
    const Ref& r = m.refs[id];
    return fmt::format("{}{}{}{}{}",
                       r.selector == Selector::latest ? "" : std::string(spelling(r.selector)) + " ",
                       m.fact(r.fact).name, r.of_predicted ? " % predicted" : "",
                       r.relative ? " relative" : "", window(r.window));
  }
  std::string anchor(const AnchorSpec& a) const {
    switch (a.kind) {
      case AnchorSpec::Kind::screening:
        return "screening";
      case AnchorSpec::Kind::date_fact:
        return m.fact(a.date).name;
      case AnchorSpec::Kind::first_of:
        return "first " + m.fact(m.classes[a.of].fact).name;
      case AnchorSpec::Kind::last_of:
        return "last " + m.fact(m.classes[a.of].fact).name;
      case AnchorSpec::Kind::fixed:
        return to_string(a.fixed);
    }
    return {};
  }
  std::string duration(const DurationSpec& d) const {
    std::string text = d.kind == Duration::Kind::plain       ? ""
                       : d.kind == Duration::Kind::longer_of ? "longer of"
                                                             : "shorter of";
    for (const auto& part : d.parts)
      text += fmt::format("{}{} {}", text.empty() ? "" : " ", number(part.count), spelling(part.unit));
    return text;
  }
};

struct DumpValue {
  Dump& d;
  int depth;
  void line(const std::string& text) const { d.line(depth, text); }

  void operator()(const Literal& v) const { line(number(v.number)); }
  void operator()(const ResultOf& v) const {
    line("result " + d.ref(v.ref));
    if (const ValueId formula = d.m.refs[v.ref].formula; formula != kNone) {
      d.line(depth + 1, "or formula");
      d.value(formula, depth + 2);
    }
  }
  void operator()(const LimitOf& v) const {
    line(fmt::format("{} of {}", v.upper ? "ULN" : "LLN", d.ref(v.ref)));
  }
  void operator()(const RankOf& v) const { line("rank of " + d.ref(v.ref)); }
  void operator()(const AgeAt& v) const {
    line(fmt::format("age in {} at {}", spelling(v.unit), d.anchor(v.anchor)));
  }
  void operator()(const DateOf& v) const { line("date " + d.anchor(v.date)); }
  void operator()(const DoseValue& v) const {
    line(fmt::format("{}dose of {} in {}{}", v.over ? std::string(spelling(*v.over)) + " " : "",
                     d.m.fact(d.m.classes[v.of].fact).name, to_string(v.unit), d.window(v.window)));
    for (size_t i = 0; i < v.factors.size(); ++i)
      d.line(depth + 1, fmt::format("{} times {}", d.m.fact(d.m.classes[v.of].members[i].fact).name,
                                    v.factors[i] ? number(*v.factors[i]) : "unknown"));
  }
  void operator()(const AttributeNumber& v) const { line("attribute " + v.name); }
  void operator()(const RecordDose& v) const { line("dose of the record in " + to_string(v.unit)); }
  void operator()(const Negated& v) const {
    line("negative");
    d.value(v.operand, depth + 1);
  }
  void operator()(const Binary& v) const {
    line(std::string(spelling(v.op)));
    d.value(v.left, depth + 1);
    d.value(v.right, depth + 1);
  }
  void operator()(const Scaled& v) const {
    line(fmt::format("times {} plus {}", number(v.scale.factor), number(v.scale.offset)));
    d.value(v.operand, depth + 1);
  }
  void operator()(const Applied& v) const {
    line(fmt::format("{}{}", spelling(v.function),
                     v.function == Function::round ? " to " + number(v.step) : ""));
    for (uint32_t id : d.m.list(v.arguments)) d.value(id, depth + 1);
  }
  void operator()(const Picked& v) const {
    line("if");
    d.node(v.condition, depth + 1);
    d.value(v.then_value, depth + 1);
    d.value(v.else_value, depth + 1);
  }
  void operator()(const SameDay& v) const {
    line("of one day");
    d.value(v.operand, depth + 1);
  }
};

struct DumpNode {
  Dump& d;
  int depth;
  void line(const std::string& text) const { d.line(depth, text); }

  void operator()(const Constant& n) const {
    const std::string_view truth = n.truth == Truth::yes  ? "true"
                                   : n.truth == Truth::no ? "false"
                                                          : "unknown";
    line(n.unwritten.empty() ? std::string(truth) : fmt::format("{}: {} is not written", truth, n.unwritten));
  }
  void operator()(const AllOf& n) const {
    line("all of");
    d.nodes(n.nodes, depth + 1);
  }
  void operator()(const AnyOf& n) const {
    line("any of");
    d.nodes(n.nodes, depth + 1);
  }
  void operator()(const Negation& n) const {
    line("not");
    d.node(n.operand, depth + 1);
  }
  void operator()(const OfOneDay& n) const {
    line("same day");
    d.node(n.condition, depth + 1);
  }
  void operator()(const CountOf& n) const {
    line(fmt::format("{} {} of", spelling(n.quantifier), n.n));
    d.nodes(n.nodes, depth + 1);
  }
  void operator()(const Choose& n) const {
    line("if");
    d.node(n.condition, depth + 1);
    d.node(n.then_node, depth + 1);
    if (n.else_node != kNone) d.node(n.else_node, depth + 1);
  }
  void operator()(const Compare& n) const {
    std::string ops;
    for (int i = 0; i + 1 < n.count; ++i) ops += " " + std::string(spelling(n.ops[i]));
    line("compare" + ops +
         (n.each == Compare::Each::all   ? " each"
          : n.each == Compare::Each::any ? " any"
                                         : ""));
    for (int i = 0; i < n.count; ++i) d.value(n.values[i], depth + 1);
  }
  void operator()(const OneOf& n) const {
    std::string words, maybe;
    const Fact& fact = d.m.fact(d.m.refs[n.ref].fact);
    for (size_t i = 0; i < fact.values.size(); ++i) {
      if (n.values >> i & 1) words += " " + fact.values[i];
      if (n.maybe >> i & 1) maybe += " " + fact.values[i];
    }
    line(d.ref(n.ref) + " in" + words + (maybe.empty() ? "" : ", perhaps" + maybe));
  }
  void operator()(const Answer& n) const {
    line("answer " + d.ref(n.ref));
    if (n.applies == kNone) return;
    d.line(depth + 1, "when");
    d.node(n.applies, depth + 2);
  }
  void operator()(const IsKnown& n) const { line("known " + d.ref(n.ref)); }
  void operator()(const ValueKnown& n) const {
    line("known");
    d.value(n.value, depth + 1);
  }
  void operator()(const IsNormal& n) const { line("normal " + d.ref(n.ref)); }
  void operator()(const RecordsOf& n) const {
    std::string count;
    switch (n.count) {
      case Records::Count::some:
        count = "some";
        break;
      case Records::Count::no:
        count = "no";
        break;
      case Records::Count::at_least:
        count = fmt::format("at least {}", n.n);
        break;
      case Records::Count::at_most:
        count = fmt::format("at most {}", n.n);
        break;
      case Records::Count::exactly:
        count = fmt::format("exactly {}", n.n);
        break;
    }
    line(fmt::format("{} {}{}", count, class_words(n.of), d.window(n.window)));
    if (n.with != kNone) d.node(n.with, depth + 1);
    for (const auto& x : n.exceptions) {
      std::string names;
      for (ClassId of : x.classes) names += " " + class_words(of);
      d.line(depth + 1, "except" + names + d.window(x.window));
      if (x.with != kNone) d.node(x.with, depth + 2);
    }
  }
  void operator()(const StableDose& n) const {
    line(fmt::format("stable {} for {} before {}", class_words(n.of), d.duration(n.duration),
                     d.anchor(n.anchor)));
  }
  void operator()(const StableResult& n) const {
    line(fmt::format("stable {} by {}", d.ref(n.ref), number(n.fraction)));
  }
  void operator()(const AttributeOneOf& n) const {
    line(fmt::format("attribute {} in {}", n.name, fmt::join(n.words, ", ")));
  }
  void operator()(const AttributeYes& n) const { line("attribute " + n.name); }
  void operator()(const AttributeKnown& n) const { line("known attribute " + n.name); }

  std::string class_words(ClassId id) const {
    const Class& of = d.m.classes[id];
    const std::string members =
        of.members.size() > 1 ? fmt::format(" (and {} members)", of.members.size() - 1) : "";
    return d.m.fact(of.fact).name + members;
  }
};

void Dump::node(NodeId id, int depth) {
  std::visit(DumpNode{*this, depth}, m.nodes[id].what);
}
void Dump::value(ValueId id, int depth) {
  std::visit(DumpValue{*this, depth}, m.values[id].what);
}

}  // namespace

std::string dump(const Model& model) {
  Dump d{model};
  d.line(0, fmt::format("trial {}", model.trial));
  for (const std::string& arm : model.arms) d.line(1, "arm " + arm);
  for (const RangeSpec& r : model.ranges)
    d.line(1, fmt::format("range {} {}: {} to {}", r.laboratory, model.fact(r.measure).name,
                          r.low ? number(*r.low) : "", r.high ? number(*r.high) : ""));
  for (const CriterionModel& criterion : model.criteria) {
    d.line(1, fmt::format("{} {}", criterion.include ? "include" : "exclude", criterion.id));
    if (criterion.when != kNone) {
      d.line(2, "when");
      d.node(criterion.when, 3);
    }
    if (criterion.condition == kNone)
      d.line(2, "not yet written");
    else
      d.node(criterion.condition, 2);
  }
  return d.out;
}

}  // namespace crit
