// The protocol's words of a criterion, read: its numbers, each with its unit and the comparator in words
// around it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/ast.hpp"
#include "interpreter/rational.hpp"
#include "tools/lint/plain_text.hpp"
#include "tools/lint/text_unit.hpp"

namespace crit {

struct TextNumber {
  size_t begin = 0, end = 0;  // bytes of the text, with the unit
  Rational value;
  int decimals = 0;
  TextUnit unit;
  std::optional<CompareOp> bound;  // what the words say of it
  bool in_range = false;           // an end of `18 to 65`
  bool wanted = true;    // a rule without it is a finding; false for names, "one", what comes after the trial
  bool in_name = false;  // of a name: `FEV1`, "6MWT", "type 2"
  std::string_view shown;  // as the text has it

  bool is_period() const { return unit.kind == TextUnit::Kind::duration; }
};

struct TextReading {
  PlainText plain;
  std::vector<TextNumber> numbers;  // `shown` points into the text that was read
};

TextReading read_protocol_text(std::string_view text);

// The bytes of the text that PlainText's [begin, end) came from.
std::string_view original(std::string_view text, const PlainText&, size_t begin, size_t end);

}  // namespace crit
