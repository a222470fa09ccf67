// A file of cases (`NAME.cases` beside `NAME.crit`) to patients and what is expected of each.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "grammar/patient_text.hpp"
#include "interpreter/intake.hpp"

namespace crit {

struct Case {
  std::string title;
  std::string where;  // "NCT06534528.cases:27"
  uint32_t line = 0;
  Patient patient;  // with faults where it cannot be read
  std::vector<ExpectLine::Item> expects;
};

// The patients point into the tree, which is kept beside them.
struct CaseFile {
  std::unique_ptr<const ParsedPatients> tree;
  std::vector<Case> cases;    // in the order of the file
  std::vector<Fault> broken;  // what stands outside every case, and patients that expect something
};

// The file's patients are the models of its cases (`like`). A patient with lines `expect` is a case of its
// own, named by its identifier.
CaseFile read_cases(Intake&, const Source&);

}  // namespace crit
