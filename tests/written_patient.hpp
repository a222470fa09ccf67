// A patient as it was read to text, for the tests that hold it against what is expected or another way to it.
#pragma once

#include <string>

#include "interpreter/patient.hpp"
#include "interpreter/schema.hpp"

namespace crit {

std::string written(const Schema&, const Patient&);

}  // namespace crit
