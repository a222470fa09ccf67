// The syntax tree of a text file of patients and of a file of cases, as written and with its places.
//
//   patient ILD-001
//     screening 2025-03-01
//     ALT 62 U/L (ULN 40 U/L) on 2025-02-24
//   case "no ALT yet" like ILD-001
//     ALT missing
//     expect I3 unknown, undetermined
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "grammar/ast.hpp"

namespace crit {

// `ULN 40 U/L` in the parentheses after a result; `65% predicted` is in PatientLine::predicted.
struct LimitText {
  bool upper = false;
  std::string number;  // with its sign
  UnitText unit;
  Span span;
};

// `reason respiratory`, `ward yes`, `volume 450 mL`, `dose 10 mg/day`
struct AttributeText {
  Name name;
  std::string value;  // a word, a number with its sign, or a string's text
  UnitText unit;
  Span span;
};

// A line of a patient: one record, or what is said of a name.
struct PatientLine {
  enum class Kind { record, denied, missing, complete } kind = Kind::record;
  Name name;          // record, denied, missing
  std::string bound;  // "", "<", "<=", ">", ">="
  std::string value;  // number with its sign, word, date or string; empty: none was written
  Span value_span;
  UnitText unit;
  std::vector<LimitText> limits;
  std::optional<std::string> predicted;  // per cent
  std::optional<std::string> lab;        // lab "North"
  std::optional<DateText> on, since, from, to, until;
  std::vector<AttributeText> attributes;  // with reason respiratory, ward yes
  std::optional<std::string> by;          // by "Dr Example"
  std::vector<Name> parts;                // complete conditions, drugs, events
  Span span;
};

// `expect I3 pass` · `expect I3 unknown, undetermined` · `expect eligible` · `expect needed FVC, DLCO` ·
// `expect arm A eligible`
struct ExpectLine {
  struct Item {
    std::optional<Name> criterion;  // its outcome; empty: the verdict
    Name answer;                    // pass, fail, unknown, not_applicable, eligible, ineligible, undetermined
    std::optional<Name> arm;
    bool needed = false;  // then `answer` is a fact that must be listed as needed
  };
  std::vector<Item> items;
  Span span;
};

struct PatientBlock {
  bool is_case = false;
  Name id;                    // patient ID
  std::optional<Text> title;  // case "title"
  std::optional<Name> like;   // case ... like ID; patients may say it too
  std::vector<PatientLine> lines;
  std::vector<ExpectLine> expects;
  Span span;
  std::vector<Diagnostic> faults;  // lines of this block that could not be read: the patient has no verdict
};

struct ParsedPatients {
  std::vector<PatientBlock> blocks;
  std::vector<Diagnostic> diagnostics;  // what stands outside every block
};

ParsedPatients parse_patients(const Source&);

// True where the first words of the text are a patient's or a case's, so that a file is known by its content.
bool looks_like_patient_text(std::string_view text);

}  // namespace crit
