// What is wrong with a column's name or a key, told once for all patients of a file that have something
// there.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "interpreter/patient.hpp"
#include "tools/console.hpp"

namespace crit {

class StrayNames {
 public:
  // False where the fault is of another kind, to be told at once. All faults of a patient come one after the
  // other.
  bool take(const Fault&, const std::string& patient);
  void take_warnings(const Patient&);
  void add(const StrayNames&);  // of the patients that come next
  void tell(Console&);          // and forget them

 private:
  struct Stray {
    Fault first;
    std::string patient, last;
    uint64_t patients = 0;
  };
  Stray* entry(const Fault&);

  std::map<std::string, size_t, std::less<>> places_ = {};
  std::vector<Stray> strays_ = {};  // in the order in which they were met
  uint64_t others_ = 0;             // for which there was no room
};

}  // namespace crit
