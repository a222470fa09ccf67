// The syntax of conditions. This header is its specification, with tokens.hpp for what they are made of and
// statements.hpp for what they stand in; words.cpp has the lists of words.
//
// A file is split into statements and parts before (lines.hpp): a statement starts in column 1 with a keyword
// and has the indented lines below it; its parts are the first line (`head`), the fields, a line each unless
// a parenthesis, a text or a comma goes on, and what remains: one `condition`. Each part is read on its own,
// so that a mistake in one leaves the others whole. How to read the rules:
//   - word<..> and sign<..> take the blanks and comments after them; keywords are read in any case;
//   - as<Node::x, ..> and token<Node::x, ..> leave a node in the tree, the other rules leave none; an
//   alternative
//     that can fail after it has left nodes is a node itself, so that they are taken back;
//   - deep<..> counts towards the depth of nesting, which is bounded;
//   - must<..> is where the language stops guessing: what it expects there is said in expected.hpp;
//   - operators follow their operands as tails (`a` `+ b` `+ c`): no alternative shares a recursive prefix.
#pragma once

#include "grammar/tokens.hpp"

namespace crit::grammar {

// --- values
// ------------------------------------------------------------------------------------------------------

struct expression;
struct sum;
struct part : as<Node::part, expression> {};
struct part_sum : as<Node::part, sum> {};

struct limit : as<Node::limit, token<Node::word, listed<limit_length>>, opt<if_must<of_, name>>> {};

// `30%`, `30% predicted`, `-10% of the earliest`
struct predicted : as<Node::predicted, opt<of_>, word<CRIT_LETTERS("predicted")>> {};
struct of_earliest
    : as<Node::of_earliest, of_, opt<word<CRIT_LETTERS("the")>>, word<CRIT_LETTERS("earliest")>> {};
struct percent : seq<token<Node::unit, one<'%'>, not_at<unit_piece>>, opt<sor<predicted, of_earliest>>> {};
// `1.5 × 10^9/L` is read as `1.5 10^9/L`
struct times_ten : seq<sor<cross, one<'*'>>, star<line_blank>, at<ten_to_the, one<'/'>>> {};
struct wrong_times : as<Node::wrong_times, one<'x', 'X'>, star<line_blank>, at<ten_to_the>> {};
struct wrong_sign : sor<CRIT_LETTERS("times"), one<'x', 'X'>> {};
struct wrong_limit_start : at<opt<wrong_sign, star<line_blank>>, listed<limit_length>> {};
struct wrong_limit : seq<wrong_limit_start, as<Node::wrong_limit, opt<wrong_sign, star<line_blank>>, limit>> {
};
struct wrong_range : as<Node::wrong_range, sor<one<'-'>, seq<star<line_blank>, dash, star<line_blank>>>,
                        plus<sor<digit, one<'.'>>>, opt<star<line_blank>, sor<one<'%'>, unit>>> {};
struct wrong_plus : as<Node::wrong_plus, one<'+'>,
                       at<blanks, sor<eof, one<')', ','>, reserved, listed<duration_unit_length>>>,
                       opt<star<line_blank>, listed<duration_unit_length>>> {};
struct age_words : as<Node::age_words, sor<word<CRIT_LETTERS("old")>, seq<of_, word<CRIT_LETTERS("age")>>>> {
};
struct quantity_unit : seq<opt<sor<times_ten, wrong_times>>, unit, opt<age_words>> {};
struct after_number
    : sor<wrong_range, wrong_plus, seq<star<line_blank>, opt<sor<percent, wrong_limit, quantity_unit>>>> {};
struct quantity : as<Node::quantity, number, after_number, blanks> {};
// In a list of values a comma between numbers parts them: `in (1,2)`.
struct listed_number : as<Node::quantity, whole_number, at<one<',', ')'>>> {};
struct listed_negative : as<Node::negative, minus_sign, listed_number> {};
struct negative_quantity : as<Node::negative, minus_sign, quantity> {};
struct signed_quantity : sor<negative_quantity, quantity> {};

struct yes_no : token<Node::yes_no, sor<CRIT_LETTERS("yes"), CRIT_LETTERS("no")>, not_at<identifier_other>> {
};

struct call_start : at<listed<function_length>, blanks, one<'('>> {};
struct call : seq<call_start, as<Node::call, token<Node::word, listed<function_length>>,
                                 deep<open, comma_list<part>, must<close>>>> {};

// --- records and windows
// -----------------------------------------------------------------------------------------

struct plain_anchor
    : seq<opt<word<CRIT_LETTERS("the")>>,
          sor<seq<full_date, blanks>,
              seq<opt<sor<word<CRIT_LETTERS("first")>, word<CRIT_LETTERS("last")>>>, plain_name>,
              plain_name>> {};
struct first_last : as<Node::first_last, marked<CRIT_LETTERS("first"), CRIT_LETTERS("last")>, name> {};
struct anchor : as<Node::anchor, opt<word<CRIT_LETTERS("the")>, at<sor<plain_name, digit>>>,
                   sor<date_or_year, first_last, name>> {};

struct side : marked<CRIT_LETTERS("before"), CRIT_LETTERS("after"), CRIT_LETTERS("of")> {};
struct from_anchor : if_must<side, anchor> {};
struct within : seq<marked<CRIT_LETTERS("within")>, noise, must<duration>, opt<from_anchor>> {};
struct starting : if_must<marked<CRIT_LETTERS("starting"), CRIT_LETTERS("ending")>, within> {};
struct at_least : seq<word<CRIT_LETTERS("at")>, word<CRIT_LETTERS("least")>> {};
struct before_anchor : if_must<marked<CRIT_LETTERS("before")>, anchor> {};
struct for_at_least
    : seq<if_must<marked<CRIT_LETTERS("for")>, at_least>, noise, must<duration>, opt<before_anchor>> {};
struct on_anchor
    : if_must<marked<CRIT_LETTERS("before"), CRIT_LETTERS("after"), CRIT_LETTERS("on")>, anchor> {};
// With dates or anchors on both sides it is a window, otherwise a comparison.
struct a_day : seq<not_at<listed<limit_length>>, plain_anchor> {};
struct between_days : at<between_, a_day, and_, a_day, not_at<one<'+', '-', '*', '/', '^', '('>>> {};
struct between_anchors : seq<between_days, marked<CRIT_LETTERS("between")>, anchor, and_, anchor> {};
struct now_or_ever : marked<CRIT_LETTERS("currently"), CRIT_LETTERS("ever")> {};
struct blackout : seq<at<except_, within_>, except_, as<Node::window, within>> {};
struct window
    : seq<at<listed<window_word_length>>,
          as<Node::window, sor<within, on_anchor, between_anchors, now_or_ever, for_at_least, starting>,
             star<blackout>>> {};

struct with : as<Node::with, with_, deep<must<open>, must<expression>, must<close>>> {};
struct exception : as<Node::exception, except_, must<open>, names, must<close>, opt<with>, opt<window>> {};
struct stable_within : if_must<within_, number, sign<'%'>> {};
struct stable_start : at<word<CRIT_LETTERS("stable")>, sor<for_, within_>> {};
struct stable : as<Node::stable, stable_start, word<CRIT_LETTERS("stable")>, opt<stable_within>, must<for_>,
                   noise, must<duration>, opt<before_anchor>> {};
struct named_records : seq<name, sor<stable, seq<opt<with>, opt<window>, star<exception>>>> {};
struct records : as<Node::records, named_records> {};
struct no_records : as<Node::records, marked<CRIT_LETTERS("no")>, must<named_records>> {};

struct dose_ : word<CRIT_LETTERS("dose")> {};
struct dose_of : seq<at<dose_, of_>, as<Node::dose_of, dose_, of_, must<name>, opt<if_must<as_, name>>>> {};

// --- expressions: one rule for conditions and values
// -------------------------------------------------------------

struct paren : as<Node::paren, deep<open, must<expression>, must<close>>> {};

struct items : deep<must<open>, comma_list<part>, must<close>> {};
struct list_of : as<Node::list, marked<CRIT_LETTERS("all"), CRIT_LETTERS("any"), CRIT_LETTERS("none")>,
                    must<of_>, items> {};
struct least_or_most : marked<CRIT_LETTERS("least"), CRIT_LETTERS("most")> {};
struct how_many : sor<seq<word<CRIT_LETTERS("at")>, must<least_or_most>, must<whole_number>>,
                      seq<marked<CRIT_LETTERS("exactly")>, must<whole_number>>> {};
struct counted_list : as<Node::list, of_, items> {};
struct counted : as<Node::count, how_many, must<sor<counted_list, records>>> {};

struct named_judgement : as<Node::named_judgement, name, must<text>> {};
struct judgement_ : word<CRIT_LETTERS("judgement")> {};
struct judgement : seq<at<judgement_>, as<Node::judgement, judgement_, opt<sor<named_judgement, text>>>> {};

struct selector_start
    : at<listed<selector_length>, blanks, not_at<listed<window_word_length>>, sor<one<'('>, plain_name>> {};
struct selected : sor<paren, call, dose_of, as<Node::records, name, opt<with>>> {};
struct selection
    : seq<selector_start,
          as<Node::selection, token<Node::word, listed<selector_length>>, must<selected>, opt<window>>> {};

// What it may be is told by its first letters; the rest of each is committed to.
struct number_or_date : seq<at<digit>, sor<date, quantity>> {};
struct reserved_first : seq<at<reserved>, sor<list_of, counted, no_records>> {};
struct limit_first : seq<at<listed<limit_length>>, limit> {};
struct primary : sor<seq<at<one<'('>>, paren>, number_or_date, reserved_first, limit_first, call, judgement,
                     selection, seq<dose_of, opt<window>>, records> {};

// `^` binds tighter than a sign, and to the right.
struct sign_before : seq<minus_sign, not_at<line_blank>, blanks> {};
struct negative_exponent : as<Node::negative, sign_before, must<primary>> {};
struct power_tail
    : seq<at<one<'^'>>, as<Node::power_tail, sign<'^'>, must<sor<negative_exponent, primary>>>> {};
struct power : seq<primary, star<power_tail>> {};
struct negative : as<Node::negative, sign_before, must<power>> {};
struct factor : sor<seq<at<minus_sign>, negative>, power> {};
struct product_sign : token<Node::op, sor<one<'*', '/'>, cross>> {};
struct product_tail : seq<at<sor<one<'*', '/'>, cross>>, as<Node::product_tail, product_sign, must<factor>>> {
};
struct product : seq<factor, star<product_tail>> {};
struct sum_sign : token<Node::op, sor<one<'+'>, minus_sign>> {};
// A minus that begins a line is a pasted bullet, no sum that goes on: `SBP > 160 mmHg` and `- DBP > 100 mmHg`
// on two lines are two conditions.
struct sum_tail
    : seq<at<sor<one<'+'>, seq<inside_line, minus_sign>>>, as<Node::sum_tail, sum_sign, must<product>>> {};
struct sum : seq<product, star<sum_tail>> {};

struct value_if;
struct value_branch : as<Node::part, sor<value_if, sum>> {};
struct value_if : as<Node::conditional, if_,
                     deep<must<part>, must<then_>, must<value_branch>, must<else_>, must<value_branch>>> {};

struct compared : sor<yes_no, value_if, sum> {};
struct compare_tail : as<Node::compare_tail, token<Node::op, listed<compare_sign_length>>, must<compared>> {};
struct worded_tail
    : as<Node::worded_tail, token<Node::op, listed<worded_comparison_length>>, must<compared>> {};
struct between_tail : as<Node::between_tail, between_, must<part_sum>, must<and_>, must<part_sum>> {};
struct list_value : as<Node::part, sor<listed_number, listed_negative, yes_no, sum>> {};
struct in_tail : as<Node::in_tail, opt<marked<CRIT_LETTERS("not")>>, in_, must<open>, comma_list<list_value>,
                    must<close>> {};
struct is_word : token<Node::name, not_at<reserved>, identifier> {};
struct is_value : sor<yes_no, is_word, signed_quantity> {};
struct is_tail : as<Node::is_tail, is_, opt<marked<CRIT_LETTERS("not")>>, must<is_value>> {};
struct tail : sor<compare_tail, worded_tail, between_tail, in_tail, is_tail> {};
// Behind a comparison `between DAY and DAY` is its window.
struct further_tail : seq<not_at<between_days>, tail> {};
struct comparison : seq<sum, opt<window>, opt<tail, star<further_tail>>, opt<window>> {};

struct unary;
struct logical_not
    : as<Node::logical_not, sor<marked<CRIT_LETTERS("not")>, token<Node::op, one<'!'>>>, deep<must<unary>>> {
};
// A branch takes no `and` or `or` without parentheses; they are read here to be refused with both readings.
struct condition_if
    : as<Node::conditional, if_, deep<must<part>, must<then_>, must<part>, opt<if_must<else_, part>>>> {};
struct unary : sor<logical_not, condition_if, comparison> {};
struct logic_sign
    : token<Node::op, sor<seq<CRIT_LETTERS("and"), not_at<identifier_other>>,
                          seq<CRIT_LETTERS("or"), not_at<identifier_other>>, listed<logic_sign_length>>> {};
struct logic_tail
    : seq<at<one<'a', 'A', 'o', 'O', '&', '|'>>, as<Node::logic_tail, logic_sign, must<unary>>> {};
struct expression : seq<unary, star<logic_tail>> {};

struct end : eof {};
struct condition : seq<blanks, must<expression>, must<end>> {};

}  // namespace crit::grammar
