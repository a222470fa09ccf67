// Codes to facts, once a run each: by the site's settings, by the vocabulary, by the trials' own
// declarations.
#include <algorithm>

#include "interpreter/fhir_vaccines.hpp"
#include "interpreter/hold.hpp"

namespace crit {

namespace {

constexpr std::string_view kVaccineSystem = "http://hl7.org/fhir/sid/cvx";

std::vector<std::string> names_of(const Intake& in, std::string_view written,
                                  std::optional<CodeSystem> system, std::string_view code) {
  if (code.empty() || code.size() > kMaxNameBytes) return {};
  if (in.site) {
    const auto own = in.site->codes.find(key_of_code(system, code));
    if (own != in.site->codes.end()) return own->second;
  }
  if (written == kVaccineSystem) return vaccines_of(code);
  return system ? names_of_code(in.schema, *system, code) : std::vector<std::string>();
}

}  // namespace

FactKind kind_of(const NamedFact& fact) {
  return fact.readings.front().kind;
}

std::string key_of_code(std::optional<CodeSystem> system, std::string_view code) {
  std::string key(system ? name_of(*system) : "");
  key += '|';
  key += code;
  return key;
}

HeldCode& code_of(Intake& in, std::string_view system, std::optional<CodeSystem> known_system,
                  std::string_view code, std::string_view display) {
  Holding& run = holding(in);
  std::string key(system.substr(0, kMaxNameBytes));
  key += '|';
  key += (code.empty() ? display : code).substr(0, kMaxNameBytes);
  if (const auto known = run.by_code.find(key); known != run.by_code.end()) return *known->second;
  const bool is_full = run.codes.size() >= kMaxCodes;
  if (is_full && run.more.display.empty()) run.more.display = "all codes past 100,000 different ones";
  HeldCode& made = is_full ? run.more : run.codes.emplace_back();
  made.facts.clear();
  for (const std::string& name : names_of(in, system, known_system, code)) {
    NamedFact& fact = named(in, name);
    if (!fact.readings.empty()) made.facts.push_back(&fact);
  }
  if (is_full) return made;
  made.system = system.substr(0, kMaxNameBytes);
  made.code = code.substr(0, kMaxNameBytes);
  made.display = display.substr(0, kMaxNameBytes);
  run.by_code.emplace(std::move(key), &made);
  return made;
}

void count_unmapped(HeldCode& code, OriginId origin) {
  const auto found = std::ranges::find(code.unmapped, origin, &std::pair<OriginId, uint64_t>::first);
  if (found == code.unmapped.end())
    code.unmapped.emplace_back(origin, 1);
  else
    ++found->second;
}

}  // namespace crit
