// What the grammar expects where it stops guessing (must<..>), in words: "expected `then`, not `else`".
#pragma once

#include "grammar/patient_grammar.hpp"
#include "grammar/statements.hpp"

namespace crit::grammar {

template <typename Rule>
inline constexpr const char* expected = nullptr;

template <>
inline constexpr const char* expected<expression> = "a condition";
template <>
inline constexpr const char* expected<part> = "a condition or a value";
template <>
inline constexpr const char* expected<part_sum> = "a value";
template <>
inline constexpr const char* expected<unary> = "a condition";
template <>
inline constexpr const char* expected<compared> = "a value";
template <>
inline constexpr const char* expected<list_value> = "a value";
template <>
inline constexpr const char* expected<value_branch> = "a value";
template <>
inline constexpr const char* expected<factor> = "a value";
template <>
inline constexpr const char* expected<product> = "a value";
template <>
inline constexpr const char* expected<power> = "a value";
template <>
inline constexpr const char* expected<primary> = "a value";
template <>
inline constexpr const char* expected<sor<negative_exponent, primary>> = "a value";
template <>
inline constexpr const char* expected<selected> = "a name";
template <>
inline constexpr const char* expected<is_value> = "`known`, `missing`, `normal` or a value";
template <>
inline constexpr const char* expected<sor<counted_list, records>> = "a name, or `of (`";
template <>
inline constexpr const char* expected<named_records> = "a name";

template <>
inline constexpr const char* expected<and_> = "`and`";
template <>
inline constexpr const char* expected<else_> = "`else`";
template <>
inline constexpr const char* expected<for_> = "`for`";
template <>
inline constexpr const char* expected<of_> = "`of`";
template <>
inline constexpr const char* expected<then_> = "`then`";
template <>
inline constexpr const char* expected<to_> = "`to`";
template <>
inline constexpr const char* expected<at_least> = "`at least`";
template <>
inline constexpr const char* expected<least_or_most> = "`least` or `most`";
template <>
inline constexpr const char* expected<above_or_below> = "`above` or `below`";
template <>
inline constexpr const char* expected<quickly> = "`quickly`";
template <>
inline constexpr const char* expected<mass> = "`mass`";
template <>
inline constexpr const char* expected<open> = "`(`";
template <>
inline constexpr const char* expected<close> = "`)`";
template <>
inline constexpr const char* expected<colon> = "`:`";
template <>
inline constexpr const char* expected<equals> = "`=`";
template <>
inline constexpr const char* expected<sign<'%'>> = "`%`";

template <>
inline constexpr const char* expected<name> = "a name";
template <>
inline constexpr const char* expected<id> = "the protocol's number (such as `I1`)";
template <>
inline constexpr const char* expected<code> = "a code";
template <>
inline constexpr const char* expected<rule_name> = "the name of a lint rule";
template <>
inline constexpr const char* expected<value> = "a value";
template <>
inline constexpr const char* expected<words> = "a list of values in parentheses";
template <>
inline constexpr const char* expected<attribute> = "an attribute's name";
template <>
inline constexpr const char* expected<text> = "a text in quotes";
template <>
inline constexpr const char* expected<number> = "a number";
template <>
inline constexpr const char* expected<age_number> = "a number";
template <>
inline constexpr const char* expected<whole_number> = "a whole number";
template <>
inline constexpr const char* expected<quantity> = "a number with its unit";
template <>
inline constexpr const char* expected<signed_quantity> = "a number";
template <>
inline constexpr const char* expected<bounds> = "the limits (such as `0 to 41 U/L`)";
template <>
inline constexpr const char* expected<date_or_year> = "a date";
template <>
inline constexpr const char* expected<anchor> = "a date's name or a date";
template <>
inline constexpr const char* expected<duration> = "a period (such as `3 months`)";
template <>
inline constexpr const char* expected<plain_duration> = "a period (such as `3 months`)";
template <>
inline constexpr const char* expected<duration_unit> = "days, weeks, months or years";
template <>
inline constexpr const char* expected<within> = "`within`";
template <>
inline constexpr const char* expected<in_unit> = "the unit (such as `in U/L`)";
template <>
inline constexpr const char* expected<declared_unit> = "the unit";
template <>
inline constexpr const char* expected<percent_of_predicted> = "`percent of predicted`";

template <>
inline constexpr const char* expected<trial_fields> = "`source`, `version`, `effective` or `arms`";
template <>
inline constexpr const char* expected<criterion_fields> = "`when`, `arms`, `note`, `query` or `allow`";
template <>
inline constexpr const char* expected<define_fields> = "`same day`, `note`, `query` or `allow`";
template <>
inline constexpr const char* expected<declaration_fields> = "a field of a declaration";
template <>
inline constexpr const char* expected<range_fields> = "a measure's name, or `from` and a date";
template <>
inline constexpr const char* expected<end> = "";

template <>
inline constexpr const char* expected<patient_id> = "a patient's identifier";
template <>
inline constexpr const char* expected<fact_name> = "a fact's name";
template <>
inline constexpr const char* expected<fact_line> = "a fact and its value";
template <>
inline constexpr const char* expected<signed_number> = "a number";
template <>
inline constexpr const char* expected<limit_or_predicted> = "`ULN`, `LLN` or `% predicted`";
template <>
inline constexpr const char* expected<given_attribute> = "an attribute and its value";
template <>
inline constexpr const char* expected<attribute_value> = "the attribute's value";
template <>
inline constexpr const char* expected<signature> = "who said so, in quotes";
template <>
inline constexpr const char* expected<needed_name> = "a fact's name";
template <>
inline constexpr const char* expected<expect_item> = "a criterion with its outcome, or a verdict";
template <>
inline constexpr const char* expected<sor<needed, outcome, verdict>> = "an outcome or a verdict";

}  // namespace crit::grammar
