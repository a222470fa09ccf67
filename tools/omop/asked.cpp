// Results by their Refs, records by the classes of the conditions on them; a use whose window is not plain
// takes the bounds of its fact away.
#include "tools/omop/asked.hpp"

#include <algorithm>
#include <map>

#include "interpreter/codes.hpp"
#include "interpreter/evaluation.hpp"
#include "interpreter/fhir_vaccines.hpp"

namespace crit {

namespace {

struct Reach {
  std::optional<Day> since, until;
};

// The wider of two.
void widen(Reach& reach, const Reach& other) {
  const auto wider = [](std::optional<Day>& mine, const std::optional<Day>& its, bool smaller) {
    if (!mine || !its)
      mine.reset();
    else
      mine = smaller ? std::min(*mine, *its) : std::max(*mine, *its);
  };
  wider(reach.since, other.since, true);
  wider(reach.until, other.until, false);
}

// What a window at screening looks at, its ends included; everything where it hangs on more than that day.
Reach reach_of(const WindowSpec& window, Day screening) {
  using Kind = Window::Kind;
  const bool from_screening = window.anchor.kind == AnchorSpec::Kind::screening;
  if (!from_screening || window.side != Side::before) return {};
  if (window.kind == Kind::currently) return {screening, screening};
  const bool looks_back = window.kind == Kind::within || window.kind == Kind::starting_within ||
                          window.kind == Kind::for_at_least;
  if (!looks_back || window.of_half_lives || window.duration.kind != Duration::Kind::plain) return {};
  const auto since = before(window.duration, screening, false, nullptr);
  if (!since) return {};
  return {static_cast<Day>(*since) - 1, screening};
}

struct FindUses {
  const Model& model;
  const std::optional<When>& screening;
  std::map<FactId, Reach> uses = {};

  void add(FactId fact, const Reach& reach) {
    if (fact == kNoFact) return;
    if (const auto [place, is_new] = uses.try_emplace(fact, reach); !is_new) widen(place->second, reach);
  }

  Reach reach_in(WindowId window) const {
    if (window == kNone || !screening) return {};
    return reach_of(model.windows[window], screening->last_day);
  }

  // A class counts with its members, and a record of one that it belongs to may be one of it.
  void add_class(ClassId id, const Reach& reach) {
    if (id == kNone) return;
    const Class& of = model.classes[id];
    for (const Class::Member& member : of.members) add(member.fact, reach);
    for (const FactId ancestor : of.ancestors) add(ancestor, reach);
  }

  // Exceptions take away records of those that are in the window.
  void add_records(const RecordsOf& records) {
    const Reach reach = reach_in(records.window);
    add_class(records.of, reach);
    for (const RecordsOf::Exception& e : records.exceptions)
      for (const ClassId of : e.classes) add_class(of, e.window == kNone ? reach : reach_in(e.window));
  }

  void all() {
    for (const Ref& ref : model.refs) add(ref.fact, reach_in(ref.window));
    std::vector<bool> counted(model.classes.size());
    for (const Node& node : model.nodes)
      if (const auto* records = std::get_if<RecordsOf>(&node.what)) {
        add_records(*records);
        if (records->of != kNone) counted[records->of] = true;
        for (const RecordsOf::Exception& e : records->exceptions)
          for (const ClassId of : e.classes) counted[of] = true;
      }
    for (const Node& node : model.nodes)
      if (const auto* stable = std::get_if<StableDose>(&node.what)) add_class(stable->of, {});
    for (const ValueNode& value : model.values)
      if (const auto* dose = std::get_if<DoseValue>(&value.what)) add_class(dose->of, {});
    add_anchors();
    for (ClassId id = 0; id < counted.size(); ++id)
      if (!counted[id]) add_class(id, {});
  }

  void add_anchor(const AnchorSpec& anchor) { add_class(anchor.of, {}); }

  void add_window(const WindowSpec& window) {
    add_anchor(window.anchor);
    add_anchor(window.until);
    for (const WindowSpec& blackout : window.blackouts) add_window(blackout);
  }

