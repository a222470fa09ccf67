// Trials to what a database must be asked for: the facts that they read, the codes that mean them, and the
// days from which on records of them can decide anything.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "interpreter/load.hpp"

namespace crit {

// Codes of a vocabulary of OMOP: `low` alone, or all from `low` up to what comes before `high`.
struct OmopCodes {
  std::string_view vocabulary;  // as in CONCEPT.vocabulary_id
  std::string low, high;        // high empty: one code
};

struct AskedFact {
  std::string name;
  FactKind kind = FactKind::condition;
  // False: its records decide nothing; a code that means it means no wider fact, though.
  bool asked = true;
  std::optional<Day> since, until;  // nothing: records of any time count
  std::vector<OmopCodes> codes;
  std::vector<std::string> values;  // of a choice
  bool with_dose = false;           // of a drug: a rule asks for doses
};

// By name and kind. Without a screening date there are no bounds.
std::vector<AskedFact> asked_facts(const Schema&, const std::vector<LoadedTrial>&,
                                   const std::optional<When>& screening);

// Every name of the vocabulary that has codes.
std::vector<AskedFact> vocabulary_facts(const Schema&);

}  // namespace crit
