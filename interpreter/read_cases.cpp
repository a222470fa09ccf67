// Cases to patients: the lines of a case over those of the patient that it is like.
#include "interpreter/read_cases.hpp"

#include <utility>

#include "interpreter/read_text.hpp"

namespace crit {

namespace {

Case read_case(Intake& in, const PatientBlocks& blocks, const PatientBlock& block) {
  Case made;
  made.title = block.title ? block.title->text : block.id.text;
  made.where = blocks.where(block.span);
  made.line = blocks.line_of(block.span);
  begin_patient(in, made.where);
  set_part(in, PatientPart::patient, block.is_case ? (block.like ? block.like->text : "case") : block.id.text,
           made.where);
  fill_patient(in, blocks, block);
  settle_screening(in);
  made.patient = std::exchange(*in.patient, {});
  for (const ExpectLine& line : block.expects)
    made.expects.insert(made.expects.end(), line.items.begin(), line.items.end());
  return made;
}

}  // namespace

CaseFile read_cases(Intake& in, const Source& source) {
  CaseFile made;
  made.tree = std::make_unique<const ParsedPatients>(parse_patients(source));
  const PatientBlocks blocks = patient_blocks(source, *made.tree);
  for (const Diagnostic& d : made.tree->diagnostics)
    made.broken.push_back({kNoFact, d.message, blocks.where(d.span)});
  for (const PatientBlock& block : made.tree->blocks)
    if (block.is_case || !block.expects.empty()) made.cases.push_back(read_case(in, blocks, block));
  return made;
}

}  // namespace crit
