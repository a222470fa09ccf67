// A file of patients, in whatever form it is, to Patients, one at a time. The door of the readers.
//
//   Intake in(schema);
//   in.each = [&](const Patient& p) { ...; return true; };
//   in.broken = [&](const Fault& f) { ... };
//   for (path : paths) if (!read_patients(in, path)) ...
//   finish_patients(in);
//
// A file is known by its content: the text form, JSON (an object, an array, an object a line), CSV with a row
// a patient or a row a record, FHIR (a bundle, or a resource a line). Its name says nothing.
//
// A patient that could not be read is handed on with its faults: those of one fact (Fault::fact) stop only
// the trials that read it. A patient that comes twice in a run has a fault the second time, which withdraws
// the first answer. The Patient, and every text that it points to, is there until `each` returns.
#pragma once

#include <string>
#include <string_view>

#include "interpreter/input.hpp"
#include "interpreter/intake.hpp"

namespace crit {

enum class ReadEnd {
  done,     // whatever was wrong has been told
  stopped,  // `each` said so
  unopened  // the file cannot be opened; told by `broken`
};

// What is told of a file in which nothing stands, where no record is lost.
inline constexpr std::string_view kNothingInFile = "there is no patient in this file: it is empty";

// `-` is the standard input.
ReadEnd read_patients(Intake&, const std::string& path);
ReadEnd read_patients(Intake&, Input&);
// After the last file: the patients whose resources lie in several. False: the receiver asked to stop.
bool finish_patients(Intake&);

// What a text is, by its beginning.
enum class PatientForm { text, ndjson, json, csv, fhir, fhir_lines, empty, unknown };
PatientForm form_of(std::string_view beginning);
// The same of a file, which is read up to its first word.
PatientForm begin_file(Input&);

// Tells where the file could not be read to its end. `is_held`: its patients' records come together over
// several files, and then none of these patients is answered.
void tell_problem(Intake&, const Input&, bool is_held = false);
// The patient at hand has no verdict where the file that he is read from is cut off.
void add_fault_of_cut(Intake&, const Input&);

}  // namespace crit
