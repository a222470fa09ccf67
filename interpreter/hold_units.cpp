// Results of tables in a unit that is known and says nothing of their fact: counted, since only the reasons
// of who is decided by them would say so.
#include <algorithm>

#include "interpreter/hold.hpp"

namespace crit {

namespace {

constexpr size_t kMostUnconverted = 1000;

}  // namespace

void Hold::count_unconverted(Intake& in, const HeldPatient& p, const HeldRecord& held, const NamedFact& named,
                             size_t first_record) {
  if (held.line == 0) return;
  const Record* lost = nullptr;
  for (size_t r = first_record; r < in.patient->records.size(); ++r) {
    const Record& record = in.patient->records[r];
    if (!record.has_value || !record.unit || record.unit->convertible) return;  // as some trial reads it
    lost = &record;
  }
  if (!lost) return;
  const Fact& fact = *named.readings.front().fact;
  if (fact.kind != FactKind::measure) return;
  auto& all = in.holding->unconverted;
  const std::string& file = files_[held.file];
  auto known = std::ranges::find_if(all, [&](const Unconverted& u) {
    return u.file == file && u.fact == fact.name && u.unit == lost->unit->unit;
  });
  if (known == all.end()) {
    if (all.size() == kMostUnconverted) return;
    known = all.insert(all.end(), {file, where(in, p, held), fact.name, lost->unit->unit, fact.unit_text, 0});
  }
  ++known->results;
}

}  // namespace crit
