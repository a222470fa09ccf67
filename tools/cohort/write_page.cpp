// The counts to one page that loads nothing: numbers, flow, bars, and the patients nearest to eligible.
#include <fmt/format.h>

#include <algorithm>

#include "tools/cohort/page.hpp"
#include "tools/html.hpp"

namespace crit {

namespace {

// Of several trials: each in a row, with the way to its part of the page.
void append_contents(std::string& to, const Cohort& cohort) {
  const bool some_refused = std::ranges::any_of(cohort.studies, [](const Study& study) {
    return std::ranges::any_of(study.tallies, [](const Tally& tally) { return tally.refused > 0; });
  });
  to += "<nav aria-labelledby=\"trials\"><h2 id=\"trials\">Trials</h2>\n";
  append_wide_begin(to, "aria-labelledby=\"trials\"", "class=\"sortable\"");
  to +=
      "<thead><tr><th scope=\"col\">Trial</th><th scope=\"col\">Title</th><th scope=\"col\" "
      "class=\"n\">Eligible</th>"
      "<th scope=\"col\" class=\"n\">Undetermined</th><th scope=\"col\" "
      "class=\"n\">Ineligible</th>";
  if (some_refused) to += "<th scope=\"col\" class=\"n\">Without a verdict</th>";
  to += "</tr></thead>\n<tbody>\n";
  size_t number = 0;
  for (const Study& study : cohort.studies) {
    for (const Tally& tally : study.tallies) {
      to += fmt::format(
          "<tr><th scope=\"row\"><a href=\"#trial-{}\">{}</a></th><td class=\"words\"><div>{}</div></td>",
          ++number, html(title_of(study, tally)), html(study.trial.model.title));
      for (Decision d : {Decision::eligible, Decision::undetermined, Decision::ineligible})
        to += number_cell(tally.of(d));
      if (some_refused) to += number_cell(tally.refused);
      to += "</tr>\n";
    }
  }
  to += "</tbody>";
  to += kWideEnd;
  to += "</nav>\n";
}

void append_part(Page page) {
  page.to +=
      fmt::format("<article id=\"trial-{}\" aria-labelledby=\"{}\">\n<h2 id=\"{}\">{}</h2>\n", page.number,
                  page.id("title"), page.id("title"), html(title_of(page.study, page.tally)));
  if (!page.study.trial.model.title.empty())
    page.to += fmt::format("<p class=\"subtitle\">{}</p>\n", html(page.study.trial.model.title));
  append_figures(page);
  append_flow(page);
  append_criteria(page);
  append_missing(page);
  append_near(page);
  append_later(page);
  append_changes(page);
  append_patients(page);
  append_refused(page);
  append_protocol(page);
  page.to += "</article>\n";
}

}  // namespace

std::string number_cell(uint64_t number) {
  return fmt::format("<td class=\"n\" data-v=\"{}\">{}</td>", number, html_number(number));
}

std::string link_to(const Page& page, uint32_t criterion) {
  return fmt::format("<a href=\"#criterion-{}-{}\">{}</a>", page.number, criterion,
                     html(page.criterion(criterion).id));
}

std::string words_cell(const Page& page, uint32_t criterion) {
  return fmt::format("<td class=\"words\"><div>{}</div></td>", html(page.criterion(criterion).text));
}

void append_protocol(Page& page) {
  append_heading(page, "protocol", "The criteria in the protocol's words");
  page.to += "<dl class=\"protocol-words\">\n";
  for (uint32_t i = 0; i < page.tally.criteria.size(); ++i)
    page.to += fmt::format("<div id=\"criterion-{}-{}\"><dt>{}</dt><dd>{}</dd></div>\n", page.number, i,
                           html(page.criterion(i).id), html(page.criterion(i).text));
  page.to += "</dl>\n";
}

void append_heading(Page& page, std::string_view id, std::string_view words) {
  page.to += fmt::format("<h3 id=\"{}\">{}</h3>\n", page.id(id), html(words));
}

void append_cohort_page(std::string& to, const Cohort& cohort) {
  size_t parts = 0;
  for (const Study& study : cohort.studies) parts += study.tallies.size();
  const std::string title = cohort.studies.size() == 1
                                ? "Screening for " + cohort.studies[0].trial.model.trial
                                : fmt::format("Screening for {} trials", cohort.studies.size());
  append_page_begin(to, title);
  to += "<a class=\"skip\" href=\"#patients-1\">To the patients</a>\n<header><h1>Screening</h1>\n";
  if (const std::string flaws = words_of_flaws(cohort); !flaws.empty())
    to += fmt::format("<p class=\"note\">{}.</p>\n", html(flaws));
  to += "</header>\n<main>\n";
  if (parts > 1) append_contents(to, cohort);
  size_t number = 0;
  for (const Study& study : cohort.studies)
    for (const Tally& tally : study.tallies) append_part({to, cohort, study, tally, ++number});
  to += "</main>\n";
  append_page_end(to, true);
}

}  // namespace crit
