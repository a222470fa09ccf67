// Codes to names: by the vocabulary's own fields, the narrowest of them.
#include "interpreter/codes.hpp"

#include "interpreter/unmapped_codes.hpp"
#include "tests/test.hpp"

using namespace crit;

namespace {

using Names = std::vector<std::string>;

Names icd(std::string_view code) {
  return names_of_code(Schema{}, CodeSystem::icd10, code);
}

}  // namespace

TEST_CASE("ICD-10-CM codes are found by range and prefix") {
  CHECK(icd("E11.9") == Names{"type_2_diabetes"});
  CHECK(icd("e119") == Names{"type_2_diabetes"});
  CHECK(icd("E08.01") == Names{"secondary_diabetes"});
  CHECK(icd("C34.90") == Names{"lung_cancer"});
  CHECK(icd("C97") == Names{"malignancy"});
  CHECK(icd("C98").empty());
  CHECK(icd("E1").empty());
  CHECK(icd("J45.909,C50.9").empty());
  CHECK(icd("").empty());
}

TEST_CASE("other codes are found as they are") {
  CHECK(names_of_code(Schema{}, CodeSystem::loinc, "1742-6") == Names{"ALT"});
  CHECK(names_of_code(Schema{}, CodeSystem::loinc, "1742").empty());
  CHECK(names_of_code(Schema{}, CodeSystem::snomed, "1742-6").empty());
  CHECK(names_of_code(Schema{}, CodeSystem::rxnorm, "1049221") == Names{"oxycodone", "paracetamol"});
}

TEST_CASE("the ranges of the vocabulary's codes have two ends of one length") {
  for (const VocabularyCode& row : vocabulary_codes()) {
    INFO(row.name << " " << row.first);
    CHECK(row.first.size() == row.last.size());
    CHECK(row.first <= row.last);
    CHECK(vocabulary_entry(row.name));
  }
}

TEST_CASE("the nearest name shares words") {
  constexpr uint32_t kDrugs = kinds({FactKind::drug}), kConditions = kinds({FactKind::condition});
  CHECK(name_near("Ibuprofen 200 MG Oral Tablet", kDrugs) == "ibuprofen");
  CHECK(name_near("Fracture of rib", kConditions) == "fracture");
  CHECK(name_near("Ibuprofen 200 MG Oral Tablet", kConditions).empty());
  CHECK(name_near("", kConditions).empty());
}
