// Patients to the bits of their batch.
#include "interpreter/batch.hpp"

namespace crit {

void Batch::Having::add(const FactSet& facts, Places place) {
  some.add(facts);
  if (places.size() < some.room()) places.resize(some.room());
  facts.for_each([all = places.data(), place](FactId fact) { all[fact] |= place; });
}

void Batch::Having::clear() {
  some.for_each([&](FactId fact) { places[fact] = 0; });
  some.clear();
}

void Batch::add(const Patient& patient) {
  const Places place = Places{1} << patients_.size();
  patients_.push_back(&patient);
  recorded_.add(patient.recorded(), place);
  denied_.add(patient.denied(), place);
  for (size_t part = 0; part < kPartCount; ++part)
    if (patient.is_complete(Part(part))) complete_[part] |= place;
  if (patient.records_of_denials) with_record_of_denial_ |= place;
  answers_one_trial_ |= patient.answers_one_trial;
  if (!patient.screening) return;
  one_day_ = one_day_ && (!screening_ || *screening_ == *patient.screening);
  screening_ = patient.screening;
}

void Batch::clear() {
  patients_.clear();
  screening_.reset();
  one_day_ = true;
  answers_one_trial_ = false;
  recorded_.clear();
  denied_.clear();
  complete_ = {};
  with_record_of_denial_ = 0;
}

}  // namespace crit
