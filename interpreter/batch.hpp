// Patients who are asked together: what none of them has a record of is answered for all of them in a few
// steps, and only the others are looked at one by one.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "interpreter/calendar.hpp"
#include "interpreter/fact_set.hpp"
#include "interpreter/patient.hpp"
#include "interpreter/truth.hpp"

namespace crit {

// Some patients of a batch, as bits by their places.
using Places = uint64_t;
inline constexpr size_t kMostInBatch = 64;

template <typename Each>
void for_each_place(Places places, Each each) {
  for (; places != 0; places &= places - 1) each(static_cast<uint32_t>(std::countr_zero(places)));
}

// A truth for each place; unknown for those in neither.
struct Truths {
  Places yes = 0, no = 0;

  Truth at(uint32_t place) const {
    return Truth(uint8_t(Truth::unknown) + (yes >> place & 1) - (no >> place & 1));
  }
  Places where(Truth truth) const {
    return truth == Truth::yes ? yes : truth == Truth::no ? no : ~(yes | no);
  }
  void set(uint32_t place, Truth truth) {
    yes |= Places{truth == Truth::yes} << place;
    no |= Places{truth == Truth::no} << place;
  }
  void set_all(Places places, Truth truth) {
    if (truth == Truth::yes) yes |= places;
    if (truth == Truth::no) no |= places;
  }
  void add(const Truths& of_others) {
    yes |= of_others.yes;
    no |= of_others.no;
  }
  Truths of(Places places) const { return {yes & places, no & places}; }
  Truths operator!() const { return {no, yes}; }
};

// What is known of a condition, and of whom.
struct Answered {
  Places asked = 0;
  Truths truths;
};

class Batch {
 public:
  // The patients must stay while they are in it.
  void add(const Patient&);
  void clear();

  size_t size() const { return patients_.size(); }
  const Patient& operator[](size_t place) const { return *patients_[place]; }
  // Whether all that have a day of screening have the same.
  bool is_of_one_day() const { return one_day_; }
  // Who has a record of one of the facts; of whom one of them is denied; whose part of the record is
  // complete.
  Places with_record(const FactGroup& facts) const { return among(facts, recorded_); }
  Places with_record(FactId fact) const { return recorded_.some.has(fact) ? recorded_.places[fact] : 0; }
  Places denying(const FactGroup& facts) const { return among(facts, denied_); }
  Places complete(Part part) const { return complete_[size_t(part)]; }
  // Whether some answer is for one trial alone, so that others which ask the same do not share it.
  bool answers_one_trial() const { return answers_one_trial_; }
  Places with_record_of_denial() const { return with_record_of_denial_; }
  // Each of the facts that somebody has a record of, with its rank and who has.
  template <typename Each>
  void for_each_recorded(const FactGroup& facts, Each each) const {
    facts.for_each_in(recorded_.some, [&](FactId fact, uint32_t rank) {
      each(rank, recorded_.places[fact]);
      return false;
    });
  }

 private:
  struct Having {
    FactSet some;                // of whom there is somebody
    std::vector<Places> places;  // by FactId
    void add(const FactSet&, Places);
    void clear();
  };
  static Places among(const FactGroup& facts, const Having& having) {
    Places found = 0;
    facts.for_each_in(having.some, [&](FactId fact, uint32_t) {
      found |= having.places[fact];
      return false;
    });
    return found;
  }

  std::vector<const Patient*> patients_;
  std::optional<When> screening_;
  bool one_day_ = true, answers_one_trial_ = false;
  Having recorded_, denied_;
  std::array<Places, kPartCount> complete_{};
  Places with_record_of_denial_ = 0;
};

}  // namespace crit
