// Findings as programs read them.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "grammar/diagnostic.hpp"

namespace crit {

// An array of objects, one a finding.
void append_findings_json(std::string&, const std::vector<Diagnostic>&, const std::vector<const Source*>&);

// SARIF 2.1.0, the OASIS format of static analysis results, with the manual page of each rule that found
// something. `unopened`: files that could not be read, and why.
void append_findings_sarif(std::string&, const std::vector<Diagnostic>&, const std::vector<const Source*>&,
                           const std::vector<std::pair<std::string, std::string>>& unopened);

// The workflow commands of GitHub Actions, a line a finding.
void append_findings_github(std::string&, const std::vector<Diagnostic>&, const std::vector<const Source*>&);

}  // namespace crit
