// The dose of a drug held against a number, and whether it is stable, asked of many patients: where the only
// record of the class is a course that goes on over the whole window, or there is none.
#pragma once

#include <optional>

#include "interpreter/plain_record.hpp"

namespace crit {

// What a patient takes of a class.
struct PlainCourse {
  const Record* record = nullptr;  // null: nothing is recorded
  uint32_t place = 0;              // of its member
  bool open = false;               // it is not as plain as that

  // `from`: the day on which it must have begun.
  static PlainCourse of(const Patient&, const Class&, Tick from);
};

// `highest dose of DRUG within D > N`.
class PlainDose {
 public:
  // Nothing where the comparison is of anything else. The evaluation is of any patient whose window it is.
  static std::optional<PlainDose> of(Evaluation&, const Compare&);

  static bool is_of_all() { return true; }
  WindowId window() const { return dose_->window; }

  Quick ask(const Patient&) const;

 private:
  // How many of the bound's units one of the record's is; not a number where that is not known.
  double factor(const PlainCourse&) const;

  const DoseValue* dose_ = nullptr;
  const Class* class_ = nullptr;
  const ResolvedWindow* window_ = nullptr;
  double bound_ = 0;
  bool if_below_ = false, if_above_ = false;
  // The last factor that was asked for.
  mutable const Conversion* last_unit_ = nullptr;
  mutable uint32_t last_place_ = 0;
  mutable double last_factor_ = 0;
};

// `DRUG stable for D`.
class PlainStable {
 public:
  // Nothing where it is counted from another day than that of screening, or by the hour or in half-lives.
  static std::optional<PlainStable> of(Evaluation&, const StableDose&);

  static bool is_of_all() { return true; }

  Quick ask(const Patient&) const;

 private:
  const Class* class_ = nullptr;
  Tick from_ = 0;
};

}  // namespace crit
