// Any bytes as a file of patients: wide and long CSV; and a row of wide CSV by both ways through it.
#include <algorithm>
#include <cstdlib>

#include "interpreter/read_csv.hpp"
#include "tests/csv_ways.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace {

void read_both_ways(std::string_view text) {
  crit::FuzzRules rules;
  const size_t first = std::min(text.find('\n'), text.size());
  crit::CsvWays ways(rules.schema, text.substr(0, first));
  while (ways.is_wide && !text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    if (!ways.agree(text.substr(0, end))) std::abort();
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  crit::fuzz_reader(data, size, crit::read_csv);
  read_both_ways(crit::text_of_bytes(data, size));
  return 0;
}
