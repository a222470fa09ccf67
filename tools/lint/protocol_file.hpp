// A registry's text or JSON (`--protocol FILE`) to its criteria, and where they hold the quotes of the rules.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace crit {

struct ProtocolItem {
  enum class List { unsaid, inclusion, exclusion } list = List::unsaid;
  std::string text;
};

// ClinicalTrials.gov's JSON (`eligibilityCriteria`), an object or a line with `inclusion` and `exclusion`, or
// text with the headings "Inclusion Criteria:" and "Exclusion Criteria:". Of several trials the one that
// names `id`.
std::vector<ProtocolItem> read_protocol(std::string_view file, std::string_view id);

// A quote that was pasted with the heading on its line: "Inclusion criteria Patients with ...".
std::string_view without_heading(std::string_view quote);

// What counts when texts are compared: letters, digits and comparison signs, in small letters, with where
// each was.
struct Essence {
  std::string text;
  std::vector<uint32_t> origin;
};
Essence essence(std::string_view text);

}  // namespace crit
