// word-near-name: a word of an attribute that is no name, and is nearly one: `substance = penicilin`.
#include <fmt/format.h>

#include <algorithm>

#include "grammar/walk.hpp"
#include "interpreter/attributes.hpp"
#include "tools/lint/criteria.hpp"

namespace crit {

namespace {

const Name* name_alone(const Expr& e) {
  const auto* records = std::get_if<Records>(&e.node);
  return records && records->count == Records::Count::some && !records->with ? &records->name : nullptr;
}

struct Walk {
  const LintInput& input;
  Findings& findings;

  bool takes_any_word(const Fact& record, std::string_view attribute) const {
    const auto known = attributes_in_data(input.schema, record);
    const auto found = std::ranges::find(known, attribute, &AttributeInfo::name);
    return found != known.end() && found->kind == Attribute::Kind::any;
  }

  void word(const Fact& record, const Expr& subject, const Expr& value) const {
    const Name *attribute = name_alone(subject), *written = name_alone(value);
    if (!attribute || !written || fact_of(input, written->text)) return;
    if (!takes_any_word(record, attribute->text)) return;
    const std::string near = nearest_name(input.schema, *input.model.scope, written->text);
    if (near.empty()) return;
    Diagnostic d =
        finding(written->span, fmt::format("`{}` is no name; is `{}` meant?", written->text, near),
                fmt::format("words of `{}` are compared as they stand: write `{}`, or keep the word "
                            "where the records have it",
                            attribute->text, near));
    d.fix = Fix{written->span, near, false};
    findings.push_back(std::move(d));
  }

  // `record`: whose attributes are named here; null outside of `with`.
  void look(const Expr& e, const Fact* record) const {
    if (const auto* records = std::get_if<Records>(&e.node)) {
      const Fact* of = fact_of(input, records->name.text);
      if (records->with) look(*records->with, of);
      for (const Exception& x : records->exceptions)
        if (x.with) look(*x.with, of);
      return;
    }
    if (const auto* c = std::get_if<Comparison>(&e.node); c && record && c->operands.size() == 2)
      word(*record, *c->operands[0], *c->operands[1]);
    if (const auto* m = std::get_if<Membership>(&e.node); m && record)
      for (const ExprPtr& value : m->values) word(*record, *m->operand, *value);
    for_each_child(e, [&](const Expr& child) { look(child, record); });
  }
};

void run(const LintInput& input, Findings& findings) {
  const Walk walk{input, findings};
  for_each_criterion(input, [&](const Criterion& criterion) {
    if (const Expr* when = when_of(criterion)) walk.look(*when, nullptr);
    if (criterion.condition) walk.look(*criterion.condition, nullptr);
  });
}

}  // namespace

extern const LintRule kWordNearName{
    "word-near-name",
    LintGroup::plausibility,
    Severity::warning,
    "a word of an attribute that is nearly a name of the vocabulary",
    "The words of an attribute are free, and are compared as they stand: a slip of one letter matches no "
    "record, and the exclusion finds nobody.",
    R"(trial T1 "example"

exclude E1 "Allergy to penicillin"
  allergy with (substance = penicilin) ever
)",
    R"(trial T1 "example"

exclude E1 "Allergy to penicillin"
  allergy with (substance = penicillin) ever
)",
    run};

}  // namespace crit
