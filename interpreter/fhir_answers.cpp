// The answers by their codes; where a code is not known, by their words, if these are exactly a value's.
#include "interpreter/fhir_answers.hpp"

#include <algorithm>

#include "interpreter/spelling.hpp"

namespace crit {

namespace {

// SNOMED CT codes have digits only, LOINC's answers begin with LA: no code means two things.
constexpr AnswerCode kRows[] = {
    {"260385009", "negative"},  // Negative
    {"260415000", "negative"},  // Not detected
    {"131194007", "negative"},  // Non-reactive
    {"LA6577-6", "negative"},   // Negative
    {"LA11883-8", "negative"},  // Not detected
    {"10828004", "positive"},   // Positive
    {"260373001", "positive"},  // Detected
    {"11214006", "positive"},   // Reactive
    {"LA6576-8", "positive"},   // Positive
    {"LA11882-0", "positive"},  // Detected
    {"82334004", "indeterminate"},
    {"266919005", "never"},  // Never smoked tobacco
    {"LA18978-9", "never"},
    {"8517006", "former"},  // Ex-smoker
    {"LA15920-4", "former"},
    {"449868002", "current"},        // Smokes tobacco daily
    {"428041000124106", "current"},  // Occasional tobacco smoker
    {"428071000124103", "current"},  // Heavy tobacco smoker
    {"428061000124105", "current"},  // Light tobacco smoker
    {"77176002", "current"},         // Smoker
    {"LA18976-3", "current"},
    {"LA18977-1", "current"},
    {"LA18981-3", "current"},
    {"LA18982-1", "current"},
    {"LA18979-7", "current"},
    {"266927001", ""},  // Tobacco smoking consumption unknown
    {"LA18980-5", ""},
    {"248152002", "female"},
    {"248153007", "male"},
    {"LA3-6", "female"},
    {"LA2-8", "male"},
    {"LA9622-7", "0"},  // ECOG, LOINC answer list LL529-9
    {"LA9623-5", "1"},
    {"LA9624-3", "2"},
    {"LA9625-0", "3"},
    {"LA9626-8", "4"},
    {"LA9627-6", "5"},
    {"420300004", "I"},  // New York Heart Association Classification
    {"421704003", "II"},
    {"420913000", "III"},
    {"422293003", "IV"},
    {"373066001", "yes"},
    {"LA33-6", "yes"},
    {"373067005", "no"},
    {"LA32-8", "no"},
    {"52101004", "yes"},  // Present
    {"LA9633-4", "yes"},
    {"2667000", "no"},  // Absent
    {"LA9634-2", "no"},
    {"NEG", "negative"},  // the short forms of `interpretation`
    {"ND", "negative"},
    {"NR", "negative"},
    {"POS", "positive"},
    {"DET", "positive"},
    {"RR", "positive"},
    {"IND", "indeterminate"},
};

const AnswerCode* row_of(std::string_view code) {
  const auto found = std::ranges::find(kRows, code, &AnswerCode::code);
  return found == std::end(kRows) ? nullptr : &*found;
}

// The words that a result may mean, its codes first.
std::vector<std::string_view> words_of(const FhirResult& result) {
  std::vector<std::string_view> words;
  for (const FhirCoding& coding : result.answer.codings)
    if (const AnswerCode* row = row_of(coding.code)) words.push_back(row->word);
  for (const FhirCoding& coding : result.answer.codings) words.push_back(coding.display);
  words.push_back(result.answer.text);
  words.push_back(result.text);
  if (result.quantity && result.quantity->comparator.empty()) words.push_back(result.quantity->number);
  if (const AnswerCode* row = row_of(result.interpretation)) words.push_back(row->word);
  if (result.answer.codings.empty() && result.text.empty()) words.push_back(result.interpretation);
  std::erase(words, std::string_view());
  return words;
}

}  // namespace

std::span<const AnswerCode> answer_codes() {
  return kRows;
}

std::string choice_of(const FhirResult& result, const Fact& choice) {
  const auto words = words_of(result);
  for (const std::string_view word : words)
    if (const std::string* value = value_in_any_case(choice, word)) return *value;
  return words_of_answer(result);
}

bool is_not_known(const FhirResult& result) {
  return std::ranges::any_of(result.answer.codings, [](const FhirCoding& coding) {
    const AnswerCode* row = row_of(coding.code);
    return row && row->word.empty();
  });
}

std::string words_of_answer(const FhirResult& result) {
  const auto words = words_of(result);
  if (!words.empty()) return std::string(words.front());
  if (result.quantity && !result.quantity->number.empty())
    return std::string(result.quantity->comparator) + std::string(result.quantity->number);
  if (result.yes) return *result.yes ? "true" : "false";
  return std::string(result.interpretation.empty() ? result.other_value : result.interpretation);
}

std::optional<bool> yes_or_no_of(const FhirResult& result) {
  if (result.yes) return result.yes;
  for (const std::string_view word : words_of(result)) {
    const std::string plain = lower_case(word);
    if (plain == "yes" || plain == "positive") return true;
    if (plain == "no" || plain == "negative") return false;
  }
  return std::nullopt;
}

}  // namespace crit
