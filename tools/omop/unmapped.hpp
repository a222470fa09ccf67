// A database to the concepts of its records that no name of the vocabulary takes, and how often each comes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tools/omop/read_omop.hpp"

namespace crit {

struct UnmappedConcept {
  std::string vocabulary, code, name;  // all empty: the record has no concept
  uint64_t count = 0;
  std::string nearest;  // the vocabulary's name that comes nearest; empty: none is near
};

struct OmopTable {
  std::string_view name;
  uint64_t read = 0, unmapped = 0;
  std::vector<UnmappedConcept> concepts;  // the most frequent first
};

// The tables that are there, in one order. What is wrong, with the database's name; nothing: all was counted.
std::optional<std::string> unmapped_in_omop(const Schema&, const OmopSource&, std::vector<OmopTable>&);

}  // namespace crit
