// CVX codes of vaccines, which no declaration can name, to the drugs of the vocabulary.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace crit {

// `vaccine` for a code that is not in the table: whether it is live is then not said.
std::vector<std::string> vaccines_of(std::string_view cvx);
// The table's rows: a name, and its codes with blanks between.
struct VaccineRow {
  std::string_view name, codes;
};
std::span<const VaccineRow> vaccine_rows();

}  // namespace crit
