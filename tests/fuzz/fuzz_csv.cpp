// Any bytes as a file of patients: wide and long CSV.
#include "interpreter/read_csv.hpp"
#include "tests/fuzz/fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  crit::fuzz_reader(data, size, crit::read_csv);
  return 0;
}
