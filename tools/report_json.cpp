// Answers to JSON: the verdict, what is needed, and each criterion with its reason and the values used.
#include "tools/json.hpp"
#include "tools/report.hpp"

namespace crit {

namespace {

std::string_view word_of(Truth truth) {
  switch (truth) {
    case Truth::no:
      return "false";
    case Truth::unknown:
      return "null";
    case Truth::yes:
      return "true";
  }
  return "null";
}

void append_fact(JsonText& json, const UsedFact& fact) {
  json.open('{').text("name", fact.name);
  // The digits as the record has them: a reader of the answer may want all of them.
  const bool is_date = fact.value == fact.date;
  if (is_json_number(fact.value) && !is_date)
    json.key("value").word(fact.value);
  else if (!fact.value.empty())
    json.text("value", fact.value);
  if (!fact.unit.empty()) json.text("unit", fact.unit);
  if (!fact.date.empty()) json.text("date", fact.date);
  if (fact.lasts && !fact.date.empty()) json.text("start", fact.date);
  if (!fact.end.empty()) json.text("end", fact.end);
  if (!fact.by.empty()) json.text("by", fact.by);
  if (!fact.limit.empty()) json.text("limit", fact.limit);
  if (!fact.counts) json.key("counts").word("false");
  json.close('}');
}

void append_criterion(JsonText& json, const Report& report, uint32_t i) {
  const CriterionModel& criterion = report.model.criteria[i];
  const Reason reason = explain(report.model, report.patient, i, *report.verdict);
  json.open('{').text("id", criterion.id).text("kind", criterion.include ? "include" : "exclude");
  json.text("outcome", name_of(report.verdict->outcomes[i]));
  json.key("holds").word(word_of(report.verdict->holds[i]));
  json.text("why", reason.why);
  json.key("facts").open('[');
  for (const UsedFact& fact : reason.facts) append_fact(json, fact);
  json.close(']').close('}');
}

// The records of the parts assumed complete that have no name, and so were not looked at; by part.
void append_unmapped(JsonText& json, const Patient& patient) {
  json.key("not_mapped").open('{');
  for (const std::string_view part : assumed_parts(patient.assumed))
    if (const uint32_t count = patient.unmapped[size_t(*part_named(part))]; count == kNotCounted)
      json.key(part).word("null");
    else if (count > 0)
      json.key(part).number(count);
  json.close('}');
}

}  // namespace

void append_json(std::string& to, const Report& report) {
  JsonText json(to);
  json.open('{').text("trial", report.model.trial).text("patient", report.patient.id);
  if (report.arm != kNone) json.text("arm", report.model.arms[report.arm]);
  if (report.patient.screening) json.text("screening", to_string(*report.patient.screening));
  if (!report.verdict) {
    json.key("errors").open('[');
    for (const Fault& fault : report.faults)
      json.open('{').text("message", fault.message).text("where", fault.where).close('}');
    json.close(']').close('}');
    return;
  }
  json.text("verdict", name_of(report.verdict->decision));
  json.key("needed").open('[');
  for (const std::string& name : needed_of(report)) json.text(name);
  json.close(']');
  if (report.patient.assumed != 0) {
    json.key("assumed_complete").open('[');
    for (const std::string_view part : assumed_parts(report.patient.assumed)) json.text(part);
    json.close(']').text("without_assumption", name_of(report.without));
    append_unmapped(json, report.patient);
  }
  json.key("criteria").open('[');
  for (uint32_t i = 0; i < report.model.criteria.size(); ++i) append_criterion(json, report, i);
  json.close(']').close('}');
}

}  // namespace crit
