// The counts of a run in each form.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tools/cohort/study.hpp"
#include "tools/console.hpp"

namespace crit {

// What the writers need beside the counts.
struct Cohort {
  const std::vector<Study>& studies;
  const Rules& rules;
  const Counting& counting;
  uint64_t nameless = 0;  // what belongs to no patient that could be named
  uint64_t cut = 0;       // files that could not be read to their end
  uint64_t empty = 0;     // files in which nothing stands
  uint64_t repeated = 0;  // patients that came more than once, of whom the first answer is counted
  UnmappedParts unmapped = {};
};

void append_cohort_text(std::string&, const Cohort&, const Console&);
void append_cohort_json(std::string&, const Cohort&);
void append_cohort_page(std::string&, const Cohort&);

// The screening log, a row a patient and trial (and arm), written while the patients are read.
void append_log(std::string&, const Report&);
void append_log_header(std::string&);

// --- what several forms show
// ----------------------------------------------------------------------------------

std::string title_of(const Study&, const Tally&);  // NCT06534528, arm A
// `45.0%` of all, exactly rounded; empty where there are none.
std::string share_of(uint64_t part, uint64_t all);
std::string with_plural(uint64_t count, std::string_view one, std::string_view many);
// The words of a limit, as the rule's author wrote them: `ALT <= 2.5*ULN`.
std::string limit_text(const Rules&, const MovableLimit&);
// What is wrong with the counts: what could not be read at all, files that are cut, and who came more than
// once; empty: nothing.
std::string words_of_flaws(const Cohort&);
// What of the parts that a tally assumes complete has no name; empty: nothing.
std::string words_of_unmapped(const Cohort&, const Tally&);
std::string words_of(const Study&, const Change&);  // without E3; with I4: 35% <= FVC <= 70%
// Why several changes are not counted together; empty: they are, or there is one.
std::string words_of_none_together(const Study&);
std::string near_meaning();  // whom near misses are about
// Whom `eligible without` might count and does not; empty: nobody.
std::string words_of_uncounted(const Tally&);
// What is assumed of the days ahead.
std::string_view later_assumption();

// Criteria by what they cost: most failures first, then most unknown, then as in the protocol.
std::vector<uint32_t> costliest_first(const Tally&);
// Facts by how often they are needed, then by name.
std::vector<std::pair<std::string, FactCount>> most_needed_first(const Tally&);
// Limits that somebody misses by a little, with the most patients first.
std::vector<uint32_t> near_limits(const Tally&);
// Criteria of patients that become eligible or undetermined later, with the most patients first.
std::vector<uint32_t> later_criteria(const Tally&);

// `+3`, `-2`, `±0`
std::string gain(uint64_t before, uint64_t after);

}  // namespace crit
