// Counting is done while resources are read; here it is put in order, and names are compared by their words.
#include "interpreter/fhir_unmapped.hpp"

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

bool is_asked(FactKind kind, FhirType type) {
  const bool lasts = kind == FactKind::condition || kind == FactKind::event || kind == FactKind::flag;
  switch (type) {
    case FhirType::observation:
      return kind == FactKind::measure || kind == FactKind::choice || kind == FactKind::flag;
    case FhirType::condition:
    case FhirType::allergy_intolerance:
      return lasts;
    case FhirType::procedure:
    case FhirType::encounter:
      return kind == FactKind::event || kind == FactKind::flag;
    case FhirType::immunization:
    case FhirType::medication:
    case FhirType::medication_administration:
    case FhirType::medication_request:
    case FhirType::medication_statement:
      return kind == FactKind::drug;
    case FhirType::bundle:
    case FhirType::diagnostic_report:
    case FhirType::patient:
    case FhirType::other:
      return false;
  }
  return false;
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

std::string name_near(std::string_view text, FhirType type) {
  const Words wanted = words_of(text);
  std::string_view best;
  // How much of the text and of the description is shared, in thousandths.
  size_t best_score = 333;
  for (const Candidate& c : candidates()) {
    if (!is_asked(c.entry->kind, type)) continue;
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

Part part_of(FhirType type) {
  switch (type) {
    case FhirType::condition:
    case FhirType::allergy_intolerance:
      return Part::conditions;
    case FhirType::immunization:
    case FhirType::medication:
    case FhirType::medication_administration:
    case FhirType::medication_request:
    case FhirType::medication_statement:
      return Part::drugs;
    case FhirType::procedure:
    case FhirType::encounter:
      return Part::events;
    case FhirType::observation:
    case FhirType::bundle:
    case FhirType::diagnostic_report:
    case FhirType::patient:
    case FhirType::other:
      return Part::none;
  }
  return Part::none;
}

std::vector<UnmappedCode> unmapped_codes(const FhirRun& run) {
  std::vector<UnmappedCode> made;
  const auto add = [&](const FhirCode& code) {
    for (size_t type = 0; type < kFhirTypes; ++type)
      if (code.unmapped[type] > 0)
        made.push_back({&code, static_cast<FhirType>(type), code.unmapped[type],
                        name_near(code.display, static_cast<FhirType>(type))});
  };
  for (const FhirCode& code : run.codes) add(code);
  add(run.more);
  std::ranges::sort(made, [](const UnmappedCode& a, const UnmappedCode& b) {
    const auto key = [](const UnmappedCode& u) {
      return std::tie(u.code->code, u.code->system, u.code->display, u.type);
    };
    return a.count != b.count ? a.count > b.count : key(a) < key(b);
  });
  return made;
}

uint64_t unmapped_of(const FhirRun& run, Part part) {
  uint64_t sum = 0;
  const auto add = [&](const FhirCode& code) {
    for (size_t type = 0; type < kFhirTypes; ++type)
      if (part_of(static_cast<FhirType>(type)) == part) sum += code.unmapped[type];
  };
  for (const FhirCode& code : run.codes) add(code);
  add(run.more);
  return sum;
}

}  // namespace crit
