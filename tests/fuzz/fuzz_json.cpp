// Any bytes as a file of patients: JSON and NDJSON, whatever the bytes look like.
#include "interpreter/read_json.hpp"
#include "tests/fuzz/fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  crit::fuzz_reader(data, size, crit::read_ndjson);
  crit::fuzz_reader(data, size, crit::read_json);
  return 0;
}
