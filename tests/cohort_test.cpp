// The counts of a cohort, against numbers counted by hand, and against the same rules evaluated one by one.
#include <algorithm>

#include "interpreter/read_patients.hpp"
#include "tests/test.hpp"
#include "tools/answers.hpp"
#include "tools/cohort/write.hpp"
#include "tools/trials.hpp"

namespace {

using namespace crit;

struct Counted {
  Rules rules;
  std::vector<LoadedTrial> trials;
  std::vector<Study> studies;
  Counting counting;

  Counted(const std::string& trial, const std::vector<std::string>& patients) {
    std::string problem;
    trials.push_back(load(rules, trial, problem).value());
    REQUIRE_FALSE(has_error(trials[0].diagnostics));
    studies.push_back(make_study(trials[0]));
    counting.keep_rows = true;
    begin_tallies(studies[0], counting);
    Answering answering(trials);
    Intake intake(rules.schema);
    intake.each = [&](Patient& patient) {
      answer(answering, 0, patient, [&](const Report& report) { count(counting, studies[0], report); });
      return true;
    };
    intake.broken = [](const Fault&) { FAIL("a patient without a name"); };
    for (const std::string& path : patients) read_patients(intake, path);
  }

  const Tally& tally() const { return studies[0].tallies[0]; }
};

const std::string kSmall = CRIT_SOURCE_DIR "/tests/cli/cohort";

}  // namespace

TEST_CASE("a small cohort is counted as by hand") {
  // What is the matter with each patient stands above it in cohort.txt.
  const Counted counted(kSmall + ".crit", {kSmall + ".txt"});
  const Tally& tally = counted.tally();
  CHECK(tally.patients == 15);
  CHECK(counted.studies[0].tallies[0].refused == 1);  // P16
  CHECK(tally.of(Decision::eligible) == 2);           // P01, P02
  CHECK(tally.of(Decision::undetermined) == 3);       // P12, P13, P14
  CHECK(tally.of(Decision::ineligible) == 10);        // P03 to P11, P15

  struct Expected {
    uint64_t fail, alone, first, unknown, last_obstacle;
  };
  const Expected expected[] = {
      {1, 1, 1, 0, 1},  // I1: P03
      {4, 3, 4, 2,
       3},  // I2: P04 to P07, not known of P12 and P13; stands alone between P04, P06, P12 and a place
      {2, 1, 1, 0, 1},  // I3: P07, P08
      {2, 1, 2, 1, 2},  // E1: P09, P15, not known of P14
      {3, 2, 2, 0, 2},  // E2: P10, P11, P15
      {0, 0, 0, 2, 0},  // E3: not answered for P05, P13
  };
  REQUIRE(tally.criteria.size() == std::size(expected));
  for (size_t i = 0; i < tally.criteria.size(); ++i) {
    INFO(counted.trials[0].model.criteria[i].id);
    CHECK(tally.criteria[i].fail == expected[i].fail);
    CHECK(tally.criteria[i].fail_alone == expected[i].alone);
    CHECK(tally.criteria[i].fail_first == expected[i].first);
    CHECK(tally.criteria[i].unknown == expected[i].unknown);
    CHECK(tally.criteria[i].last_obstacle == expected[i].last_obstacle);
  }

  REQUIRE(tally.facts.size() == 3);
  CHECK(tally.facts.at("ALT").needed == 2);  // P12, P13
  CHECK(tally.facts.at("ALT").settles == 1);
  CHECK(tally.facts.at("E3").needed == 1);  // P13; P05 is ineligible whatever E3 is
  CHECK(tally.facts.at("E3").settles == 0);
  CHECK(tally.facts.at("asthma").needed == 1);  // P14
  CHECK(tally.facts.at("asthma").settles == 1);

  REQUIRE(tally.near.size() == 2);     // ALT and FVC; an age has no share
  CHECK(tally.near[0].patients == 2);  // P04, P05
  CHECK(tally.near[0].eligible == 1);
  CHECK(tally.near[1].patients == 1);  // P08
  CHECK(tally.near[1].eligible == 1);

  CHECK(tally.later.eligible == 1);      // P10
  CHECK(tally.later.undetermined == 1);  // P11
  CHECK(tally.later_by_criterion[4].eligible == 1);
  CHECK(tally.later_by_criterion[4].undetermined == 1);

  std::string order;
  for (const Row* row : rows_in_order(tally)) order += row->patient + " ";
  CHECK(order == "P01 P02 P12 P14 P13 P03 P04 P06 P08 P09 P10 P11 P05 P07 P15 ");
}

TEST_CASE("who is eligible without a criterion is who a trial without it finds eligible") {
  const std::string path = CRIT_SOURCE_DIR "/trials/NCT06534528.crit";
  const std::vector<std::string> patients = files_in({CRIT_SOURCE_DIR "/trials/patients"}, "");
  const Counted whole(path, patients);
  REQUIRE(whole.tally().patients >= 10);
  Rules rules;
  std::string problem;
  LoadedTrial trial = load(rules, path, problem).value();
  const std::vector<CriterionModel> criteria = trial.model.criteria;
  for (size_t out = 0; out < criteria.size(); ++out) {
    trial.model.criteria = criteria;
    trial.model.criteria.erase(trial.model.criteria.begin() + static_cast<std::ptrdiff_t>(out));
    Verdict verdict;
    uint64_t found = 0;
    Intake intake(rules.schema);
    intake.each = [&](Patient& patient) {
      if (refusal(trial.model, patient)) return true;
      evaluate(trial.model, patient, kNone, verdict);
      found += verdict.decision == Decision::eligible;
      return true;
    };
    intake.broken = [](const Fault&) {};
    for (const std::string& file : patients) read_patients(intake, file);
    INFO(criteria[out].id);
    CHECK(found == whole.tally().of(Decision::eligible) + whole.tally().criteria[out].last_obstacle);
  }
}

TEST_CASE("a table of patients keeps those nearest to eligible, however many there are") {
  Tally tally;
  for (uint64_t i = 0; i < 3 * kMostRows; ++i) {
    Row row;
    row.rank = (i * 7919) % 1500;  // each rank twice
    row.order = i;
    if (would_keep(tally, row)) keep_row(tally, row);
    REQUIRE(tally.rows.size() <= kMostRows);
  }
  const auto rows = rows_in_order(tally);
  REQUIRE(rows.size() == kMostRows);
  for (size_t i = 0; i < rows.size(); ++i) CHECK(rows[i]->rank == i / 2);
}
