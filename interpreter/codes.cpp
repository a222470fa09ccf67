// Looking a code up: exact, but for ICD-10-CM, whose declarations name ranges and prefixes.
#include "interpreter/codes.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

namespace crit {

namespace {

struct SystemRow {
  std::string_view url;
  CodeSystem system;
};
constexpr SystemRow kUrls[] = {{"http://loinc.org", CodeSystem::loinc},
                               {"http://snomed.info/sct", CodeSystem::snomed},
                               {"http://www.nlm.nih.gov/research/umls/rxnorm", CodeSystem::rxnorm},
                               {"http://hl7.org/fhir/sid/icd-10-cm", CodeSystem::icd10},
                               {"urn:oid:2.16.840.1.113883.6.1", CodeSystem::loinc},
                               {"urn:oid:2.16.840.1.113883.6.96", CodeSystem::snomed},
                               {"urn:oid:2.16.840.1.113883.6.88", CodeSystem::rxnorm},
                               {"urn:oid:2.16.840.1.113883.6.90", CodeSystem::icd10}};

// By system: the field of a declaration, and the name for people.
constexpr std::string_view kFields[] = {"icd10", "loinc", "rxnorm", "snomed"};
constexpr std::string_view kNames[] = {"ICD-10-CM", "LOINC", "RxNorm", "SNOMED"};
static_assert(std::ranges::is_sorted(kFields));  // as vocabulary_codes() are

std::string without_dot(std::string_view code) {
  std::string made(code);
  std::erase(made, '.');
  return made;
}

// Rows are by system, then by first code. A range of ICD-10-CM may begin anywhere before the code.
std::span<const VocabularyCode> rows_that_may_have(CodeSystem system, std::string_view code) {
  const auto all = vocabulary_codes();
  const bool is_icd10 = system == CodeSystem::icd10;
  const auto key = [](const VocabularyCode& row) { return std::pair(row.system, row.first); };
  const auto begin =
      std::ranges::lower_bound(all, std::pair(system, is_icd10 ? std::string_view() : code), {}, key);
  const auto end = std::ranges::upper_bound(all, std::pair(system, code), {}, key);
  return all.subspan(static_cast<size_t>(begin - all.begin()), static_cast<size_t>(end - begin));
}

bool is_in(const VocabularyCode& row, CodeSystem system, std::string_view code) {
  if (row.system != system) return false;
  if (system != CodeSystem::icd10) return row.first == code;
  return code.size() >= row.first.size() && code.substr(0, row.first.size()) >= row.first &&
         code.substr(0, row.last.size()) <= row.last;
}

void add_name(std::vector<std::string>& names, std::string_view name) {
  if (std::ranges::find(names, name) == names.end()) names.emplace_back(name);
}

// What the trials declare themselves: each(name, range).
template <typename Each>
void for_each_own_code(const Schema& schema, Each each) {
  for (const Fact& fact : schema.facts) {
    if (fact.standard || !fact.declaration) continue;
    for (const DeclarationField& field : fact.declaration->fields) {
      const auto* codes = std::get_if<CodesField>(&field.node);
      const auto system = codes ? code_system_named(codes->system.text) : std::nullopt;
      if (!system) continue;
      for (const Name& written : codes->codes) {
        const bool is_icd = system == CodeSystem::icd10;
        const std::string text = is_icd ? without_dot(written.text) : written.text;
        const size_t dash = is_icd ? text.find('-') : text.npos;
        const std::string first = text.substr(0, dash);
        each(fact.name, CodeRange{*system, first, dash == text.npos ? first : text.substr(dash + 1)});
      }
    }
  }
}

}  // namespace

std::optional<CodeSystem> code_system_named(std::string_view field) {
  const auto found = std::ranges::find(kFields, field);
  if (found == std::end(kFields)) return std::nullopt;
  return static_cast<CodeSystem>(found - kFields);
}

std::string_view name_of(CodeSystem system) {
  return kNames[size_t(system)];
}

std::optional<CodeSystem> code_system_of(std::string_view url) {
  const auto found = std::ranges::find(kUrls, url, &SystemRow::url);
  if (found == std::end(kUrls)) return std::nullopt;
  return found->system;
}

bool is_member(std::string_view name, std::string_view of) {
  const VocabularyEntry* entry = vocabulary_entry(name);
  return entry && std::ranges::any_of(parents_of(*entry), [&](std::string_view parent) {
           return parent == of || is_member(parent, of);
         });
}

std::vector<std::string> names_of_code(const Schema& schema, CodeSystem system, std::string_view code) {
  std::string plain(code);
  if (system == CodeSystem::icd10) {
    plain = without_dot(code);
    std::ranges::transform(plain, plain.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? char(c - 32) : c; });
  }
  std::vector<std::string> names;
  // Two codes in one cell are no code: the first must not stand for both.
  const bool is_letter_or_digit = std::ranges::all_of(plain, [](unsigned char c) { return std::isalnum(c); });
  if (system == CodeSystem::icd10 && !is_letter_or_digit) return names;
  for (const VocabularyCode& row : rows_that_may_have(system, plain))
    if (is_in(row, system, plain)) add_name(names, row.name);
  for_each_own_code(schema, [&](const std::string& name, const CodeRange& own) {
    if (is_in({own.system, own.first, own.last, name}, system, plain)) add_name(names, name);
  });
  const std::vector<std::string> all = names;
  std::erase_if(names, [&](const std::string& wide) {
    return std::ranges::any_of(all, [&](const std::string& narrow) { return is_member(narrow, wide); });
  });
  return names;
}

std::vector<CodeRange> codes_of_name(const Schema& schema, std::string_view name) {
  std::vector<CodeRange> codes;
  for (const VocabularyCode& row : vocabulary_codes())
    if (row.name == name) codes.push_back({row.system, std::string(row.first), std::string(row.last)});
  for_each_own_code(schema, [&](const std::string& of, const CodeRange& own) {
    if (of == name) codes.push_back(own);
  });
  return codes;
}

}  // namespace crit
