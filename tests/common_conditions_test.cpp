// What is kept from one trial or patient to the next changes no answer: conditions that several trials have
// in common, what the patients of a batch are asked at once, facts that trials declare alike, and what a
// Verdict remembers of the patient before.
#include <algorithm>
#include <deque>
#include <filesystem>
#include <set>

#include "interpreter/common_conditions.hpp"
#include "interpreter/evaluate_batch.hpp"
#include "interpreter/load.hpp"
#include "interpreter/read_cases.hpp"
#include "interpreter/verdict.hpp"
#include "tests/test.hpp"

namespace {

using namespace crit;
namespace fs = std::filesystem;

std::vector<fs::path> paths_of_trials() {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(CRIT_SOURCE_DIR "/trials"))
    if (entry.path().extension() == ".crit") paths.push_back(entry.path());
  std::ranges::sort(paths);
  return paths;
}

// Other limits and windows under the same names: what must not be taken for the same condition.
std::string changed(std::string text) {
  for (const auto& [from, to] : std::initializer_list<std::pair<std::string_view, std::string_view>>{
           {" <= ", " < "}, {" months", " weeks"}, {"at least 2", "at least 1"}, {"currently", "ever"}})
    for (size_t at = 0; (at = text.find(from, at)) != text.npos; at += to.size())
      text.replace(at, from.size(), to);
  return text;
}

// All trials in one run, each twice, and once changed where that can be.
struct Together {
  Rules rules;
  std::vector<LoadedTrial> trials;
  std::vector<const Model*> models;
  CommonConditions common;

  Together() {
    rules.schema.joins_facts = true;
    for (const fs::path& path : paths_of_trials()) {
      std::string problem;
      const auto source = read_source(path.string(), problem);
      REQUIRE(source);
      add_text(rules, path.string() + " again", source->text);
      add_text(rules, path.string() + " changed", changed(source->text));
      for (const char* which : {"", " again", " changed"}) add(path.string() + which);
    }
    for (const LoadedTrial& trial : trials) models.push_back(&trial.model);
    common = common_conditions(models);
  }

  void add(const std::string& path) {
    std::string problem;
    auto trial = load(rules, path, problem);
    REQUIRE(trial);
    if (!has_error(trial->diagnostics)) trials.push_back(std::move(*trial));
  }
};

CaseFile cases_of(Intake& intake, fs::path trial) {
  std::string problem;
  const auto source = read_source(trial.replace_extension(".cases").string(), problem);
  return source ? read_cases(intake, *source) : CaseFile{};
}

bool can_decide(const Model& model, const Patient& patient) {
  return !refusal(model, patient) && arms_for(model, patient.arm);
}

}  // namespace

namespace {

// A batch under all trials, against each of its patients alone.
struct Comparing {
  Together& together;
  std::vector<Verdict> kept;
  BatchAnswers answers = {};
  Batch batch = {};
  size_t decided = 0, unlike = 0;

  explicit Comparing(Together& all) : together(all), kept(all.models.size()) {}

  void compare(std::span<const Patient> patients) {
    batch.clear();
    answers.common.assign(together.common.count, {});
    std::vector<CommonNeeds> needs(patients.size());
    for (const Patient& patient : patients) batch.add(patient);
    for (CommonNeeds& of_one : needs) of_one.clear(together.common.count);
    for (size_t t = 0; t < together.models.size(); ++t) compare(t, patients, needs);
  }

  void compare(size_t t, std::span<const Patient> patients, std::span<CommonNeeds> needs) {
    const Model& model = *together.models[t];
    Places places = 0;
    for (size_t i = 0; i < patients.size(); ++i) places |= Places{can_decide(model, patients[i])} << i;
    evaluate(model, batch, places, &together.common.models[t], answers, kept[t].scratch);
    for_each_place(places, [&](uint32_t place) {
      kept[t].scratch.common = &needs[place];
      const std::vector<uint32_t> arms = arms_for(model, patients[place].arm).value();
      for (const uint32_t arm : arms) {
        Verdict alone;
        evaluate(model, patients[place], arm, alone);
        take(model, answers, place, arm, kept[t]);
        ++decided;
        if (kept[t].decision == alone.decision && kept[t].outcomes == alone.outcomes &&
            kept[t].holds == alone.holds &&
            needed(model, patients[place], kept[t]) == needed(model, patients[place], alone))
          continue;
        ++unlike;
        UNSCOPED_INFO(patients[place].where << " under "
                                            << together.rules.sources[together.trials[t].file].name);
      }
    });
  }
};

}  // namespace

