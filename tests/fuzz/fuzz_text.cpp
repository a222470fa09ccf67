// Any bytes as a file of patients: the text form of patients, and the form of a file by its content.
#include "interpreter/read_text.hpp"
#include "tests/fuzz/fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  crit::fuzz_reader(data, size, crit::read_text);
  crit::fuzz_reader(data, size, [](crit::Intake& in, crit::Input& input) { crit::read_patients(in, input); });
  return 0;
}