  void add_anchors() {
    for (const WindowSpec& window : model.windows) add_window(window);
    for (const ValueNode& value : model.values) {
      if (const auto* age = std::get_if<AgeAt>(&value.what)) add_anchor(age->anchor);
      if (const auto* date = std::get_if<DateOf>(&value.what)) add_anchor(date->date);
    }
    for (const Node& node : model.nodes)
      if (const auto* stable = std::get_if<StableDose>(&node.what)) add_anchor(stable->anchor);
  }
};

bool asks_for_doses(const Model& model) {
  return std::ranges::any_of(model.values,
                             [](const ValueNode& value) {
                               return std::holds_alternative<DoseValue>(value.what) ||
                                      std::holds_alternative<RecordDose>(value.what);
                             }) ||
         std::ranges::any_of(model.nodes,
                             [](const Node& node) { return std::holds_alternative<StableDose>(node.what); });
}

std::string_view vocabulary_of(CodeSystem system) {
  switch (system) {
    case CodeSystem::loinc:
      return "LOINC";
    case CodeSystem::icd10:
      return "ICD10CM";
    case CodeSystem::rxnorm:
      return "RxNorm";
    case CodeSystem::snomed:
      return "SNOMED";
  }
  return {};
}

// OMOP writes ICD-10-CM with its dot, which changes nothing in the order of the codes.
std::string dotted(std::string code) {
  if (code.size() > 3) code.insert(3, ".");
  return code;
}

OmopCodes codes_of(const CodeRange& range) {
  if (range.system != CodeSystem::icd10) return {vocabulary_of(range.system), range.first, {}};
  std::string high = dotted(range.last);
  if (!high.empty()) ++high.back();
  return {vocabulary_of(range.system), dotted(range.first), high};
}

struct VisitRow {
  std::string_view name, code;
};
constexpr VisitRow kVisits[] = {{"hospitalization", "IP"},
                                {"hospitalization", "ERIP"},
                                {"emergency_visit", "ER"},
                                {"emergency_visit", "ERIP"}};

std::vector<OmopCodes> codes_of(const Schema& schema, std::string_view name) {
  std::vector<OmopCodes> codes;
  for (const CodeRange& range : codes_of_name(schema, name)) codes.push_back(codes_of(range));
  for (const VisitRow& row : kVisits)
    if (row.name == name) codes.push_back({"Visit", std::string(row.code), {}});
  for (const VaccineRow& row : vaccine_rows()) {
    if (row.name != name) continue;
    for (std::string_view left = row.codes; !left.empty();) {
      const std::string_view code = left.substr(0, left.find(' '));
      if (!code.empty()) codes.push_back({"CVX", std::string(code), {}});
      left.remove_prefix(std::min(code.size() + 1, left.size()));
    }
  }
  // Any other vaccine; 998 says that none was given.
  if (name == "vaccine") {
    codes.push_back({"CVX", "", "998"});
    codes.push_back({"CVX", "9980", "~"});
  }
  return codes;
}

void add_members(const Schema& schema, std::string_view name, std::vector<AskedFact>& facts) {
  for (const VocabularyMember& member : vocabulary_children(name)) {
    if (std::ranges::find(facts, member.name, &AskedFact::name) == facts.end()) {
      AskedFact made;
      made.name = member.name;
      made.asked = false;
      made.codes = codes_of(schema, member.name);
      facts.push_back(std::move(made));
    }
    add_members(schema, member.name, facts);
  }
}

}  // namespace

std::vector<AskedFact> asked_facts(const Schema& schema, const std::vector<LoadedTrial>& trials,
                                   const std::optional<When>& screening) {
  std::map<std::pair<std::string, FactKind>, AskedFact> asked;
  for (const LoadedTrial& trial : trials) {
    FindUses find{trial.model, screening};
    find.all();
    const bool doses = asks_for_doses(trial.model);
    for (const auto& [id, reach] : find.uses) {
      const Fact& fact = trial.model.fact(id);
      const auto [place, is_new] = asked.try_emplace({fact.name, fact.kind});
      AskedFact& made = place->second;
      Reach both{made.since, made.until};
      if (is_new)
        made = {fact.name, fact.kind, true, {}, {}, codes_of(schema, fact.name), fact.values, false};
      else
        widen(both, reach);
      made.since = is_new ? reach.since : both.since;
      made.until = is_new ? reach.until : both.until;
      made.with_dose |= doses && fact.kind == FactKind::drug;
    }
  }
  std::vector<AskedFact> facts;
  for (auto& [key, fact] : asked) facts.push_back(std::move(fact));
  const size_t own = facts.size();
  for (size_t i = 0; i < own; ++i) add_members(schema, std::string(facts[i].name), facts);
  // The sex is the person's.
  std::erase_if(facts, [](const AskedFact& fact) { return fact.codes.empty() || fact.name == "sex"; });
  return facts;
}

std::vector<AskedFact> vocabulary_facts(const Schema& schema) {
  std::vector<AskedFact> facts;
  for (const VocabularyEntry& entry : vocabulary_index()) {
    if (entry.name != entry.of) continue;
    AskedFact fact{std::string(entry.name),      entry.kind, true, {}, {},
                   codes_of(schema, entry.name), {},         false};
    if (!fact.codes.empty()) facts.push_back(std::move(fact));
  }
  return facts;
}

}  // namespace crit
