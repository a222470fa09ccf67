// The tables of a trial's part of the page: what criteria cost, what is missing, and who could still join.
#include <fmt/format.h>

#include <algorithm>

#include "tools/cohort/page.hpp"
#include "tools/html.hpp"

namespace crit {

namespace {

struct Bar {
  std::string_view kind;  // a class of page.css
  uint64_t count;
};

// Stacked, the longest bar of its table being `longest`.
std::string bar_cell(uint64_t longest, std::initializer_list<Bar> bars) {
  std::string made = "<td class=\"bars\"><div class=\"bar\" aria-hidden=\"true\">";
  for (const Bar& bar : bars)
    if (bar.count > 0)
      made += fmt::format("<span class=\"{}\" style=\"width:{}\"></span>", bar.kind,
                          share_of(bar.count, longest));
  return made + "</div></td>";
}

// The note stands above the table and describes it.
void begin_table(Page& page, std::string_view id, std::string_view kind, std::string_view note,
                 std::string_view columns) {
  std::string described;
  if (!note.empty()) {
    const std::string note_id = page.id(fmt::format("{}-note", id));
    page.to += fmt::format("<p class=\"note\" id=\"{}\">{}</p>\n", note_id, html(note));
    described = fmt::format(" aria-describedby=\"{}\"", note_id);
  }
  append_wide_begin(page.to, page.named_by(id), fmt::format("class=\"{}\"{}", kind, described));
  page.to += fmt::format("<thead><tr>{}</tr></thead>\n<tbody>\n", columns);
}

void end_table(Page& page) {
  page.to += "</tbody>";
  page.to += kWideEnd;
}

constexpr std::string_view kKey =
    "<ul class=\"key\" aria-hidden=\"true\"><li><span class=\"alone\"></span>fails, and nothing else "
    "does</li>"
    "<li><span class=\"fail\"></span>fails, as others do</li><li><span "
    "class=\"unknown\"></span>unknown</li></ul>\n";

constexpr std::string_view kFactKey =
    "<ul class=\"key\" aria-hidden=\"true\"><li><span class=\"settles\"></span>settles the patient alone</li>"
    "<li><span class=\"needed\"></span>needed with others</li></ul>\n";

}  // namespace

void append_criteria(Page& page) {
  append_heading(page, "criteria", "What each criterion costs");
  page.to += kKey;
  const std::string uncounted = words_of_uncounted(page.tally);
  begin_table(
      page, "criteria", "sortable", uncounted.empty() ? "" : uncounted + ".",
      "<th scope=\"col\">Criterion</th><th scope=\"col\" data-still>In the protocol's words</th>"
      "<th scope=\"col\" class=\"bars\" data-still>Patients</th><th scope=\"col\" class=\"n\">Fail</th>"
      "<th scope=\"col\" class=\"n\">Of all</th><th scope=\"col\" class=\"n\">Fail only this</th>"
      "<th scope=\"col\" class=\"n\">Unknown</th><th scope=\"col\" class=\"n\">Eligible without it</th>");
  uint64_t longest = 1;
  for (const CriterionCount& c : page.tally.criteria) longest = std::max(longest, c.fail + c.unknown);
  for (uint32_t i : costliest_first(page.tally)) {
    if (!is_of_arm(page.criterion(i), page.tally.arm)) continue;
    const CriterionCount& c = page.tally.criteria[i];
    page.to += fmt::format("<tr><th scope=\"row\" data-v=\"{}\">{}</th>{}", i, link_to(page, i),
                           words_cell(page, i));
    page.to +=
        bar_cell(longest, {{"alone", c.fail_alone}, {"fail", c.fail - c.fail_alone}, {"unknown", c.unknown}});
    page.to += number_cell(c.fail);
    page.to +=
        fmt::format("<td class=\"n\" data-v=\"{}\">{}</td>", c.fail, share_of(c.fail, page.tally.patients));
    page.to += number_cell(c.fail_alone) + number_cell(c.unknown);
    page.to += fmt::format("<td class=\"n\" data-v=\"{}\">{}</td></tr>\n", c.last_obstacle,
                           c.last_obstacle ? "+" + html_number(c.last_obstacle) : "");
  }
  end_table(page);
}

void append_missing(Page& page) {
  const auto facts = most_needed_first(page.tally);
  append_heading(page, "missing", "Missing facts");
  if (facts.empty()) {
    page.to += "<p>No patient is undetermined for want of a fact.</p>\n";
    return;
  }
  page.to += kFactKey;
  begin_table(
      page, "missing", "sortable narrow",
      fmt::format("What the {} wait for. A fact settles a patient alone where nothing else is needed.",
                  with_plural(page.tally.of(Decision::undetermined), "undetermined patient",
                              "undetermined patients")),
      "<th scope=\"col\">Fact</th><th scope=\"col\" class=\"bars\" data-still>Patients</th>"
      "<th scope=\"col\" class=\"n\">Needed by</th><th scope=\"col\" class=\"n\">Settles alone</th>");
  for (const auto& [name, count] : facts) {
    page.to += fmt::format("<tr><th scope=\"row\" class=\"long\">{}</th>", html(name));
    page.to += bar_cell(facts.front().second.needed,
                        {{"settles", count.settles}, {"needed", count.needed - count.settles}});
    page.to += number_cell(count.needed) + number_cell(count.settles) + "</tr>\n";
  }
  end_table(page);
}

void append_near(Page& page) {
  const auto limits = near_limits(page.tally);
  if (limits.empty()) return;
  append_heading(page, "near", "Near misses");
  begin_table(page, "near", "sortable narrow", "These are " + near_meaning() + ".",
              "<th scope=\"col\">Criterion</th><th scope=\"col\">Limit</th><th scope=\"col\" "
              "class=\"n\">Patients</th>"
              "<th scope=\"col\" class=\"n\">Of them with nothing unknown</th>");
  for (uint32_t i : limits) {
    const MovableLimit& limit = page.study.limits.limits[i];
    page.to +=
        fmt::format("<tr><th scope=\"row\" data-v=\"{}\">{}</th><td class=\"long\">{}</td>", limit.criterion,
                    link_to(page, limit.criterion), html(limit_text(page.cohort.rules, limit)));
    page.to +=
        number_cell(page.tally.near[i].patients) + number_cell(page.tally.near[i].eligible) + "</tr>\n";
  }
  end_table(page);
}

void append_later(Page& page) {
  const LaterCount& later = page.tally.later;
  if (later.eligible + later.undetermined == 0) return;
  append_heading(page, "later",
                 "Screened again in the next " + with_plural(page.cohort.counting.days_ahead, "day", "days"));
  page.to += fmt::format(
      "<p><b>{}</b> become eligible. <b>{}</b> pass what they do not pass today, but need facts that are "
      "missing or too old by then.</p>\n"
      "<p class=\"note\">Assumed: {}.</p>\n",
      html_number(later.eligible), html_number(later.undetermined), later_assumption());
  begin_table(page, "later", "sortable", "What they do not pass today",
              "<th scope=\"col\">Criterion</th><th scope=\"col\" data-still>In the protocol's words</th>"
              "<th scope=\"col\" class=\"n\">Become eligible</th><th scope=\"col\" class=\"n\">Become "
              "undetermined</th>");
  for (uint32_t i : later_criteria(page.tally)) {
    const LaterCount& count = page.tally.later_by_criterion[i];
    page.to += fmt::format("<tr><th scope=\"row\" data-v=\"{}\">{}</th>{}", i, link_to(page, i),
                           words_cell(page, i));
    page.to += number_cell(count.eligible) + number_cell(count.undetermined) + "</tr>\n";
  }
  end_table(page);
}

namespace {

void append_change(Page& page, const std::string& words, const ChangeCount& count) {
  page.to += fmt::format("<tr><th scope=\"row\" class=\"long\">{}</th>", html(words));
  for (Decision d : {Decision::eligible, Decision::undetermined}) {
    const uint64_t now = page.tally.of(d), then = count.decisions[size_t(d)];
    page.to += number_cell(then);
    page.to += fmt::format("<td class=\"n\" data-v=\"{}\">{}</td>",
                           static_cast<int64_t>(then) - static_cast<int64_t>(now), gain(now, then));
  }
  page.to += number_cell(count.refused) + "</tr>\n";
}

}  // namespace

void append_changes(Page& page) {
  if (page.study.changes.empty()) return;
  append_heading(page, "changes", "What if");
  const std::string apart = words_of_none_together(page.study);
  begin_table(page, "changes", "narrow",
              "The same patients under changed criteria, beside today's numbers" +
                  (apart.empty() ? "." : "; " + apart + "."),
              "<th scope=\"col\">Change</th><th scope=\"col\" class=\"n\">Eligible</th><th scope=\"col\" "
              "class=\"n\">More</th>"
              "<th scope=\"col\" class=\"n\">Undetermined</th><th scope=\"col\" class=\"n\">More</th><th "
              "scope=\"col\" class=\"n\">Without a verdict</th>");
  for (size_t i = 0; i < page.study.changes.size(); ++i)
    append_change(page, words_of(page.study, page.study.changes[i]), page.tally.changes[i]);
  if (page.study.together) append_change(page, "all together", page.tally.together);
  end_table(page);
}

}  // namespace crit
