// The syntax of rule files. This header is its specification; words.cpp has the lists of words.
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

#include <tao/pegtl.hpp>

#include "grammar/tree.hpp"
#include "grammar/words.hpp"

namespace crit::grammar {

using namespace tao::pegtl;

template <Node Kind, typename... Rules>
struct as : seq<Rules...> {
  static constexpr Node node = Kind;
};

template <typename... Rules>
struct deep : seq<Rules...> {
  static constexpr bool deepens = true;
};

// As many bytes as the function of words.hpp says; 0 is a failure.
template <size_t (*Length)(std::string_view)>
struct listed {
  using rule_t = listed;
  using subs_t = empty_list;
  template <typename Input>
  static bool match(Input& in) {
    size_t length = Length({in.current(), in.size()});
    in.bump_in_this_line(length);
    return length > 0;
  }
};

// Something stands before on the same line, other than blanks.
struct inside_line {
  using rule_t = inside_line;
  using subs_t = empty_list;
  template <typename Input>
  static bool match(const Input& in) {
    const char* at = in.current();
    // Other blanks are of such bytes; before anything else of them, as in `m²`, stands a letter.
    const auto is_blank = [](char c) {
      return c == ' ' || c == '\t' || static_cast<unsigned char>(c) >= 0x80;
    };
    while (at != in.begin() && is_blank(at[-1])) --at;
    return at != in.begin() && at[-1] != '\n';
  }
};

// --- blanks, words and signs
// -------------------------------------------------------------------------------------

struct comment : seq<one<'#'>, star<not_one<'\n'>>> {};
struct wide_blank
    : sor<string<'\xC2', '\xA0'>, string<'\xE2', '\x80', '\xAF'>, string<'\xE2', '\x80', '\x89'>> {};
struct line_blank : sor<one<' ', '\t'>, wide_blank> {};
struct blanks : star<sor<one<' ', '\t', '\r', '\n'>, wide_blank, comment>> {};

template <Node Kind, typename... Rules>
struct token : seq<as<Kind, Rules...>, blanks> {};

template <typename Letters>
struct word : seq<Letters, not_at<identifier_other>, blanks> {};
template <typename... Letters>
struct marked : token<Node::word, sor<Letters...>, not_at<identifier_other>> {
};  // a word that the tree keeps
// A word that starts a statement, also with a slip, which blocks.cpp tells: what it says is read as meant.
template <typename Letters>
struct starts;
template <char... Letters>
struct starts<istring<Letters...>> {
  using rule_t = starts;
  using subs_t = empty_list;
  static constexpr char keyword[] = {Letters...};
  template <typename Input>
  static bool match(Input& in) {
    const std::string_view word = first_word({in.current(), in.size()});
    if (statement_meant(word) != std::string_view(keyword, sizeof...(Letters))) return false;
    in.bump_in_this_line(word.size());
    return true;
  }
};
template <typename... Letters>
struct statement : token<Node::word, sor<starts<Letters>...>> {};
template <char... Bytes>
struct sign : seq<string<Bytes...>, blanks> {};

#define CRIT_LETTERS(text) TAO_PEGTL_ISTRING(text)
struct and_ : word<CRIT_LETTERS("and")> {};
struct as_ : word<CRIT_LETTERS("as")> {};
struct between_ : word<CRIT_LETTERS("between")> {};
struct by_ : word<CRIT_LETTERS("by")> {};
struct else_ : word<CRIT_LETTERS("else")> {};
struct except_ : word<CRIT_LETTERS("except")> {};
struct for_ : word<CRIT_LETTERS("for")> {};
struct if_ : word<CRIT_LETTERS("if")> {};
struct in_ : word<CRIT_LETTERS("in")> {};
struct is_ : word<CRIT_LETTERS("is")> {};
struct of_ : word<CRIT_LETTERS("of")> {};
struct then_ : word<CRIT_LETTERS("then")> {};
struct to_ : word<CRIT_LETTERS("to")> {};
struct with_ : word<CRIT_LETTERS("with")> {};
struct within_ : word<CRIT_LETTERS("within")> {};

struct open : sign<'('> {};
struct close : sign<')'> {};
struct comma : sign<','> {};
struct colon : sign<':'> {};
struct equals : sign<'='> {};
struct minus_sign : sor<one<'-'>, string<'\xE2', '\x88', '\x92'>> {};
struct cross : string<'\xC3', '\x97'> {};  // ×
struct dash : sor<string<'\xE2', '\x80', '\x93'>, string<'\xE2', '\x80', '\x94'>> {};

struct reserved : listed<reserved_length> {};
struct plain_name : seq<not_at<reserved>, identifier, blanks> {};  // leaves no node, for looking ahead
struct name : token<Node::name, not_at<reserved>, identifier> {};
template <typename Rule>
struct comma_list : seq<must<Rule>, star<comma, must<Rule>>> {};
struct names : comma_list<name> {};
struct id : token<Node::name, alnum, star<sor<identifier_other, one<'.', '-'>>>> {};
struct code : token<Node::name, alnum, star<sor<identifier_other, one<'.', '-'>>>> {};
struct rule_name : token<Node::name, alpha, star<sor<identifier_other, one<'-'>>>> {};

struct curly_quote
    : sor<string<'\xE2', '\x80', '\x9C'>, string<'\xE2', '\x80', '\x9D'>, string<'\xE2', '\x80', '\x9E'>> {};
struct straight_text
    : token<Node::text, one<'"'>, star<sor<string<'"', '"'>, not_one<'"', '\n'>>>, one<'"'>> {};
struct curly_text : token<Node::curly_text, curly_quote, until<curly_quote, not_one<'\n'>>> {};
struct text : plus<sor<straight_text, curly_text>> {};

// --- numbers, dates, units, periods
// ------------------------------------------------------------------------------

struct number : as<Node::number, plus<digit>, star<one<'.', ','>, plus<digit>>> {};
struct whole_number : token<Node::number, plus<digit>, not_at<one<'.'>, digit>> {};

struct one_or_two : rep_min_max<1, 2, digit> {};
struct time : seq<one<'T'>, one_or_two, one<':'>, one_or_two> {};
struct full_date : seq<rep<4, digit>, one<'-'>, one_or_two, opt<one<'-'>, one_or_two, opt<time>>,
                       not_at<identifier_other>> {};
struct date : token<Node::date, full_date> {};
struct year : token<Node::date, rep<4, digit>, not_at<identifier_other>> {};
struct date_or_year : sor<date, year> {};

struct micro : sor<string<'\xC2', '\xB5'>, string<'\xCE', '\xBC'>> {};
struct superscript : sor<seq<one<'\xC2'>, one<'\xB2', '\xB3', '\xB9'>>,
                         seq<string<'\xE2', '\x81'>, sor<range<'\xB0', '\xB9'>, one<'\xBB'>>>> {};
struct degree : string<'\xC2', '\xB0'> {};
struct exponent : seq<opt<one<'+', '-'>>, plus<digit>> {};
struct ten_to_the : seq<string<'1', '0'>, sor<seq<one<'*', '^'>, exponent>, plus<superscript>>> {};
struct annotation : sor<seq<one<'['>, plus<not_one<']', '\n'>>, one<']'>>,
                        seq<one<'{'>, plus<not_one<'}', '\n'>>, one<'}'>>> {};
struct unit_letter : sor<alpha, one<'%'>, micro, degree, annotation> {};
struct unit_piece : sor<ten_to_the, unit_letter, digit, superscript, one<'_', '\''>, seq<one<'^'>, exponent>,
                        seq<one<'.', '/'>, at<sor<digit, unit_letter>>>> {};
struct unit_group : seq<one<'/'>, one<'('>, plus<unit_piece>, one<')'>> {};
struct one_by : seq<one<'1'>, at<one<'/'>, sor<unit_letter, one<'('>>>> {};  // `1/wk`, as UCUM writes it
struct unit_start : sor<ten_to_the, one_by, unit_letter, seq<one<'/'>, sor<unit_letter, one<'('>>>> {};
struct unit : token<Node::unit, not_at<sor<reserved, listed<window_word_length>>>, at<unit_start>,
                    plus<sor<unit_group, unit_piece>>> {};
struct plain_one : token<Node::unit, one<'1'>, not_at<identifier_other>> {};
struct declared_unit : sor<unit, plain_one> {};

struct duration_unit : token<Node::word, listed<duration_unit_length>> {};
struct noise : star<listed<noise_length>, blanks> {};  // `the previous`, `the last`: pasted, and dropped
struct plain_duration : as<Node::plain_duration, number, blanks, must<duration_unit>> {};
struct choice_of_durations : as<Node::duration, marked<CRIT_LETTERS("longer"), CRIT_LETTERS("shorter")>,
                                must<of_, open>, comma_list<plain_duration>, must<close>> {};
struct duration : sor<choice_of_durations, as<Node::duration, plain_duration>> {};

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
struct from_ : word<CRIT_LETTERS("from")> {};
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
