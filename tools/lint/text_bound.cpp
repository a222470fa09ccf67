// Comparators in words around a number of the protocol: "at least", "no more than", "or older", "<=".
#include "tools/lint/text_bound.hpp"

#include <algorithm>

#include "tools/lint/plain_text.hpp"

namespace crit {

namespace {

using enum CompareOp;

struct Phrase {
  std::string_view words;
  CompareOp op;
};

// Longer phrases first where one ends another. "not" and "no" in front turn them round.
constexpr Phrase kBefore[] = {
    {">=", greater_equal},
    {"=>", greater_equal},
    {"<=", less_equal},
    {"=<", less_equal},
    {"> or =", greater_equal},
    {"< or =", less_equal},
    {">/=", greater_equal},
    {"</=", less_equal},
    {">", greater},
    {"<", less},
    {"at or above", greater_equal},
    {"at or below", less_equal},
    {"at least", greater_equal},
    {"minimum", greater_equal},
    {"starting from", greater_equal},
    {"at most", less_equal},
    {"maximum", less_equal},
    {"up to and including", less_equal},
    {"up to", less_equal},
    {"greater than", greater},
    {"more than", greater},
    {"higher than", greater},
    {"larger than", greater},
    {"longer than", greater},
    {"older than", greater},
    {"over", greater},
    {"above", greater},
    {"exceeding", greater},
    {"exceeds", greater},
    {"exceed", greater},
    {"exceeded", greater},
    {"in excess", greater},
    {"less than", less},
    {"lower than", less},
    {"fewer than", less},
    {"smaller than", less},
    {"shorter than", less},
    {"younger than", less},
    {"under", less},
    {"below", less},
};

// Only beside "or equal": "greater or equal to", "equal to or higher".
constexpr Phrase kBeside[] = {{"greater", greater}, {"more", greater}, {"higher", greater},
                              {"larger", greater},  {"less", less},    {"lower", less},
                              {"fewer", less},      {"smaller", less}};

constexpr Phrase kAfter[] = {
    {"more", greater_equal},    {"greater", greater_equal}, {"higher", greater_equal},
    {"above", greater_equal},   {"over", greater_equal},    {"older", greater_equal},
    {"longer", greater_equal},  {"larger", greater_equal},  {"worse", greater_equal},
    {"upwards", greater_equal}, {"up", greater_equal},      {"less", less_equal},
    {"lower", less_equal},      {"below", less_equal},      {"under", less_equal},
    {"fewer", less_equal},      {"younger", less_equal},    {"shorter", less_equal},
    {"smaller", less_equal},
};

// Takes the words off the end of the text.
bool drop(std::string_view& text, std::string_view words) {
  if (!ends_with_words(text, words)) return false;
  text = stripped(text.substr(0, text.size() - words.size()));
  return true;
}

bool drop_one_of(std::string_view& text, std::initializer_list<std::string_view> list) {
  return std::ranges::any_of(list, [&](std::string_view words) { return drop(text, words); });
}

template <typename List>
std::optional<CompareOp> drop_phrase(std::string_view& text, const List& phrases) {
  for (const Phrase& p : phrases)
    if (drop(text, p.words)) return p.op;
  return std::nullopt;
}

// "not", "no" or "cannot" before the phrase, perhaps with "be" between.
bool drop_negation(std::string_view& text) {
  std::string_view rest = text;
  drop_one_of(rest, {"be", "be of"});
  if (!drop_one_of(rest, {"not", "no", "cannot", "can't", "doesn't"})) return false;
  text = rest;
  return true;
}

// "Greater than or equal to (>=) 7", "> (more than) 7": said twice.
std::optional<CompareOp> bound_in_parentheses(std::string_view text) {
  const size_t open = text.ends_with(')') ? text.rfind('(') : std::string_view::npos;
  if (open == std::string_view::npos) return std::nullopt;
  return bound_before(text.substr(open + 1, text.size() - open - 2));
}

}  // namespace

CompareOp with_equality(CompareOp op) {
  return op == less ? less_equal : op == greater ? greater_equal : op;
}
CompareOp without_equality(CompareOp op) {
  return op == less_equal ? less : op == greater_equal ? greater : op;
}

CompareOp opposite(CompareOp op) {
  switch (op) {
    case less:
      return greater_equal;
    case less_equal:
      return greater;
    case greater:
      return less_equal;
    case greater_equal:
      return less;
    case equal:
      return not_equal;
    case not_equal:
      return equal;
  }
  return op;
}

std::optional<CompareOp> bound_before(std::string_view text) {
  text = stripped(text);
  if (const auto said = bound_in_parentheses(text)) return said;
  while (drop_one_of(
      text, {"(",     "of",  "the",           "a",     "an",         "about",       "approximately", "~",
             "+-",    "is",  "grade",         "class", "stage",      "ctc",         "ctcae",         "nyha",
             "score", "age", "institutional", "local", "laboratory", "laboratory's"})) {
  }
  const bool equal_after =
      drop_one_of(text, {"or equal to", "or equal", "orequal to", "/equal to", "/equal", "or ="});
  auto op = drop_phrase(text, kBefore);
  if (!op && equal_after) op = drop_phrase(text, kBeside);
  if (!op) {
    std::string_view rest = text;
    const auto beside = drop_phrase(rest, kBeside);
    if (beside && drop_one_of(rest, {"equal to or", "equal or"})) return with_equality(*beside);
    return std::nullopt;
  }
  const bool equal_before = drop_one_of(text, {"equal to or", "equal or", "equal to/"});
  if (equal_before || equal_after) return with_equality(*op);
  return drop_negation(text) ? opposite(*op) : *op;
}

std::optional<CompareOp> bound_after(std::string_view text) {
  text = text.substr(std::min(text.find_first_not_of(" )"), text.size()));
  if (text.starts_with('+') && !text.starts_with("+-")) return greater_equal;
  for (std::string_view filler : {"of age", "old", "(inclusive)"})
    if (starts_with_words(text, filler)) text = stripped(text.substr(filler.size()));
  if (!starts_with_words(text, "or") && !starts_with_words(text, "and")) return std::nullopt;
  text = stripped(text.substr(next_word(text).size()));
  for (const Phrase& p : kAfter) {
    if (!starts_with_words(text, p.words)) continue;
    const std::string_view rest = stripped(text.substr(p.words.size()));
    const bool goes_on = starts_with_words(rest, "than") || starts_with_words(rest, "to") ||
                         starts_with_words(rest, "or equal") ||
                         (!rest.empty() && (std::string_view("<>=").find(rest[0]) != std::string_view::npos ||
                                            (rest[0] >= '0' && rest[0] <= '9')));
    return goes_on ? std::nullopt : std::optional(p.op);
  }
  return std::nullopt;
}

}  // namespace crit
