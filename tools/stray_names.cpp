// Faults with the same words at places of one file that differ in their numbers alone are one.
#include "tools/stray_names.hpp"

#include <fmt/format.h>

#include "grammar/words.hpp"
#include "interpreter/stray_words.hpp"
#include "tools/answers.hpp"

namespace crit {

namespace {

constexpr size_t kMostStrays = 10'000;

// `wide.csv:2` and `patients.json: [2].facts.coffee`, without what says which patient it is.
std::string key_of(const Fault& fault) {
  std::string key;
  const size_t colon = fault.where.rfind(':', fault.where.find(": "));
  for (size_t i = 0; i < fault.where.size(); ++i)
    if (i < colon || !is_digit(fault.where[i])) key += fault.where[i];
  return key + '\n' + fault.message;
}

}  // namespace

StrayNames::Stray* StrayNames::entry(const Fault& fault) {
  std::string key = key_of(fault);
  if (const auto known = places_.find(key); known != places_.end()) return &strays_[known->second];
  if (strays_.size() == kMostStrays) return nullptr;
  places_.emplace(std::move(key), strays_.size());
  return &strays_.emplace_back();
}

bool StrayNames::take(const Fault& fault, const std::string& patient) {
  if (patient.empty() || !(fault.warns || is_of_name(fault.message))) return false;
  Stray* stray = entry(fault);
  if (!stray) {
    ++others_;
    return true;
  }
  if (stray->patients == 0) {
    stray->first = fault;
    stray->patient = patient;
  }
  if (stray->patients == 0 || stray->last != patient) ++stray->patients;
  stray->last = patient;
  return true;
}

void StrayNames::take_warnings(const Patient& patient) {
  for (const Fault& fault : patient.faults)
    if (fault.warns) take(fault, patient.id);
}

void StrayNames::add(const StrayNames& other) {
  for (const Stray& more : other.strays_) {
    Stray* stray = entry(more.first);
    if (!stray) {
      others_ += more.patients;
    } else if (stray->patients == 0) {
      *stray = more;
    } else {
      stray->patients += more.patients;
      stray->last = more.last;
    }
  }
  others_ += other.others_;
}

void StrayNames::tell(Console& console) {
  for (Stray& stray : strays_) {
    const bool is_result = stray.first.warns && stray.first.message.find(kOtherTrial) == std::string::npos;
    if (stray.patients > 1)
      stray.first.message += fmt::format(" ({} patients have {} there)", stray.patients,
                                         is_result ? "such a result" : "something");
    tell_fault(console, stray.first, stray.patient);
  }
  if (others_ > 0)
    complain_error(console, fmt::format("{} more places with names that nothing declares", others_));
  others_ = 0;
  strays_.clear();
  places_.clear();
}

}  // namespace crit
