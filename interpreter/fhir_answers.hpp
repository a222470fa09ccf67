// Coded answers of observations to the words of a choice, and to yes or no.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "interpreter/fact.hpp"
#include "interpreter/fhir_resource.hpp"

namespace crit {

// What a code of an answer says: `positive`, `former`, `II`; nothing where it says that the answer is not
// known.
struct AnswerCode {
  std::string_view code, word;
};
std::span<const AnswerCode> answer_codes();

// Whether one of the codes says that nobody knows.
bool is_not_known(const FhirResult&);
// The choice's value that a result means; its own words, which are none of the values, where it means
// another; empty where it has none.
std::string choice_of(const FhirResult&, const Fact& choice);
std::optional<bool> yes_or_no_of(const FhirResult&);
// What the result says in its own words; empty where it says nothing.
std::string words_of_answer(const FhirResult&);

}  // namespace crit
