// A rule file to the slips that people make in one: places in its text, each with what could stand there by
// mistake.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "tools/lint/rule.hpp"

namespace crit {

enum class Slip {
  limit_times_ten,
  strictness,
  unit_changed,
  limit_of_normal_dropped,
  join_swapped,
  kind_swapped,
  window_dropped,
  window_changed,
  now_or_ever,
  digits_swapped,
  wrong_measure,
  criterion_deleted,
  exception_widened
};
inline constexpr std::array<std::string_view, 13> kSlips = {
    "limit times ten",        "< for <=, or the other way",
    "unit changed",           "ULN dropped",
    "and/or swapped",         "exclude for include",
    "window dropped",         "window changed",
    "currently/ever swapped", "digits swapped",
    "wrong measure",          "criterion deleted",
    "exception widened"};

struct Edit {
  Span span;
  std::string text;
};
using Edits = std::vector<Edit>;

struct SlipPlace {
  Slip slip;
  Span at;
  std::vector<Edits> variants;  // one and more; each alone is the slip
};

// In the order of the file.
std::vector<SlipPlace> slip_places(const LintInput&);

// The text with the edits made; they do not overlap.
std::string edited(const std::string& text, const Edits&);

// The parts, each for one expression; the walk goes to those inside.
void add_number_slips(const LintInput&, const Expr&, std::vector<SlipPlace>&);
void add_window_slips(const LintInput&, const Expr&, std::vector<SlipPlace>&);
void add_word_slips(const LintInput&, const Expr&, std::vector<SlipPlace>&);

}  // namespace crit
