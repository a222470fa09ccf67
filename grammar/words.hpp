// The words and signs of the language, each list once: grammar, builder, printer and messages read it here.
#pragma once

#include <cstddef>
#include <string_view>

#include "grammar/ast.hpp"

namespace crit {

constexpr bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
// The bytes of a name; it starts with a letter or `_`.
constexpr bool is_name_byte(char c) {
  return is_letter(c) || is_digit(c) || c == '_';
}

// The word at the start of the text: a name's bytes, or nothing.
std::string_view first_word(std::string_view text);

// Keywords are read in any case; `b` is in small letters.
bool same_word(std::string_view a, std::string_view b);

bool is_reserved(std::string_view word);

// The keyword that starts a statement, in small letters, or empty.
std::string_view statement_keyword(std::string_view word);

// The keyword of a statement that the word is a slip of, or empty.
std::string_view nearest_statement(std::string_view word);
std::string_view statement_meant(std::string_view word);  // the one or the other
std::string_view nearest_remark(std::string_view word);   // `note`, `query`, `allow`

// The meaning of a word or sign, or nothing. Words are read in any case.
std::optional<CompareOp> compare_op(std::string_view sign);
bool is_wrong_sign(std::string_view sign);  // `=<`, `==`: read as meant, and reported
std::string_view sign_in_words(
    std::string_view word);  // of `18 years or older`: `>=`; empty where it is none
inline bool is_lower_limit(CompareOp op) {
  return op == CompareOp::greater || op == CompareOp::greater_equal;
}
inline bool is_upper_limit(CompareOp op) {
  return op == CompareOp::less || op == CompareOp::less_equal;
}
std::optional<LogicOp> logic_op(std::string_view sign);
std::optional<Selector> selector(std::string_view word);
std::optional<Function> function(std::string_view word);
std::optional<DurationUnit> duration_unit(std::string_view word);
std::optional<Window::Kind> window_kind(std::string_view word);  // `for` of `for at least`, `starting` ...
std::optional<Side> side(std::string_view word);
std::optional<FactKind> fact_kind(std::string_view word);
std::string_view number_word(std::string_view word);  // `three` is "3", `a` is "1"; empty where it is none

std::string_view spelling(Window::Kind);  // the first word: `for`, `starting`
std::string_view spelling(Side);

// How many bytes at the start of the text are such a word or sign; 0: none. For the grammar.
size_t reserved_length(std::string_view text);
size_t compare_sign_length(std::string_view text);
size_t logic_sign_length(std::string_view text);         // `&&`, `||`: never right
size_t worded_comparison_length(std::string_view text);  // `is greater than`: never right
size_t selector_length(std::string_view text);
size_t function_length(std::string_view text);
size_t duration_unit_length(std::string_view text);
size_t limit_length(std::string_view text);        // `ULN`, `LLN`
size_t noise_length(std::string_view text);        // `the previous`, `past`, `last`: read and dropped
size_t window_word_length(std::string_view text);  // words that start a window, and so are no unit

// What a worded comparison means: `is at least` is greater_equal.
CompareOp worded_comparison(std::string_view phrase);

}  // namespace crit
