// What rules and files of patients are made of: words, signs, names, texts, numbers, dates, units, periods.
// How to read the rules: see grammar.hpp.
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
struct from_ : word<CRIT_LETTERS("from")> {};
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

}  // namespace crit::grammar
