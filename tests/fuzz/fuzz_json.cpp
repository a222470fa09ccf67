// Any bytes as a file of patients in JSON, NDJSON or FHIR, each read as the door takes it; and a line of
// NDJSON by both ways through it.
#include <algorithm>
#include <string_view>

#include "interpreter/read_fhir.hpp"
#include "interpreter/read_json.hpp"
#include "interpreter/read_patients.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/json_ways.hpp"

namespace {

void read_both_ways(std::string_view text) {
  crit::FuzzRules rules;
  crit::JsonWays ways(rules.schema);
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    if (!ways.agree(text.substr(0, end))) std::abort();
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto form = crit::form_of({reinterpret_cast<const char*>(data), size});
  if (form == crit::PatientForm::ndjson) {
    crit::fuzz_reader(data, size, crit::read_ndjson);
    read_both_ways(crit::text_of_bytes(data, size));
  }
  if (form == crit::PatientForm::json) crit::fuzz_reader(data, size, crit::read_json);
  const bool is_fhir = form == crit::PatientForm::fhir;
  if (is_fhir || form == crit::PatientForm::fhir_lines)
    crit::fuzz_reader(data, size, [&](crit::Intake& in, crit::Input& input) {
      if (is_fhir ? crit::read_fhir(in, input) : crit::read_fhir_lines(in, input)) crit::finish_patients(in);
    });
  return 0;
}
