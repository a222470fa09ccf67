// CVX codes of vaccines, which no declaration can name, to the drugs of the vocabulary.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace crit {

// `vaccine` for a code that is not in the table: whether it is live is then not said.
std::vector<std::string> vaccines_of(std::string_view cvx);

}  // namespace crit
