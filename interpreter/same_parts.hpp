// The day of screening and what is complete, by the text that said so of the patient before: nearly all of a
// file say the same.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "interpreter/patient.hpp"
#include "interpreter/short_texts.hpp"

namespace crit {

class SameParts {
 public:
  static constexpr size_t kMostBytes = 256;

  size_t bytes() const { return text_.size(); }

  // Sets them where `rest` begins with the text. False: it does not, or the day is known already.
  bool set(std::string_view rest, Patient& patient) const {
    const bool is_there =
        !text_.empty() && text_.size() <= rest.size() && is_same(rest.substr(0, text_.size()), text_);
    if (!is_there || (screening_ && patient.screening)) return false;
    if (screening_) patient.screening = screening_;
    patient.complete |= complete_;
    return true;
  }

  // What was read of the text. Nothing is kept of one that is too long.
  void note(std::string_view text, const std::optional<When>& screening, uint8_t complete) {
    text_ = text.size() <= kMostBytes ? text : std::string_view();
    screening_ = screening;
    complete_ = complete;
  }

 private:
  std::string text_;
  std::optional<When> screening_;
  uint8_t complete_ = 0;
};

}  // namespace crit
