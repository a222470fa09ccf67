// The parts of the page, for its own files.
#pragma once

#include <string>

#include "tools/cohort/write.hpp"

namespace crit {

// One study and arm on its way to the page.
struct Page {
  std::string& to;
  const Cohort& cohort;
  const Study& study;
  const Tally& tally;
  size_t number;  // of the part of the page: ids end in it

  const CriterionModel& criterion(uint32_t i) const { return study.trial.model.criteria[i]; }
  std::string id(std::string_view name) const { return std::string(name) + "-" + std::to_string(number); }
  std::string named_by(std::string_view heading) const { return "aria-labelledby=\"" + id(heading) + "\""; }
};

void append_figures(Page&);   // how many are eligible, undetermined, ineligible
void append_flow(Page&);      // CONSORT's diagram
void append_criteria(Page&);  // what each costs, as bars
void append_missing(Page&);
void append_near(Page&);
void append_later(Page&);
void append_changes(Page&);
void append_patients(Page&);  // the table to filter and sort
void append_refused(Page&);   // who has no verdict, and why
void append_protocol(Page&);  // the criteria in full

// `<td class="n" data-v="12">12</td>`
std::string number_cell(uint64_t);
// A criterion's number, which leads to its words; its words, of which a table shows two lines.
std::string link_to(const Page&, uint32_t criterion);
std::string words_cell(const Page&, uint32_t criterion);
void append_heading(Page&, std::string_view id, std::string_view words);

}  // namespace crit
