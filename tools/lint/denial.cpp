// Where the protocol's words deny a fact: "no prior chemotherapy", "free of seizures".
#include "tools/lint/denial.hpp"

#include <algorithm>

#include "grammar/words.hpp"

namespace crit {

namespace {

constexpr std::string_view kAlways[] = {"no", "not", "without", "never"};
constexpr std::string_view kOften[] = {"free", "absence", "lack"};

// What may stand between a denial and what it denies. Any other word is denied in its place: "no response to
// chemotherapy", "no more than 2 hospitalizations", "not only".
constexpr std::string_view kBetween[] = {"a",           "an",           "the",
                                         "any",         "of",           "from",
                                         "to",          "in",           "on",
                                         "with",        "for",          "other",
                                         "prior",       "previous",     "previously",
                                         "current",     "currently",    "concurrent",
                                         "concomitant", "concurrently", "concomitantly",
                                         "history",     "evidence",     "known",
                                         "documented",  "active",       "ongoing",
                                         "recent",      "recently",     "significant",
                                         "serious",     "clinically",   "uncontrolled",
                                         "clinical",    "signs",        "symptoms",
                                         "sign",        "presence",     "diagnosis",
                                         "diagnosed",   "medical",      "past",
                                         "treatment",   "treatments",   "therapy",
                                         "treated",     "use",          "exposure",
                                         "exposed",     "be",           "been",
                                         "being",       "have",         "has",
                                         "had",         "is",           "are",
                                         "received",    "receiving",    "receive",
                                         "taken",       "taking",       "take",
                                         "used",        "using",        "undergone",
                                         "undergo",     "experienced",  "suffered",
                                         "requiring",   "require",      "required",
                                         "suffering",   "patients",     "systemic",
                                         "major",       "ever",         "administered",
                                         "therapies",   "anti",         "agents",
                                         "drugs",       "medication",   "medications"};

// Words of a sentence that turn a denial round, or leave it to a case; and those that do before the fact.
constexpr std::string_view kTurns[] = {
    "if",         "excluded",     "exclude",  "exclusion", "ineligible", "eligible",    "allowed",
    "permitted",  "when",         "whether",  "provided",  "however",    "acceptable",  "either",
    "regardless", "irrespective", "although", "though",    "despite",    "cannot",      "unable",
    "inability",  "control",      "washout",  "response",  "stopped",    "discontinued"};
constexpr std::string_view kTurnsBefore[] = {"unless", "except", "excluding", "than"};

constexpr std::string_view kJoins[] = {"and", "or", "but"};

template <typename List>
bool is_in(const List& list, std::string_view word) {
  return std::ranges::find(list, word) != std::end(list);
}

bool ends_sentence(std::string_view text, size_t i) {
  const bool blank_after = i + 1 >= text.size() || text[i + 1] == ' ' || text[i + 1] == '\n';
  return text[i] == ';' || text[i] == '\n' || (text[i] == '.' && blank_after);
}

struct Word {
  std::string_view word;
  size_t begin = 0;
  bool comma_before = false;
};

std::vector<Word> words_of(std::string_view lower, size_t begin, size_t end) {
  std::vector<Word> words;
  bool comma = false;
  for (size_t at = begin; at < end;) {
    const std::string_view word = next_word(lower.substr(at, end - at));
    if (!word.empty()) {
      words.push_back({word, at, comma});
      comma = false;
    } else {
      comma = comma || std::string_view(",:()").find(lower[at]) != std::string_view::npos;
    }
    at += std::max<size_t>(1, word.size());
  }
  return words;
}

// Words of one name are one mention: "brain metastases".
std::vector<Mention> joined(const PlainText& plain, const std::vector<Mention>& mentions) {
  std::vector<Mention> groups;
  for (const Mention& m : mentions) {
    const bool adjacent = !groups.empty() && m.begin >= groups.back().end && m.begin <= groups.back().end + 1;
    if (adjacent && (m.begin == groups.back().end || plain.text[groups.back().end] == ' ' ||
                     plain.text[groups.back().end] == '-'))
      groups.back().end = m.end;
    else
      groups.push_back(m);
  }
  return groups;
}

// "with or without", "with/without": neither. "With no" denies.
bool is_with_or(const std::vector<Word>& before, std::string_view denial) {
  const auto from_end = [&](size_t i) { return i < before.size() ? before[before.size() - 1 - i].word : ""; };
  return (from_end(0) == "with" && denial == "without") ||
         (is_in(kJoins, from_end(0)) && from_end(1) == "with");
}

std::string_view denial_before(const PlainText& plain, const Mention& mention) {
  size_t begin = mention.begin, end = mention.end;
  while (begin > 0 && !ends_sentence(plain.text, begin - 1)) --begin;
  while (end < plain.text.size() && !ends_sentence(plain.text, end)) ++end;
  const std::string_view lower = plain.lower;
  const auto all = words_of(lower, begin, end);
  const auto turns = [&](const Word& w) {
    return is_in(kTurns, w.word) || (w.begin < mention.begin && is_in(kTurnsBefore, w.word));
  };
  const auto denies = [](const Word& w) { return is_in(kAlways, w.word) || is_in(kOften, w.word); };
  if (std::ranges::any_of(all, turns)) return {};
  auto before = words_of(lower, begin, mention.begin);
  // From the mention back over what may stand between, to the denial.
  bool parted = lower.substr(0, mention.begin).ends_with(", ");
  while (!before.empty() && !parted && is_in(kBetween, before.back().word)) {
    parted = before.back().comma_before;
    before.pop_back();
  }
  const bool negative_for = !before.empty() && before.back().word == "negative" &&
                            starts_with_words(lower.substr(before.back().begin), "negative for");
  if (parted || before.empty() || !(denies(before.back()) || negative_for)) return {};
  const auto [word, at, comma] = before.back();
  before.pop_back();
  if (is_with_or(before, word)) return {};
  // A second denial in the clause may turn the first one round.
  for (; !before.empty() && !is_in(kJoins, before.back().word); before.pop_back()) {
    if (denies(before.back())) return {};
    if (before.back().comma_before) break;
  }
  std::string_view denial = stripped(lower.substr(at, mention.begin - at));
  if (denial.ends_with("anti-")) denial = stripped(denial.substr(0, denial.size() - 5));
  return denial;
}

}  // namespace

bool has_denial(std::string_view text) {
  return std::ranges::any_of(kAlways, [&](std::string_view w) { return find_words(text, w) != text.npos; });
}

std::string_view denial_of(const PlainText& plain, std::vector<Mention> mentions) {
  std::ranges::sort(mentions, {}, &Mention::begin);
  std::string_view denial;
  for (const Mention& mention : joined(plain, mentions)) {
    denial = denial_before(plain, mention);
    if (denial.empty() || !mention.by_name) return {};
  }
  return denial;
}

}  // namespace crit
