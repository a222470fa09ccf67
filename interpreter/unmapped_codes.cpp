// Counting is done while resources are read; here it is put in order, and names are compared by their words.
#include "interpreter/unmapped_codes.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "interpreter/spelling.hpp"

namespace crit {

namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// Words that tell nothing apart.
bool is_common(std::string_view word) {
  static constexpr std::string_view kCommon[] = {
      "of",        "the",     "in",       "or",      "and",       "with",   "without", "by",     "to",
      "a",         "no",      "disorder", "finding", "oral",      "tablet", "mg",      "ml",     "mass",
      "volume",    "other",   "disease",  "acute",   "situation", "blood",  "serum",   "plasma", "test",
      "procedure", "history", "drug",     "any",     "an",        "for"};
  return word.size() < 2 || std::ranges::find(kCommon, word) != std::end(kCommon);
}

using Words = std::set<std::string>;

Words words_of(std::string_view text) {
  Words words;
  for (size_t at = 0; at < text.size();) {
    size_t end = at;
    while (end < text.size() && is_letter(text[end])) ++end;
    std::string word = lower_case(text.substr(at, end - at));
    if (word.size() > 3 && word.ends_with('s')) word.pop_back();
    if (!is_common(word)) words.insert(std::move(word));
    at = std::max(end, at + 1);
  }
  return words;
}

struct Candidate {
  const VocabularyEntry* entry;
  Words name, all;  // of the name, and of the description with it
};

// Prepared once: the list of a hospital's codes is long.
const std::vector<Candidate>& candidates() {
  static const std::vector<Candidate> made = [] {
    std::vector<Candidate> list;
    for (const VocabularyEntry& entry : vocabulary_index()) {
      std::string_view line = vocabulary_text().substr(entry.begin, entry.end - entry.begin);
      line = line.substr(0, line.find('\n'));
      const size_t open = line.find('"');
      const size_t close = open == line.npos ? open : line.find('"', open + 1);
      Candidate c{&entry, words_of(entry.name), {}};
      c.all = c.name;
      if (close != line.npos) c.all.merge(words_of(line.substr(open + 1, close - open - 1)));
      list.push_back(std::move(c));
    }
    return list;
  }();
  return made;
}

size_t shared(const Words& a, const Words& b) {
  return static_cast<size_t>(std::ranges::count_if(a, [&](const std::string& w) { return b.contains(w); }));
}

}  // namespace

std::string name_near(std::string_view text, uint32_t kinds) {
  const Words wanted = words_of(text);
  std::string_view best;
  // How much of the text and of the description is shared, in thousandths.
  size_t best_score = 333;
  for (const Candidate& c : candidates()) {
    if (!(kinds >> unsigned(c.entry->kind) & 1)) continue;
    const size_t common = shared(wanted, c.all);
    const bool whole_name = !c.name.empty() && shared(c.name, wanted) == c.name.size();
    const size_t all = wanted.size() + c.all.size();
    if (common == 0 || all == 0) continue;
    const size_t score = 2000 * common / all + (whole_name ? 500 : 0);
    if (score <= best_score) continue;
    best_score = score;
    best = c.entry->of;
  }
  return std::string(best);
}

std::vector<UnmappedCode> unmapped_codes(const Holding& run) {
  std::vector<UnmappedCode> made;
  const auto add = [&](const HeldCode& code) {
    for (const auto& [id, count] : code.unmapped) {
      const Origin& origin = run.origins[id];
      made.push_back({&code, &origin, count, name_near(code.display, origin.kinds)});
    }
  };
  for (const HeldCode& code : run.codes) add(code);
  add(run.more);
  std::ranges::sort(made, [](const UnmappedCode& a, const UnmappedCode& b) {
    const auto key = [](const UnmappedCode& u) {
      return std::tie(u.code->code, u.code->system, u.code->display, u.origin->name);
    };
    return a.count != b.count ? a.count > b.count : key(a) < key(b);
  });
  return made;
}

uint64_t unmapped_of(const Holding& run, Part part) {
  uint64_t sum = 0;
  const auto add = [&](const HeldCode& code) {
    for (const auto& [origin, count] : code.unmapped)
      if (run.origins[origin].part == part) sum += count;
  };
  for (const HeldCode& code : run.codes) add(code);
  add(run.more);
  return sum;
}

std::array<uint64_t, kPartCount> unmapped_parts(const Holding& run) {
  std::array<uint64_t, kPartCount> counts{};
  for (size_t part = 0; part < kPartCount; ++part) counts[part] = unmapped_of(run, static_cast<Part>(part));
  return counts;
}

}  // namespace crit
