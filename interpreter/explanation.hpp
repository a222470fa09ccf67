// The parts of an explanation, for its own files: sentences in a trial coordinator's words, and the facts
// behind them.
#pragma once

#include <string>
#include <vector>

#include "interpreter/evaluation.hpp"

namespace crit {

struct Telling {
  Evaluation& e;
  Reason& reason;
  std::vector<Finding> findings = {};
  std::vector<uint32_t> told = {};  // records that are among the facts already
};

// --- words
// ---------------------------------------------------------------------------------------------------

std::string number_words(const Rational&);                         // 2.5, 132.6025
std::string with_unit(std::string number, std::string_view unit);  // 100 U/L, 55%, 63 years
std::string amount_words(const Amount&, std::string_view unit);    // 100 U/L, 17 to 18 years, below 5 mg/L
std::string value_as_written(const Evaluation&, const Record&);    // <5, female, yes, 10
std::string unit_as_written(const Evaluation&, const Record&);     // the fact's own where none was written
std::string tick_words(Tick, bool in_minutes);                     // 2025-02-24, 2025-02-24T08:30
std::string when_words(const Record&);  // on 2025-02-24, since 2019-05, from 2001 to 2009-06
std::string record_words(const Evaluation&, const Record&);  // ALT 152 U/L on 2025-02-24
std::string window_words(Evaluation&, WindowId);             // within 3 months before 2025-03-01
std::string place_words(Evaluation&, WindowId);  // where a record is: so too, and up to 2025-03-01 for `ever`
// ` (the laboratory's range has 41)`, where a result's own limit is another one; empty: they agree, or one is
// missing.
std::string other_limit(Evaluation&, RefId, uint32_t record, bool upper);
// Why a result has no such limit: `missing`, `not known without sex`.
std::string no_limit_words(Evaluation&, const Ref&, const Record&, bool upper);
std::string date_words(Telling&, const DateOf&);     // first_dose 2025-03-01, first_dose is not given
std::string age_words(Telling&, const AgeAt&);       // age 63 years
std::string formula_words(Evaluation&, ValueId);     // 2.5 × ULN 40; empty where it would be long
std::string unit_words(const Evaluation&, ValueId);  // as the fact's declaration spells it
std::string joined(const std::vector<std::string>&, std::string_view between);
std::string joined(const NameList&, std::string_view between);

// --- comparisons
// ---------------------------------------------------------------------------------------------

// What of the patient stands in a value, from left to right; a limit belongs to its result and is none of it.
std::vector<ValueId> subjects_of(const Model&, ValueId);
// The side that is held against the others: the patient's, the middle one of a range.
size_t subject_side(const Model&, const Compare&);

// --- sentences
// -----------------------------------------------------------------------------------------------

void tell(Telling&, NodeId);               // the leaves that decide a condition
void say(Telling&, std::string sentence);  // once
void use(Telling&, uint32_t record, bool counts = true, std::string limit = {});
void tell_compare(Telling&, const Compare&);
void tell_parts(Telling&, const OneOf&);     // which parts of a stage are meant is not said
void tell_result(Telling&, RefId);           // a choice, a flag, a judgement, a measure; or why there is none
std::string missing_words(Telling&, RefId);  // why no result answers
std::string result_words(Telling&, RefId,
                         const std::string& limit);  // the results that a name means, or why there is none
// The same where it is not certain which result counts, or whether: beside each stands what is its own, such
// as its `limit`.
std::string result_words(Telling&, RefId, const std::vector<std::string>& own, std::string_view what);
void tell_normal(Telling&, const IsNormal&);
// Notes the records and names them; with the attributes that `asked` looks at.
std::string records_words(Telling&, const std::vector<uint32_t>& records, bool counts,
                          const RecordsOf* asked = nullptr);
void tell_records(Telling&, const RecordsOf&);
void tell_stable(Telling&, const StableDose&);
void tell_stable_result(Telling&, const StableResult&, Truth);
std::string attributes_words(Evaluation&, const RecordsOf&, uint32_t record);  // those that it asks for
void tell_of_patient(Telling&, NodeId with);  // what a `with` asks of the patient, not of the record
void tell_attribute(Telling&, std::string_view name);
std::string dose_words(Telling&, const DoseValue&);
std::vector<std::string> missing_anchors(Evaluation&, const WindowSpec&);
std::string not_plausible(const Fact&);  // `is not plausible (plausible: 1 to 20000 U/L)`

}  // namespace crit
