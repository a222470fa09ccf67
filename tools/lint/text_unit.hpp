// What stands after a number of the protocol's words, to the unit that it means: `mg/dL`, `x 109/L`, `years`,
// `x ULN`.
#pragma once

#include <optional>
#include <string>

#include "grammar/ast.hpp"
#include "interpreter/units.hpp"
#include "tools/lint/plain_text.hpp"

namespace crit {

struct TextUnit {
  enum class Kind {
    none,      // none, or a noun that counts: `3 tablets`
    measured,  // `unit`
    duration,  // `time`: a span of time, in `unit` too unless half-lives
    of_limit   // a multiple of the upper (or lower) limit of normal
  } kind = Kind::none;
  std::string words;  // in the language's spelling where there is one: `mg/dL`, `ULN`, `weeks`
  std::optional<Unit> unit;
  DurationUnit time = DurationUnit::days;
  bool lower = false;    // of_limit: LLN
  bool percent = false;  // of_limit: written in per cent of it
  bool hyphen = false;   // `6-month`
  size_t end = 0;        // in PlainText
};

// The unit that follows a number which ends at `at`; `end` is `at` where there is none.
TextUnit text_unit(const PlainText&, size_t at);

}  // namespace crit
