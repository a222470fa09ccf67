// Any bytes as a file of patients in JSON, NDJSON or FHIR, each read as the door takes it.
#include <string_view>

#include "interpreter/read_fhir.hpp"
#include "interpreter/read_json.hpp"
#include "interpreter/read_patients.hpp"
#include "tests/fuzz/fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto form = crit::form_of({reinterpret_cast<const char*>(data), size});
  if (form == crit::PatientForm::ndjson) crit::fuzz_reader(data, size, crit::read_ndjson);
  if (form == crit::PatientForm::json) crit::fuzz_reader(data, size, crit::read_json);
  const bool is_fhir = form == crit::PatientForm::fhir;
  if (is_fhir || form == crit::PatientForm::fhir_lines)
    crit::fuzz_reader(data, size, [&](crit::Intake& in, crit::Input& input) {
      if (is_fhir ? crit::read_fhir(in, input) : crit::read_fhir_lines(in, input)) crit::finish_patients(in);
    });
  return 0;
}
