// A patient from its beginning to its verdict's door; names to facts, once a run.
#include "interpreter/intake.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "grammar/words.hpp"
#include "interpreter/read_record.hpp"
#include "interpreter/read_value.hpp"
#include "interpreter/spelling.hpp"
#include "interpreter/stray_words.hpp"

namespace crit {

namespace {

constexpr std::array<std::string_view, 5> kParts{"patient", "screening", "arm", "complete", "death"};

// The nearest declared name among all trials of the run.
std::string meant(const Schema& schema, std::string_view name) {
  for (const auto& scope : schema.scopes)
    if (std::string near = nearest_name(schema, *scope, name); !near.empty()) return near;
  if (schema.scopes.empty()) return nearest_name(schema, Schema::Scope{}, name);
  return {};
}

std::string words_for_unknown(const Schema& schema, std::string_view name) {
  const std::string near = meant(schema, name);
  return near.empty() ? std::string(kUndeclared) : fmt::format("{}: did you mean `{}`?", kUndeclared, near);
}

// Trials that ask different things under one name, as the numbers of criteria are: an answer to one of them
// is no answer to another. Without words nobody can tell that they ask the same. Empty: they do.
std::string words_for_questions(const Schema& schema, std::string_view name, const std::vector<FactId>& ids) {
  const auto is_question = [&](FactId id) { return schema.facts[id].kind == FactKind::judgement; };
  const auto first = std::ranges::find_if(ids, is_question);
  if (first == ids.end()) return {};
  const std::string& words = schema.facts[*first].text;
  const auto asks_otherwise = [&](FactId id) { return is_question(id) && schema.facts[id].text != words; };
  const bool all_alike = std::ranges::none_of(ids, asks_otherwise);
  if (all_alike && !words.empty()) return {};
  std::vector<std::string> trials;
  for (const auto& scope : schema.scopes)
    if (const auto own = scope->own.find(name); own != scope->own.end() && is_question(own->second))
      if (std::ranges::find(trials, scope->trial) == trials.end()) trials.push_back(scope->trial);
  if (trials.size() < 2) return all_alike ? "" : fmt::format("two files of one trial {}", kAskApart);
  return fmt::format("{} and {} {}: answer each with its trial, `{}.{}`", trials.front(),
                     trials.size() == 2 ? trials.back() : "others", kAskApart, trials.front(), name);
}

// The trial that stands before the name of a judgement, `NCT06534528.E8`: its place among the scopes, or
// kNone.
uint32_t trial_in(const Schema& schema, FactId id, std::string_view name) {
  const size_t dot = name.rfind('.');
  if (dot == name.npos || schema.facts[id].kind != FactKind::judgement) return kNone;
  const auto is_it = [&](const auto& scope) { return scope->trial == name.substr(0, dot); };
  const auto found = std::ranges::find_if(schema.scopes, is_it);
  return found == schema.scopes.end() ? kNone : static_cast<uint32_t>(found - schema.scopes.begin());
}

// `E8`, `I12a`: as registries number criteria.
bool is_number_of_criterion(std::string_view text) {
  const size_t digits = text.find_first_of("0123456789");
  if (digits == 0 || digits > 2 || digits == text.npos) return false;
  const size_t behind = std::min(text.find_first_not_of("0123456789", digits), text.size());
  return std::ranges::all_of(text.substr(0, digits), is_letter) && behind + 1 >= text.size();
}

// `NCT06339060.E8`, where that trial is none of the run, and surely a trial: what is only like it may be a
// fact that was spelt wrong, and must not be passed over.
bool is_of_other_trial(Schema& schema, std::string_view name) {
  const size_t dot = name.rfind('.');
  if (dot == name.npos || !is_number_of_criterion(name.substr(dot + 1))) return false;
  const std::string_view trial = name.substr(0, dot);
  const bool is_registered = std::ranges::count_if(trial, is_digit) >= 4;
  const auto is_of_run = [&](const auto& scope) { return same_word(trial, scope->trial); };
  return is_registered && std::ranges::none_of(schema.scopes, is_of_run) &&
         readings_of(schema, trial).empty();
}

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

bool is_clean(std::string_view text) {
  return std::ranges::none_of(text, is_control);
}

// The setters give the problem; empty: none.
std::string set_id(Intake& in, std::string_view text) {
  text = trimmed(text);  // a stray blank makes no other patient, whatever the form of the file
  if (text.size() > kMaxNameBytes || !is_clean(text))
    return "an identifier has at most 256 bytes and no control characters";
  in.patient->id = text;
  in.id_hash = hash_of(text);
  in.seen.prefetch(in.id_hash);
  return {};
}

std::string set_screening(Patient& patient, std::string_view text) {
  if (patient.screening) return "this is here twice";
  std::string problem;
  When when;
  if (!read_when(text, when, problem)) return problem;
  if (!when.is_day()) return "screening is on one day: year, month and day";
  patient.screening = when;
  return {};
}

std::string set_arm(Patient& patient, std::string_view text) {
  if (!patient.arm.empty()) return "this is here twice";
  if (text.size() > kMaxNameBytes || !is_clean(text)) return "this is not the name of an arm";
  patient.arm = text;
  return {};
}

std::string set_complete(Patient& patient, std::string_view text) {
  auto part = part_named(text);
  if (!part) part = part_named(lower_case(text));
  if (!part && text.find_first_of(", ") != text.npos)
    return "of several each stands alone: in CSV with `;` between, in JSON as a list, `[\"conditions\", "
           "\"drugs\"]`";
  if (!part) return "what can be complete: conditions, drugs, events";
  patient.complete |= static_cast<uint8_t>(1u << static_cast<unsigned>(*part));
  return {};
}

std::string set_death(Patient& patient, std::string_view text) {
  if (patient.death) return "this is here twice";
  std::string problem;
  When when;
  if (!read_when(text, when, problem)) return problem;
  patient.death = when;
  return {};
}

// Names come from the input: they are cut, and have nothing that a terminal would obey.
std::string printable(std::string_view text) {
  std::string made(text.substr(0, 4 * kMaxNameBytes));
  std::ranges::replace_if(made, is_control, '?');
  return made;
}

}  // namespace

ReadingOfName::ReadingOfName(const Fact& f)
    : fact(&f),
      id(f.id),
      kind(f.kind),
      is_usable(!f.broken),
      is_age(f.standard && f.name == "age"),
      needs_unit(f.kind == FactKind::measure && !(f.unit.is_number() && f.unit.factor == 1)),
      fields(fields_of(f.kind)) {}

NamedFact& named(Intake& in, std::string_view name) {
  if (const auto known = in.by_name.find(name); known != in.by_name.end()) return *known->second;
  std::vector<FactId> ids;
  const bool is_part = patient_part_named(name).has_value();
  if (name.size() <= kMaxNameBytes && !is_part) ids = readings_of(in.schema, name);
  if (ids.empty() && (name.size() > kMaxNameBytes || in.unknown_names == kMaxUnknownNames)) {
    in.nameless.refusal = kUndeclared;
    in.nameless.name = name.substr(0, kMaxNameBytes);
    in.nameless.patient = 0;
    return in.nameless;
  }
  NamedFact& made = in.names.emplace_back();
  made.name = name;
  made.key = KeyText(name);
  for (const FactId id : ids)
    made.readings.emplace_back(in.schema.facts[id]).trial = trial_in(in.schema, id, name);
  if (ids.size() == 1) made.only = ids.front();
  made.lasts = !ids.empty() && std::ranges::all_of(made.readings, [](const ReadingOfName& r) {
    return r.is_usable && part_of(r.kind) != Part::none;
  });
  if (ids.empty()) {
    made.refusal = is_part                              ? "this stands beside the facts, not among them"
                   : is_of_other_trial(in.schema, name) ? std::string(kOtherTrial)
                                                        : words_for_unknown(in.schema, name);
    ++in.unknown_names;
  } else {
    made.refusal = words_for_questions(in.schema, name, ids);
  }
  in.by_name.emplace(made.name, &made);
  return made;
}

void begin_patient(Intake& in, std::string_view where) {
  in.patient->clear();
  in.patient->where = where;
  ++in.number;
}

void add_fault(Intake& in, FactId fact, std::string_view message, std::string_view where) {
  auto& faults = in.patient->faults;
  // Warnings stop no trial: they take no room from what does.
  if (std::ranges::count(faults, false, &Fault::warns) < std::ptrdiff_t{kMaxFaults})
    faults.push_back({fact, printable(message), printable(where)});
}

bool has_died_by_screening(const Patient& patient) {
  return patient.death && patient.screening && patient.death->first_day <= patient.screening->last_day;
}

void settle_screening(Intake& in) {
  Patient& patient = *in.patient;
  if (!patient.screening) patient.screening = in.screening;
  if (has_died_by_screening(patient))
    add_fault(in, kNoFact,
              patient.death->last_day <= patient.screening->first_day
                  ? "this patient died before or on the day of screening"
                  : "this patient may have died before screening: the day of death is not certain",
              patient.where);
}

bool finish_patient(Intake& in) {
  Patient& patient = *in.patient;
  if (patient.id.empty()) {
    std::string message = "this patient has no identifier";
    if (!patient.faults.empty()) message += "; " + patient.faults.front().message;
    in.broken({kNoFact, std::move(message), patient.where});
    return true;
  }
  settle_screening(in);
  patient.assumed = in.complete & ~patient.complete;
  patient.complete |= in.complete;
  patient.repeated = !(in.is_new ? in.is_new(in.id_hash) : in.seen.insert(in.id_hash));
  if (patient.repeated) add_fault(in, kNoFact, kNeitherCounts, patient.where);
  return in.each(patient);
}

std::optional<PatientPart> patient_part_named(std::string_view name) {
  for (size_t part = 0; part < kParts.size(); ++part)
    if (is_same(kParts[part], name)) return static_cast<PatientPart>(part);
  return std::nullopt;
}

std::string_view name_of(PatientPart part) {
  return kParts[size_t(part)];
}

void set_part(Intake& in, PatientPart part, std::string_view text, std::string_view where) {
  std::string problem;
  switch (part) {
    case PatientPart::patient:
      problem = set_id(in, text);
      break;
    case PatientPart::screening:
      problem = set_screening(*in.patient, text);
      break;
    case PatientPart::arm:
      problem = set_arm(*in.patient, text);
      break;
    case PatientPart::complete:
      problem = set_complete(*in.patient, text);
      break;
    case PatientPart::death:
      problem = set_death(*in.patient, text);
      break;
  }
  if (!problem.empty()) add_fault(in, kNoFact, fmt::format("`{}`: {}", name_of(part), problem), where);
}

}  // namespace crit
