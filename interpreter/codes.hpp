// Codes of hospital systems to the names of facts: an index that is made at build time from the fields
// `loinc`, `icd10`, `rxnorm` and `snomed` of the vocabulary, and the same fields of the trials' own
// declarations.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "interpreter/schema.hpp"

namespace crit {

enum class CodeSystem : uint8_t { icd10, loinc, rxnorm, snomed };

// Codes from `first` to `last` name this fact. Of ICD-10-CM, without the dot, every code that begins so.
struct VocabularyCode {
  CodeSystem system;
  std::string_view first, last;
  std::string_view name;
};
std::span<const VocabularyCode> vocabulary_codes();  // by system, then first

// By the field's name in a declaration.
std::optional<CodeSystem> code_system_named(std::string_view field);
std::string_view name_of(CodeSystem);  // `LOINC`
// By its URL or OID in FHIR; nothing for those that no declaration names.
std::optional<CodeSystem> code_system_of(std::string_view url);

// The names that a code has in the vocabulary or in a trial of the run, the narrowest only: of a name and
// another that it `is`, the former.
std::vector<std::string> names_of_code(const Schema&, CodeSystem, std::string_view code);

// The other way: every code that a name has, in the vocabulary and in the trials of the run.
struct CodeRange {
  CodeSystem system;
  std::string first, last;  // as in VocabularyCode
};
std::vector<CodeRange> codes_of_name(const Schema&, std::string_view name);

// Whether a name of the vocabulary `is` another, directly or through others.
bool is_member(std::string_view name, std::string_view of);

}  // namespace crit
