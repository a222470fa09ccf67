// A text with any byte left out, cut there, changed or put in: for the tests that hold one way through data
// against another.
#pragma once

#include <string>
#include <string_view>

#include "tests/test.hpp"

namespace crit {

// `agree` gives false where the two ways read differently.
template <typename Agree>
void check_with_changed_bytes(std::string_view text, std::string_view bytes, Agree agree) {
  const auto check = [&](std::string_view changed) {
    if (!agree(changed)) FAIL_CHECK(changed);
  };
  for (size_t at = 0; at < text.size(); ++at) {
    std::string shorter(text);
    shorter.erase(at, 1);
    check(shorter);
    check(text.substr(0, at));
    for (const char c : bytes) {
      std::string changed(text), longer(text);
      changed[at] = c;
      longer.insert(at, 1, c);
      check(changed);
      check(longer);
    }
  }
}

}  // namespace crit
