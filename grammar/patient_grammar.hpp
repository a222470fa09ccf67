// The syntax of files of patients and of cases: a block starts in column 1 with `patient` or `case`; each
// indented line below it is read on its own. How to read the rules: see grammar.hpp.
#pragma once

#include "grammar/grammar.hpp"

namespace crit::grammar {

struct patient_id : token<Node::name, plus<not_one<' ', '\t', '"', '#', '(', ')', ',', '\r', '\n'>>> {};
struct like : as<Node::like, word<CRIT_LETTERS("like")>, must<patient_id>> {};
struct patient_start : seq<marked<CRIT_LETTERS("patient")>, must<patient_id>, opt<like>> {};
struct case_start : seq<marked<CRIT_LETTERS("case")>, must<text>, opt<like>> {};
struct patient_head : seq<blanks, sor<patient_start, case_start>, must<end>> {};

// Names of facts and numbers of criteria.
struct fact_name : token<Node::name, identifier_other, star<sor<identifier_other, one<'.', '-'>>>> {};

// Words that start a clause are no values and no units.
struct since_ : word<CRIT_LETTERS("since")> {};
struct until_ : word<CRIT_LETTERS("until")> {};
struct lab_ : word<CRIT_LETTERS("lab")> {};
struct clause_word : sor<word<CRIT_LETTERS("on")>, since_, from_, until_, to_, with_, by_, lab_> {};

struct signed_number : token<Node::number, opt<minus_sign>, plus<digit>, star<one<'.', ','>, plus<digit>>,
                             opt<one<'e', 'E'>, opt<one<'+', '-'>>, plus<digit>, not_at<identifier_other>>> {
};
// `65% predicted`, `65 % of predicted`
struct predicted_percent
    : token<Node::unit, one<'%'>, star<line_blank>, opt<CRIT_LETTERS("of"), plus<line_blank>>,
            CRIT_LETTERS("predicted"), not_at<identifier_other>> {};
struct given_unit
    : seq<not_at<clause_word>,
          sor<predicted_percent, seq<opt<times_ten>, unit>, token<Node::unit, one<'%'>>, plain_one>> {};
struct measured : seq<signed_number, opt<given_unit>> {};
struct given_word : token<Node::word, not_at<clause_word>, identifier_other,
                          star<sor<identifier_other, one<'.', '+', '-'>>>> {};
struct bound : token<Node::op, listed<compare_sign_length>> {};
struct number_value : as<Node::value, opt<bound>, measured> {};
struct date_value : as<Node::value, date> {};
struct word_value : as<Node::value, given_word> {};
struct text_value : as<Node::value, straight_text> {};
struct given_value : sor<date_value, number_value, word_value, text_value> {};

struct limit_given
    : as<Node::limit_text, token<Node::word, listed<limit_length>>, must<signed_number>, opt<given_unit>> {};
struct predicted_given : as<Node::predicted, number, blanks, sign<'%'>, word<CRIT_LETTERS("predicted")>> {};
struct limit_or_predicted : sor<limit_given, predicted_given> {};
struct limits : as<Node::limits, open, comma_list<limit_or_predicted>, must<close>> {};

struct clause_start : marked<CRIT_LETTERS("on"), CRIT_LETTERS("since"), CRIT_LETTERS("from"),
                             CRIT_LETTERS("to"), CRIT_LETTERS("until")> {};
struct dated : as<Node::clause, clause_start, must<date_or_year>> {};
struct attribute_value : sor<measured, given_word, straight_text> {};
struct given_attribute : as<Node::attribute, name, must<attribute_value>> {};
struct given_attributes : as<Node::attributes, with_, comma_list<given_attribute>> {};
struct signature : text {};
struct signed_by : as<Node::by, by_, must<signature>> {};
struct given_lab : as<Node::lab, lab_, must<text>> {};

struct given_missing : as<Node::missing, word<CRIT_LETTERS("missing")>> {};
struct record_line
    : as<Node::record_line, fact_name,
         sor<given_missing,
             seq<opt<given_value>, star<sor<limits, dated, given_attributes, signed_by, given_lab>>>>> {};
struct denied_line : as<Node::denied_line, word<CRIT_LETTERS("no")>, must<fact_name>> {};
struct complete_ : word<CRIT_LETTERS("complete")> {};
struct complete_line : seq<at<complete_, plain_name>, as<Node::complete_line, complete_, names>> {};

// `expect I3 unknown, undetermined, needed FVC, arm A eligible`
struct needed_name : seq<fact_name, opt<token<Node::word, listed<limit_length>>>> {};
struct needed : as<Node::needed, word<CRIT_LETTERS("needed")>, must<needed_name>> {};
struct outcome : as<Node::outcome, fact_name, given_word> {};
struct verdict : as<Node::verdict, fact_name> {};
struct arm : as<Node::arm, word<CRIT_LETTERS("arm")>, id> {};
struct expect_item : as<Node::expect_item, opt<arm>, must<sor<needed, outcome, verdict>>> {};
struct expect_ : word<CRIT_LETTERS("expect")> {};
struct expect_line : seq<at<expect_>, as<Node::expect_line, expect_, comma_list<expect_item>>> {};

struct fact_line : sor<complete_line, expect_line, denied_line, record_line> {};
struct patient_line : seq<blanks, must<fact_line>, must<end>> {};

}  // namespace crit::grammar
