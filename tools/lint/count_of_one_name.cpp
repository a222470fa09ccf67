// count-of-one-name: a count of a condition or a drug that has fewer names than are asked for.
#include <fmt/format.h>

#include "tools/lint/criteria.hpp"

namespace crit {

namespace {

// `at least 2 hypoglycemia` can never be met, `at most 1 hypoglycemia` always is.
bool is_out_of_reach(const RecordsOf& q, size_t names) {
  switch (q.count) {
    case Records::Count::some:
    case Records::Count::no:
      return false;
    case Records::Count::at_least:
    case Records::Count::exactly:
      return q.n > names;
    case Records::Count::at_most:
      return q.n >= names;
  }
  return false;
}

void run(const LintInput& input, Findings& findings) {
  for (const Node& node : input.model.nodes) {
    const auto* q = std::get_if<RecordsOf>(&node.what);
    if (!q || node.span.file != input.source.id) continue;
    const Class& of = input.model.classes[q->of];
    if (of.kind == FactKind::event || !is_out_of_reach(*q, of.members.size())) continue;
    const std::string& name = input.model.fact(of.fact).name;
    const std::string_view many = of.kind == FactKind::drug ? "drugs" : "conditions";
    const std::string names = of.members.size() == 1 ? fmt::format("`{}` is one", name)
                                                     : fmt::format("`{}` has {}", name, of.members.size());
    findings.push_back(finding(
        node.span,
        fmt::format("this counts different {}, and {}: it is {} met", many, names,
                    q->count == Records::Count::at_most ? "always" : "never"),
        of.kind == FactKind::drug
            ? std::string("name the class of drugs that is meant, or leave the number out")
            : fmt::format(
                  "to count how often it was, declare what happened as an event: `event {}_episode \"...\"`",
                  name)));
  }
}

}  // namespace

extern const LintRule kCountOfOneName{"count-of-one-name",
                                      LintGroup::plausibility,
                                      Severity::warning,
                                      "a count of more conditions or drugs than the name stands for",
                                      "Of conditions and drugs different names are counted, of events each "
                                      "record. \"Two episodes or more\" of one "
                                      "condition is a count that nobody reaches.",
                                      R"(trial T1 "example"

exclude E1 "2 or more episodes of hypoglycemia within 6 months"
  at least 2 hypoglycemia within 6 months
)",
                                      R"(trial T1 "example"

event hypoglycemia_episode "an episode of hypoglycemia"

exclude E1 "2 or more episodes of hypoglycemia within 6 months"
  at least 2 hypoglycemia_episode within 6 months
)",
                                      run};

}  // namespace crit
