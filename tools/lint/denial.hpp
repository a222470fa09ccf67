// Where the protocol's words deny a fact: "no prior chemotherapy", "free of seizures".
#pragma once

#include <string_view>
#include <vector>

#include "tools/lint/mentions.hpp"

namespace crit {

// Whether one of the words that always deny is in the text: `no`, `not`, `without`, `never`. What else denies
// or turns a sentence round each check says for itself.
bool has_denial(std::string_view text);

// The words that deny the fact wherever the text speaks of it ("no prior"); empty: it is not denied
// everywhere, or a sentence turns it round again ("... are not eligible", "if").
std::string_view denial_of(const PlainText&, std::vector<Mention>);

}  // namespace crit
