// Any bytes as a rule file: parsed, checked, and printed where nothing is wrong.
#include "interpreter/load.hpp"
#include "tests/fuzz/fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const crit::Source source{"fuzz.crit", std::string(crit::text_of_bytes(data, size)), 0};
  const crit::Parsed parsed = crit::parse_checked_text(source);
  crit::Schema schema;
  const crit::Checked checked = crit::check(parsed.trial, schema);
  if (!crit::has_error(parsed.diagnostics)) crit::print(parsed.trial);
  return 0;
}
