// A line in the wrong place to one finding, and to a fault of whom it may be of.
#include "grammar/stray_lines.hpp"

#include <fmt/format.h>

#include "grammar/build_patient.hpp"
#include "grammar/words.hpp"

namespace crit {

namespace {

std::string words_for_rest(const Stray& stray) {
  if (stray.below == 0) return {};
  return stray.below == 1 ? "; the line below it is not read either"
                          : fmt::format("; the {} lines below it are not read either", stray.below);
}

}  // namespace

Diagnostic outside(Span span, std::string message) {
  return {.rule = "syntax",
          .span = span,
          .message = std::move(message),
          .help = "a block starts in column 1 with `patient ID` or `case \"title\"`; its lines are indented",
          .fix = {},
          .notes = {}};
}

void tell_stray(const Source& source, const Stray& stray, ParsedPatients& parsed) {
  if (stray.line == 0) return;
  PatientBlock* const above = parsed.blocks.empty() ? nullptr : &parsed.blocks.back();
  if (stray.starts_block) {
    const std::string_view word = first_word(text_of(source, stray.span));
    const Diagnostic fault =
        patient_fault(stray.span, word,
                      fmt::format("a {} begins in the first column, without blanks before it{}",
                                  same_word(word, "case") ? "case" : "patient", words_for_rest(stray)));
    (above ? above->faults : parsed.diagnostics).push_back(fault);
    return;
  }
  std::string words = "a line outside every patient and case";
  if (above) words += ": a line of theirs has blanks before it";
  parsed.diagnostics.push_back(outside(stray.span, words + words_for_rest(stray)));
  if (above)
    above->faults.push_back(outside(
        above->id.span, fmt::format("line {} below is outside every patient and case: lines of this {} may "
                                    "stand there",
                                    stray.line, above->is_case ? "case" : "patient")));
}

}  // namespace crit
