// The words in front of a list that name its join: "One of the following:", "All of:", "meets any of the
// criteria below".
#include "tools/lint/list_heading.hpp"

#include <algorithm>
#include <optional>

#include "grammar/words.hpp"
#include "tools/lint/denial.hpp"

namespace crit {

namespace {

using Asks = ListHeading::Asks;

constexpr int kMostWords = 10;  // between "one of" and the colon

struct HeadWord {
  std::string_view word;
  Asks asks;
};
constexpr HeadWord kHeadWords[] = {{"one", Asks::one},    {"1", Asks::one},   {"any", Asks::one},
                                   {"either", Asks::one}, {"all", Asks::all}, {"each", Asks::all},
                                   {"every", Asks::all},  {"both", Asks::all}};

// Before "one of" they make another number of it.
constexpr std::string_view kOtherCounts[] = {"than", "only", "exactly", "most", "but"};

// Before a heading, in its own clause, they turn it round.
constexpr std::string_view kTurns[] = {"none",   "neither", "nor",  "cannot", "unable",  "fail",   "fails",
                                       "failed", "failure", "lack", "lacks",  "absence", "unless", "except"};

// Another thought begins, and what is behind it belongs to it.
constexpr std::string_view kEnds[] = {"and",  "or", "but", "who", "with", "that",
                                      "than", "is", "are", "if",  "was",  "were"};

// A comma before them goes on to the list.
constexpr std::string_view kListing[] = {"including", "such", "as", "namely", "defined"};

template <typename List>
bool is_in(std::string_view word, const List& list) {
  return std::ranges::find(list, word) != std::end(list);
}

bool is_word_byte(char c) {
  return is_letter(c) || is_digit(c);
}

// Goes through the text word by word.
struct Reader {
  std::string_view lower;
  size_t at = 0;

  void skip_blanks() {
    while (at < lower.size() && (lower[at] == ' ' || lower[at] == '\n')) ++at;
  }
  // `(s)`, `(1)`, `(which the site documents)`
  void skip_parentheses() {
    for (skip_blanks(); at < lower.size() && lower[at] == '('; skip_blanks()) {
      const size_t end = lower.find(')', at);
      at = end == std::string_view::npos ? lower.size() : end + 1;
    }
  }
  std::string_view word() const {
    size_t end = at;
    while (end < lower.size() && is_word_byte(lower[end])) ++end;
    return lower.substr(at, end - at);
  }
  bool take(std::string_view words) {
    if (!starts_with_words(lower.substr(at), words)) return false;
    at += words.size();
    skip_parentheses();
    return true;
  }
  bool is_at(char c) const { return at < lower.size() && lower[at] == c; }
};

// "the criteria below:", "these:"; where the list begins, or nothing. `with_comma`: ", including:" too.
std::optional<size_t> end_of_heading(Reader r, bool with_comma) {
  for (int words = 0; words <= kMostWords; ++words) {
    r.skip_parentheses();
    if (r.is_at(':')) return r.at + 1;
    if (r.is_at('-') && r.at + 1 < r.lower.size() && r.lower[r.at + 1] != ' ') ++r.at;
    if (with_comma && r.is_at(',')) {
      ++r.at;
      r.skip_blanks();
      if (!is_in(r.word(), kListing)) return std::nullopt;
    }
    const std::string_view word = r.word();
    if (word.empty() || is_in(word, kEnds)) return std::nullopt;
    r.at += word.size();
    if (with_comma || (word != "following" && word != "below")) continue;
    r.skip_parentheses();
    const std::string_view next = r.word();
    if (!next.empty() && is_digit(next[0])) return std::nullopt;  // "one of the values below 5"
    return r.is_at(':') ? r.at + 1 : r.at;
  }
  return std::nullopt;
}

// The words before a heading in its own clause.
std::string_view clause_before(std::string_view lower, size_t begin) {
  const std::string_view head = lower.substr(0, begin);
  const size_t stop = head.find_last_of(".;:,(\n");
  return stop == std::string_view::npos ? head : head.substr(stop + 1);
}

bool is_turned(std::string_view clause) {
  const auto has = [&](std::string_view word) { return find_words(clause, word) != clause.npos; };
  return has_denial(clause) || std::ranges::any_of(kTurns, has);
}

std::optional<ListHeading> heading_at(std::string_view lower, size_t begin, const HeadWord& q) {
  const std::string_view clause = clause_before(lower, begin);
  const std::string_view before = last_word(stripped(clause));
  if (q.asks == Asks::one && is_in(before, kOtherCounts)) return std::nullopt;
  Reader r{lower, begin + q.word.size()};
  r.skip_parentheses();
  if (q.word == "any") r.take("one");
  const bool counts = r.take("or more") || before == "least" || stripped(clause).ends_with(">=");
  if (q.asks == Asks::all && !number_word(r.word()).empty()) r.take(r.word());
  const bool is_counted = q.word != "1" || counts || starts_with_words(lower.substr(r.at), "of");
  if (!is_counted) return std::nullopt;
  ListHeading heading{q.asks, true, begin, 0};
  std::optional<size_t> end;
  if (r.is_at(':') || r.take("of") || starts_with_words(lower.substr(r.at), "the following") ||
      starts_with_words(lower.substr(r.at), "following")) {
    end = end_of_heading(r, false);
  } else {
    end = end_of_heading(r, true);
    heading.certain = false;
  }
  if (!end) return std::nullopt;
  heading.end = *end;
  if (is_turned(clause)) heading.asks = Asks::unsaid;
  return heading;
}

}  // namespace

std::vector<ListHeading> list_headings(const PlainText& plain) {
  const std::string_view lower = plain.lower;
  std::vector<ListHeading> found;
  for (size_t at = 0; at < lower.size();) {
    const std::string_view word = Reader{lower, at}.word();
    const auto* q = std::ranges::find(kHeadWords, word, &HeadWord::word);
    const auto heading = q == std::end(kHeadWords) ? std::nullopt : heading_at(lower, at, *q);
    if (heading) found.push_back(*heading);
    at = heading ? heading->end : at + std::max<size_t>(word.size(), 1);
  }
  return found;
}

bool asks_for_all_at_end(const PlainText& plain) {
  constexpr std::string_view kQuantities[] = {"all", "both"};
  constexpr std::string_view kStates[] = {"present", "required", "met", "fulfilled", "satisfied"};
  std::string_view rest = plain.lower;
  while (!rest.empty() && std::string_view(" .;)\n").find(rest.back()) != std::string_view::npos)
    rest.remove_suffix(1);
  const std::string_view state = last_word(rest);
  if (!is_in(state, kStates)) return false;
  rest = stripped(rest.substr(0, rest.size() - state.size()));
  for (std::string_view filler : {"be", "must", "are", "being"})
    if (ends_with_words(rest, filler)) rest = stripped(rest.substr(0, rest.size() - filler.size()));
  return is_in(last_word(rest), kQuantities);
}

}  // namespace crit
