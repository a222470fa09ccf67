// The table of patients: those nearest to eligible, so many as a page bears, to filter and to sort.
#include <fmt/format.h>

#include "tools/cohort/page.hpp"
#include "tools/html.hpp"

namespace crit {

namespace {

std::string ids_of(const Page& page, const std::vector<uint32_t>& criteria) {
  std::string made;
  for (uint32_t i : criteria) made += (made.empty() ? "" : ", ") + html(page.criterion(i).id);
  return made;
}

void append_filter(Page& page) {
  page.to += fmt::format("<form class=\"filter\" data-table=\"{}\" hidden>\n", page.id("table"));
  page.to +=
      "<label>Text <input type=\"search\" name=\"text\" autocomplete=\"off\"></label>\n<label>Verdict "
      "<select name=\"verdict\"><option value=\"\">all</option>";
  for (Decision d : {Decision::eligible, Decision::undetermined, Decision::ineligible})
    page.to += fmt::format("<option>{}</option>", name_of(d));
  page.to +=
      "</select></label>\n<label>Fails or waits for <select name=\"criterion\"><option value=\"\">any "
      "criterion</option>";
  for (const CriterionModel& c : page.study.trial.model.criteria)
    page.to += fmt::format("<option>{}</option>", html(c.id));
  page.to +=
      "</select></label>\n<button type=\"reset\">Show all</button>\n<p role=\"status\" "
      "class=\"note\"></p>\n</form>\n";
}

void append_row(Page& page, const Row& row) {
  page.to += fmt::format(
      "<tr><th scope=\"row\" class=\"long\">{}</th><td class=\"n\">{}</td><td data-v=\"{}\"><span "
      "class=\"verdict {}\">{}</span></td>",
      html(row.patient), row.screening, row.rank, name_of(row.decision), name_of(row.decision));
  page.to += fmt::format(
      "<td>{}</td><td class=\"long\">{}</td><td class=\"long\">{}</td><td class=\"long\">{}</td></tr>\n",
      row.failed.empty() ? "" : html(page.criterion(row.failed.front()).id), ids_of(page, row.failed),
      ids_of(page, row.unknown), html(fmt::format("{}", fmt::join(row.needed, ", "))));
}

}  // namespace

void append_refused(Page& page) {
  const auto& refused = page.tally.first_refused;
  if (refused.empty()) return;
  append_heading(page, "refused", "Patients without a verdict");
  if (page.tally.refused > refused.size())
    page.to += fmt::format("<p class=\"note\">The first {} of {}; all are in the screening log.</p>\n",
                           html_number(refused.size()), html_number(page.tally.refused));
  append_wide_begin(page.to, page.named_by("refused"), "");
  page.to += "<thead><tr><th scope=\"col\">Patient</th><th scope=\"col\">Why</th></tr></thead>\n<tbody>\n";
  for (const Refused& one : refused)
    page.to += fmt::format("<tr><th scope=\"row\" class=\"long\">{}</th><td class=\"long\">{}</td></tr>\n",
                           html(one.patient), html(one.reason));
  page.to += "</tbody>";
  page.to += kWideEnd;
}

void append_patients(Page& page) {
  append_heading(page, "patients", "Patients");
  const auto rows = rows_in_order(page.tally);
  const uint64_t left_out = page.tally.patients - rows.size();
  page.to +=
      "<p class=\"note\">Those nearest to eligible first: eligible, then undetermined by what is missing, "
      "then by how many criteria fail.";
  if (left_out > 0)
    page.to += fmt::format(
        " The first {} are shown and {} left out; all are in the screening log (<code>--format log</code>).",
        html_number(rows.size()), html_number(left_out));
  page.to += "</p>\n";
  append_filter(page);
  append_wide_begin(page.to, page.named_by("patients"),
                    fmt::format("id=\"{}\" class=\"sortable\"", page.id("table")));
  page.to +=
      "<thead><tr><th scope=\"col\">Patient</th><th scope=\"col\" class=\"n\">Screened</th><th scope=\"col\" "
      "aria-sort=\"ascending\">Verdict</th>"
      "<th scope=\"col\">First failed</th><th scope=\"col\">Failed</th><th scope=\"col\">Unknown</th><th "
      "scope=\"col\">Missing</th></tr></thead>\n<tbody>\n";
  for (const Row* row : rows) append_row(page, *row);
  page.to += "</tbody>";
  page.to += kWideEnd;
}

}  // namespace crit
