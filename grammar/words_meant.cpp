// The tables of what people write for comparisons and numbers, which the language writes otherwise; behind
// words.hpp.
#include "grammar/spelled.hpp"

namespace crit {

namespace {

// Comparisons in words, without the `is` before them.
constexpr Spelled<CompareOp> kWorded[] = {{"greater than or equal to", CompareOp::greater_equal},
                                          {"equal to or greater than", CompareOp::greater_equal},
                                          {"less than or equal to", CompareOp::less_equal},
                                          {"equal to or less than", CompareOp::less_equal},
                                          {"not greater than", CompareOp::less_equal},
                                          {"not more than", CompareOp::less_equal},
                                          {"not less than", CompareOp::greater_equal},
                                          {"not higher than", CompareOp::less_equal},
                                          {"not lower than", CompareOp::greater_equal},
                                          {"not exceeding", CompareOp::less_equal},
                                          {"does not exceed", CompareOp::less_equal},
                                          {"not above", CompareOp::less_equal},
                                          {"not below", CompareOp::greater_equal},
                                          {"not over", CompareOp::less_equal},
                                          {"not under", CompareOp::greater_equal},
                                          {"no more than", CompareOp::less_equal},
                                          {"no greater than", CompareOp::less_equal},
                                          {"no less than", CompareOp::greater_equal},
                                          {"not equal to", CompareOp::not_equal},
                                          {"greater than", CompareOp::greater},
                                          {"more than", CompareOp::greater},
                                          {"higher than", CompareOp::greater},
                                          {"lower than", CompareOp::less},
                                          {"less than", CompareOp::less},
                                          {"fewer than", CompareOp::less},
                                          {"at least", CompareOp::greater_equal},
                                          {"at most", CompareOp::less_equal},
                                          {"equal to", CompareOp::equal},
                                          {"up to", CompareOp::less_equal},
                                          {"equals", CompareOp::equal},
                                          {"exceeds", CompareOp::greater},
                                          {"exceeding", CompareOp::greater},
                                          {"above", CompareOp::greater},
                                          {"below", CompareOp::less},
                                          {"over", CompareOp::greater},
                                          {"under", CompareOp::less}};

constexpr Spelled<std::string_view> kNumberWords[] = {
    {"one", "1"},       {"two", "2"},      {"three", "3"},    {"four", "4"},       {"five", "5"},
    {"six", "6"},       {"seven", "7"},    {"eight", "8"},    {"nine", "9"},       {"ten", "10"},
    {"eleven", "11"},   {"twelve", "12"},  {"a", "1"},        {"an", "1"},         {"thirteen", "13"},
    {"fourteen", "14"}, {"fifteen", "15"}, {"sixteen", "16"}, {"seventeen", "17"}, {"eighteen", "18"},
    {"nineteen", "19"}, {"twenty", "20"},  {"thirty", "30"},  {"forty", "40"},     {"fifty", "50"},
    {"sixty", "60"},    {"seventy", "70"}, {"eighty", "80"},  {"ninety", "90"}};

}  // namespace

std::string_view sign_in_words(std::string_view word) {
  for (std::string_view up : {"older", "more", "greater", "above", "higher", "over", "later", "longer"})
    if (same_word(word, up)) return ">=";
  for (std::string_view down : {"younger", "less", "fewer", "below", "lower", "under", "earlier", "shorter"})
    if (same_word(word, down)) return "<=";
  return "";
}

std::string_view number_word(std::string_view word) {
  return find(kNumberWords, word).value_or("");
}

// Whether the text begins with how often something was, such as `twice` or `3 times`; `twice the ULN` and
// `twice AST` are values.
bool says_how_often(std::string_view text) {
  const auto past_blanks = [&](size_t at) {
    return std::min(text.find_first_not_of(" \t", at), text.size());
  };
  size_t at = past_blanks(0);
  std::string_view word = first_word(text.substr(at));
  const bool is_word = same_word(word, "once") || same_word(word, "twice") || same_word(word, "thrice");
  if (is_word) {
    at += word.size();
  } else {
    const size_t digits = std::min(text.find_first_not_of("0123456789", at), text.size()) - at;
    const size_t number = digits > 0 ? digits : number_word(word).empty() ? 0 : word.size();
    at = past_blanks(at + number);
    word = first_word(text.substr(at));
    if (number == 0 || !(same_word(word, "times") || same_word(word, "time"))) return false;
    at += word.size();
  }
  const std::string_view behind = text.substr(past_blanks(at));
  return behind.empty() || std::string_view("\r\n,)#").find(behind[0]) != behind.npos ||
         is_reserved(first_word(behind)) || window_word_length(behind) > 0;
}

size_t worded_comparison_length(std::string_view text) {
  size_t is = phrase_length(text, "is");
  while (is > 0 && is < text.size() && text[is] == ' ') ++is;
  size_t rest = length(kWorded, text.substr(is));
  return rest == 0 || says_how_often(text.substr(is + rest)) ? 0 : is + rest;
}

CompareOp worded_comparison(std::string_view phrase) {
  size_t is = phrase_length(phrase, "is");
  while (is > 0 && is < phrase.size() && phrase[is] == ' ') ++is;
  return find(kWorded, phrase.substr(is)).value_or(CompareOp::equal);
}

}  // namespace crit
