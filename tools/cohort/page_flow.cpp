// The head of a trial's part of the page: three numbers, and the flow of the patients.
#include <fmt/format.h>

#include "tools/cohort/page.hpp"
#include "tools/html.hpp"

namespace crit {

namespace {

constexpr Decision kShown[] = {Decision::eligible, Decision::undetermined, Decision::ineligible};

void append_leaving(Page& page) {
  page.to += fmt::format("<div class=\"leaving\"><h4 id=\"{}\">{} excluded</h4>\n", page.id("leaving"),
                         html_number(page.tally.of(Decision::ineligible)));
  std::vector<std::string> idle;
  uint64_t left = page.tally.patients;
  std::string rows;
  for (uint32_t i = 0; i < page.tally.criteria.size(); ++i) {
    const uint64_t out = page.tally.criteria[i].fail_first;
    left -= out;
    if (out == 0) {
      idle.push_back(page.criterion(i).id);
      continue;
    }
    rows += fmt::format("<tr>{}<th scope=\"row\">{}</th>{}{}</tr>\n", number_cell(out), link_to(page, i),
                        words_cell(page, i), number_cell(left));
  }
  if (!rows.empty()) {
    append_wide_begin(page.to, page.named_by("leaving"), "");
    page.to +=
        "<thead><tr><th scope=\"col\" class=\"n\">Excluded</th><th scope=\"col\">Criterion</th><th "
        "scope=\"col\">In the protocol's words</th>"
        "<th scope=\"col\" class=\"n\">Left</th></tr></thead>\n<tbody>\n";
    page.to += rows + "</tbody>";
    page.to += kWideEnd;
  }
  if (!idle.empty())
    page.to += fmt::format("<p class=\"note\">At {} nobody leaves.</p>\n",
                           html(fmt::format("{}", fmt::join(idle, ", "))));
  page.to += "</div>";
}

}  // namespace

void append_figures(Page& page) {
  page.to += "<ul class=\"figures\">\n";
  for (Decision d : kShown)
    page.to += fmt::format("<li class=\"{}\"><b>{}</b>{} <span class=\"share\">{}</span></li>\n", name_of(d),
                           html_number(page.tally.of(d)), name_of(d),
                           share_of(page.tally.of(d), page.tally.patients));
  page.to += "</ul>\n<div class=\"stack\" aria-hidden=\"true\">";
  for (Decision d : kShown)
    page.to += fmt::format("<span class=\"{}\" style=\"width:{}\"></span>", name_of(d),
                           page.tally.patients ? share_of(page.tally.of(d), page.tally.patients) : "0");
  page.to += "</div>\n";
  page.to += fmt::format(
      "<p class=\"note\">Undetermined: nothing fails, and something that the criteria ask for is not known. "
      "{}</p>\n",
      page.tally.refused == 0
          ? ""
          : with_plural(page.tally.refused, "further patient has", "further patients have") +
                " no verdict; a table below says why.");
  if (page.tally.assumed != 0)
    page.to +=
        fmt::format("<p class=\"note\">{}</p>\n",
                    html(words_of_assumption(page.tally.assumed, page.tally.resting, page.tally.patients)));
  if (const std::string unmapped = words_of_unmapped(page.cohort, page.tally); !unmapped.empty())
    page.to += fmt::format("<p class=\"note\">{}</p>\n", html(unmapped));
}

void append_flow(Page& page) {
  append_heading(page, "flow", "Flow of the patients");
  page.to +=
      "<p class=\"note\">In the protocol's order: each patient leaves at the first criterion that "
      "fails.</p>\n<ol class=\"flow\">\n";
  page.to += fmt::format("<li><div class=\"box\"><b>{}</b>assessed for eligibility</div></li>\n",
                         html_number(page.tally.patients));
  page.to += "<li><div class=\"trunk out\" aria-hidden=\"true\"><span></span></div>";
  append_leaving(page);
  page.to += fmt::format("</li>\n<li><div class=\"box\"><b>{}</b>not excluded</div></li>\n",
                         html_number(page.tally.patients - page.tally.of(Decision::ineligible)));
  page.to += "<li><div class=\"ends\">";
  for (Decision d : {Decision::eligible, Decision::undetermined})
    page.to += fmt::format("<div class=\"box {}\"><b>{}</b>{}</div>", name_of(d),
                           html_number(page.tally.of(d)), name_of(d));
  page.to += "</div></li>\n</ol>\n";
}

}  // namespace crit