TEST_CASE("patients asked together by all trials get the answers that each gets alone", "[evaluate]") {
  Together together;
  CHECK(together.trials.size() > 50);
  CHECK(together.common.count > 500);
  Intake intake(together.rules.schema);
  Comparing comparing(together);
  std::deque<CaseFile> files;  // which have the texts of the copies
  std::vector<Patient> waiting;
  for (const fs::path& path : paths_of_trials()) {
    const CaseFile& file = files.emplace_back(cases_of(intake, path));
    for (const Case& tried : file.cases) waiting.push_back(tried.patient);
    // Each twice, with the same dates but for an earlier day of screening: what is in a window before
    // enrollment is for both, but what is complete up to screening is not.
    for (const int earlier : {20, -20}) {
      std::vector<Patient> pair;
      for (const Case& tried : file.cases) {
        if (!tried.patient.screening) continue;
        const Day day = tried.patient.screening->first_day;
        pair = {tried.patient, tried.patient};
        pair[earlier > 0].screening = When{day - 20, day - 20, -1};
        comparing.compare(pair);
      }
    }
    // A batch is of several trials' patients, and then of each trial's, as if they came on one day.
    for (const bool one_day : {false, true}) {
      if (!one_day && waiting.size() < kMostInBatch) continue;
      std::vector<Patient> patients = one_day ? std::vector<Patient>() : waiting;
      if (one_day)
        for (const Case& tried : file.cases) patients.push_back(tried.patient);
      for (Patient& patient : patients)
        if (one_day) patient.screening = patients.front().screening;
      for (size_t i = 0; i < patients.size(); i += kMostInBatch)
        comparing.compare(std::span(patients).subspan(i, std::min(kMostInBatch, patients.size() - i)));
      if (!one_day) waiting.clear();
    }
  }
  CHECK(comparing.unlike == 0);
  CHECK(comparing.decided > 10'000);
}

TEST_CASE("facts that trials declare alike are one, and the trials mean what they mean alone", "[evaluate]") {
  Together together;
  Intake intake(together.rules.schema);
  size_t compared = 0;
  for (const fs::path& path : paths_of_trials()) {
    Rules rules;
    std::string problem;
    const auto alone = load(rules, path.string(), problem);
    REQUIRE(alone);
    Intake alone_intake(rules.schema);
    const CaseFile alone_file = cases_of(alone_intake, path), file = cases_of(intake, path);
    const auto found =
        std::ranges::find(together.models, alone->model.trial, [](const Model* m) { return m->trial; });
    REQUIRE(found != together.models.end());
    const Model& model = **found;
    REQUIRE(file.cases.size() == alone_file.cases.size());
    for (size_t i = 0; i < file.cases.size(); ++i) {
      const Patient &patient = file.cases[i].patient, &patient_alone = alone_file.cases[i].patient;
      if (!can_decide(alone->model, patient_alone)) continue;
      // Another trial may read a name otherwise and find a fault in it, which is none of this one's; but who
      // asks a judgement under the same number needs an answer of his own.
      const auto is_shared = [](const Fault& fault) {
        return fault.message.find("ask different things") != std::string::npos;
      };
      if (std::ranges::any_of(patient.faults, is_shared)) continue;
      ++compared;
      REQUIRE(can_decide(model, patient));
      const uint32_t arm = arms_for(model, patient.arm)->front();
      Verdict verdict, verdict_alone;
      evaluate(model, patient, arm, verdict);
      evaluate(alone->model, patient_alone, arm, verdict_alone);
      INFO(file.cases[i].where);
      CHECK(verdict.outcomes == verdict_alone.outcomes);
      CHECK(needed(model, patient, verdict) == needed(alone->model, patient_alone, verdict_alone));
    }
  }
  CHECK(compared > 400);
}

TEST_CASE("where no denial can be against a record no trial finds one that is", "[evaluate]") {
  Together together;
  Intake intake(together.rules.schema);
  Kinship of_all;
  std::vector<Kinship> kinships(together.models.size());
  size_t contradictions = 0, none_possible = 0;
  const auto check = [&](const Patient& patient, const std::string& where) {
    Batch batch;
    batch.add(patient);
    const bool may = may_contradict(together.rules.schema, batch, of_all) != 0;
    none_possible += patient.denials && !may;
    for (size_t t = 0; t < together.models.size(); ++t) {
      if (!refusal(*together.models[t], patient, kinships[t])) continue;
      ++contradictions;
      if (!may) FAIL_CHECK(where << " under " << together.models[t]->trial);
    }
  };
  for (const fs::path& path : paths_of_trials()) {
    for (const Case& tried : cases_of(intake, path).cases) {
      if (!tried.patient.faults.empty() || !tried.patient.screening) continue;
      check(tried.patient, tried.where);
      // The patient's own records denied, and all that they are kinds of.
      std::set<FactId> denied;
      for (const Model* model : together.models)
        for (const Class& of : model->classes)
          if (of.set.meets(tried.patient.recorded())) denied.insert(of.fact);
      for (const FactId fact : denied) {
        Patient changed = tried.patient;
        changed.deny(fact);
        check(changed, tried.where);
      }
    }
  }
  CHECK(contradictions > 1000);
  CHECK(none_possible > 50);
}
