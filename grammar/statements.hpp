// The syntax of statements: their first lines, and the fields below them. How to read the rules: see
// grammar.hpp.
#pragma once

#include "grammar/grammar.hpp"

namespace crit::grammar {

// --- first lines of statements
// -----------------------------------------------------------------------------------

struct in_unit : as<Node::in_unit, in_, must<declared_unit>> {};
struct same_day : as<Node::same_day, word<CRIT_LETTERS("same")>, word<CRIT_LETTERS("day")>> {};
struct percent_of_predicted
    : as<Node::percent_of_predicted, word<CRIT_LETTERS("percent")>, of_, word<CRIT_LETTERS("predicted")>> {};
struct parents : as<Node::parents, is_, names> {};
struct acute : as<Node::acute, word<CRIT_LETTERS("acute")>, must<for_>, must<plain_duration>> {};
struct value
    : token<Node::name, opt<minus_sign, at<digit>>, identifier_other, star<sor<identifier_other, one<'.'>>>> {
};
struct words : as<Node::words, open, comma_list<value>, must<close>> {};
struct yes_or_no : token<Node::yes_no, CRIT_LETTERS("yes/no"), not_at<identifier_other>> {};
struct attribute_fact : as<Node::fact, not_at<word<CRIT_LETTERS("acute")>, for_>, name> {};
struct attribute : as<Node::attribute, name, opt<sor<words, in_unit, yes_or_no, attribute_fact>>> {};
struct attributes : as<Node::attributes, with_, comma_list<attribute>> {};
struct when : as<Node::when, word<CRIT_LETTERS("when")>, must<part>> {};
struct ordered : as<Node::ordered, word<CRIT_LETTERS("ordered")>> {};
struct by : as<Node::by, by_, must<name>> {};

struct trial_head : seq<statement<CRIT_LETTERS("trial")>, must<id>, opt<text>> {};
struct criterion_head
    : seq<statement<CRIT_LETTERS("include"), CRIT_LETTERS("exclude")>, must<id>, opt<text>> {};
struct define_head
    : seq<statement<CRIT_LETTERS("define")>, must<name>, opt<text>, star<sor<in_unit, same_day>>> {};
struct measure_head : seq<statement<CRIT_LETTERS("measure")>, must<name>, opt<text>, must<in_unit>,
                          opt<comma, must<percent_of_predicted>>, opt<attributes>> {};
struct condition_head : seq<statement<CRIT_LETTERS("condition")>, must<name>, opt<text>,
                            star<sor<parents, acute, attributes>>> {};
struct record_head : seq<statement<CRIT_LETTERS("drug"), CRIT_LETTERS("event")>, must<name>, opt<text>,
                         star<sor<parents, attributes>>> {};
struct flag_head : seq<statement<CRIT_LETTERS("flag")>, must<name>, opt<text>, opt<when>> {};
struct choice_head
    : seq<statement<CRIT_LETTERS("choice")>, must<name>, opt<text>, must<words>, opt<ordered>> {};
struct judgement_head : seq<statement<CRIT_LETTERS("judgement")>, must<name>, opt<text>, opt<by>> {};
struct date_head : seq<statement<CRIT_LETTERS("date")>, must<name>, opt<text>> {};
struct range_head : seq<statement<CRIT_LETTERS("range")>, must<text>> {};
struct use_head : seq<statement<CRIT_LETTERS("use")>, must<text>> {};
struct head : seq<blanks,
                  sor<trial_head, criterion_head, define_head, measure_head, condition_head, record_head,
                      flag_head, choice_head, judgement_head, date_head, range_head, use_head>,
                  must<end>> {};

// --- fields
// ------------------------------------------------------------------------------------------------------

struct source_field : as<Node::source_field, word<CRIT_LETTERS("source")>, must<text>> {};
struct version_field : as<Node::version_field, word<CRIT_LETTERS("version")>, must<text>> {};
struct effective_field : as<Node::effective_field, word<CRIT_LETTERS("effective")>, must<date_or_year>> {};
struct arms_word : word<CRIT_LETTERS("arms")> {};
struct arms_field : as<Node::arms_field, arms_word, comma_list<id>> {};
struct trial_fields : sor<source_field, version_field, effective_field, arms_field> {};
struct trial_field : seq<blanks, must<trial_fields>, must<end>> {};

struct when_word : word<CRIT_LETTERS("when")> {};
struct note_word : word<CRIT_LETTERS("note")> {};
struct query_word : word<CRIT_LETTERS("query")> {};
struct allow_word : word<CRIT_LETTERS("allow")> {};
struct when_field : as<Node::when_field, when_word, must<part>> {};
struct note_field : as<Node::note_field, note_word, must<text>> {};
struct answered : as<Node::answered, word<CRIT_LETTERS("answered")>, must<text>> {};
struct query_field : as<Node::query_field, query_word, opt<not_at<word<CRIT_LETTERS("answered")>>, rule_name>,
                        must<text>, opt<answered>> {};
struct allow_field : as<Node::allow_field, allow_word, must<rule_name>, opt<text>> {};
struct remark_fields : sor<note_field, query_field, allow_field> {};
struct criterion_fields : sor<when_field, arms_field, remark_fields> {};
struct criterion_field : seq<blanks, must<criterion_fields>, must<end>> {};

struct same_day_field : as<Node::same_day_field, same_day> {};
struct define_fields : sor<same_day_field, remark_fields> {};
struct define_field : seq<blanks, must<define_fields>, must<end>> {};

// What starts a field of a criterion or a definition; any other line there belongs to the condition.
struct criterion_field_start : at<blanks, sor<when_word, arms_word, note_word, query_word, allow_word>> {};
struct define_field_start : at<blanks, sor<same_day, note_word, query_word, allow_word>> {};

struct code_system
    : marked<CRIT_LETTERS("loinc"), CRIT_LETTERS("icd10"), CRIT_LETTERS("rxnorm"), CRIT_LETTERS("snomed")> {};
struct also_field : as<Node::also_field, word<CRIT_LETTERS("also")>, names> {};
struct codes_field : as<Node::codes_field, code_system, comma_list<code>> {};
struct plausible_field : as<Node::plausible_field, word<CRIT_LETTERS("plausible")>, must<signed_quantity>,
                            must<to_>, must<signed_quantity>> {};
struct convert_field
    : as<Node::convert_field, word<CRIT_LETTERS("convert")>, must<quantity>, must<equals>, must<part_sum>> {};
struct mass : word<CRIT_LETTERS("mass")> {};
struct molar_mass_field
    : as<Node::molar_mass_field, word<CRIT_LETTERS("molar")>, must<mass>, must<quantity>> {};
struct formula_field : as<Node::formula_field, word<CRIT_LETTERS("formula")>, must<part>> {};
struct equivalent_field : as<Node::equivalent_field, word<CRIT_LETTERS("equivalent")>, must<quantity>,
                             must<equals>, must<quantity>, must<name>> {};
struct half_life_field : as<Node::half_life_field, word<CRIT_LETTERS("half-life")>, must<quantity>> {};
struct above_or_below : marked<CRIT_LETTERS("above"), CRIT_LETTERS("below")> {};
struct usual_field : as<Node::usual_field, word<CRIT_LETTERS("usual")>, must<above_or_below>> {};
struct quickly : word<CRIT_LETTERS("quickly")> {};
struct changes_quickly_field : as<Node::changes_quickly_field, word<CRIT_LETTERS("changes")>, must<quickly>> {
};
struct varies_field : as<Node::varies_field, word<CRIT_LETTERS("varies")>> {};
struct declaration_fields
    : sor<also_field, source_field, codes_field, plausible_field, convert_field, molar_mass_field,
          formula_field, equivalent_field, half_life_field, usual_field, changes_quickly_field, varies_field,
          same_day_field, remark_fields> {};
struct declaration_field : seq<blanks, must<declaration_fields>, must<end>> {};

// `ALT male 18 to 150 years: 0 to 41 U/L`
struct from_field : as<Node::from_field, from_, must<date_or_year>> {};
struct age_number : seq<number, blanks> {};
struct age_from : seq<opt<from_>, age_number, opt<if_must<marked<CRIT_LETTERS("to")>, age_number>>> {};
struct age_to : if_must<marked<CRIT_LETTERS("to")>, age_number> {};
struct ages : as<Node::ages, sor<age_to, age_from>, must<duration_unit>> {};
struct bounds : sor<seq<marked<CRIT_LETTERS("below"), CRIT_LETTERS("above")>, must<signed_quantity>>,
                    seq<signed_quantity, must<to_>, must<signed_quantity>>> {};
struct range_line
    : as<Node::range_line, name, opt<not_at<from_, digit>, name>, opt<ages>, must<colon>, must<bounds>> {};
struct range_fields : sor<seq<at<from_, digit>, from_field>, range_line> {};
struct range_field : seq<blanks, must<range_fields>, must<end>> {};

}  // namespace crit::grammar
