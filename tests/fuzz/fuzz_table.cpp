// Any bytes as a hospital's table, whose columns a mapping names.
#include "interpreter/read_table.hpp"
#include "tests/fuzz/fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using crit::Named;
  crit::TableMapping mapping;
  mapping.file = Named{"fuzz", {}};
  mapping.cells = {Named{"p", {}}, Named{"screening", {}}, Named{"died", {}}, Named{"code", {}},
                   Named{"name", {}}};
  mapping.fields[size_t(crit::Field::value)] = Named{"value", {}};
  mapping.fields[size_t(crit::Field::unit)] = Named{"unit", {}};
  mapping.fields[size_t(crit::Field::upper)] = Named{"uln", {}};
  mapping.fields[size_t(crit::Field::start)] = Named{"start", {}};
  mapping.fields[size_t(crit::Field::end)] = Named{"end", {}};
  mapping.system = crit::CodeSystem::loinc;
  mapping.words = {{"x", ""}, {"y", "yes"}};
  mapping.facts = {{Named{"growth", {}}, Named{"growth", {}}, "", {}}};
  crit::fuzz_reader(data, size, [&](crit::Intake& in, crit::Input& input) {
    crit::read_table(in, input, mapping);
    crit::finish_patients(in);
  });
  return 0;
}
