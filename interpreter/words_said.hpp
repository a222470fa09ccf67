// Words side by side, and the finding that is to say more of them.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "interpreter/choice_words.hpp"
#include "interpreter/schema.hpp"
#include "interpreter/side_by_side.hpp"

namespace crit {

struct WordsSaid {
  Schema& schema;
  const Schema::Scope& scope;
  const Source& source;
  Diagnostic& d;
  Words words = words_from(source, d.word_before->begin);

  std::string name_like(const std::string& word) const { return name_in_any_case(schema, scope, word); }
  std::string joined(size_t from, size_t many, std::string_view between = "_") const;
  // From the first word up to the byte `right` is to be written.
  void say(uint32_t end, std::string message, const std::string& right) const;
};

// What is said of tests and of what is past (said_tests.cpp). True where it was.
bool test_and_sign(const WordsSaid&);         // `HBsAg+`, `HER2-negative`
bool test_and_answer(const WordsSaid&);       // `HIV positive`
bool condition_and_answer(const WordsSaid&);  // `hepatitis_B positive`
bool history_said(const WordsSaid&);          // `malignancy history`

// The fact that the words behind the first ones name, and how many words it is.
struct NamedBehind {
  const Fact* fact = nullptr;
  std::string name;
  size_t words = 0;
};
NamedBehind named_behind(const WordsSaid&, size_t first);
std::string_view text_behind(const WordsSaid&, const NamedBehind&);
bool is_record(const Fact&);
// Whether a part of the criterion ends before the text, or a window stands there.
bool ends_before(std::string_view behind);

// What some of the words say of the attributes of a fact: `severity = severe and controlled = no`. Empty: one
// of them says nothing.
std::string attributes_said(const WordsSaid&, const Fact&, size_t from, size_t to);
// The fact of records that has the attribute; null: another one.
const Fact* with_attribute(const WordsSaid&, const std::string& name, const std::string& attribute);

// What a word beside a name decides (said_adjectives.cpp, said_attributes.cpp). True where it was.
bool result_said(const WordsSaid&);            // `peak ALT`, `every SBP > 160 mmHg`
bool attribute_said(const WordsSaid&);         // `severe hypertension`, `oral prednisone`
bool either_attribute_said(const WordsSaid&);  // `moderate or severe asthma`
bool attribute_and_number(const WordsSaid&);   // `neuropathy grade 2`, `neuropathy >= grade 2`
bool beginning_said(const WordsSaid&);         // `new prednisone`
bool dose_said(const WordsSaid&);              // `high dose prednisone`

// `malignancy within 5 years unless skin_basal_cell_carcinoma` (said_exceptions.cpp): what is a kind of the
// records before it is excepted from them.
void exception_said(const WordsSaid&);

// `HbA1c increase > 1%` (said_adjectives.cpp): of a result in per cent it reads two ways.
void change_said(const WordsSaid&);

}  // namespace crit
