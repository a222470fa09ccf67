// Answers to the eligibility checklist that an investigator signs: the protocol's order and words, and what
// the record says to each criterion.
#include <fmt/format.h>

#include <algorithm>

#include "grammar/characters.hpp"
#include "grammar/words.hpp"
#include "tools/html.hpp"
#include "tools/report.hpp"

namespace crit {

namespace {

std::string_view shown_name(Outcome outcome) {
  return outcome == Outcome::not_applicable ? "not asked" : name_of(outcome);
}

std::string dates_of(const UsedFact& fact) {
  return fact.end.empty() ? html(fact.date) : html(fact.date) + " to " + html(fact.end);
}

bool is_measured(std::span<const UsedFact> facts) {
  return !facts.empty() && std::ranges::none_of(facts, [](const UsedFact& f) { return f.limit.empty(); });
}

// ` 62 U/L`, ` 55%`; a measure without a unit is declared `in 1`.
std::string value_of(const UsedFact& fact) {
  const bool bare = fact.unit.empty() || fact.unit == "1";
  return fmt::format(" {}{}{}", fact.value, bare || fact.unit == "%" ? "" : " ", bare ? "" : fact.unit);
}

// As a sentence speaks of a result: ` 62 U/L on 2025-02-24`.
std::string said_of(const UsedFact& fact) {
  return value_of(fact) + (fact.date.empty() ? "" : " on " + fact.date);
}

// The limit is left out where a sentence above has it: it may be of what is computed from several results.
std::string measured_cells(const UsedFact& fact, bool with_limit) {
  return fmt::format("<td>{}</td><td class=\"day\">{}</td><td>{}</td>", html(fact.name + value_of(fact)),
                     dates_of(fact), with_limit ? html(fact.limit) : "");
}

// Whether the cells of the one fact say all that the sentence says: nothing is computed or in doubt.
bool is_said_by_cells(const std::string& words, std::span<const UsedFact> facts) {
  if (facts.size() != 1 || facts[0].limit.empty()) return false;
  const std::string result = facts[0].name + said_of(facts[0]);
  return words == result + ", limit " + facts[0].limit || words == result + ", limits " + facts[0].limit;
}

// The cells for value, date and limit: a row a fact where there is a limit that it is held against; other
// sentences that follow each other go over the three, and below them stand results that they do not name.
std::vector<std::string> rows_of(const Reason& reason) {
  std::vector<std::string> rows;
  std::string sentences;
  const auto end_sentences = [&] {
    if (!sentences.empty()) rows.push_back(fmt::format("<td colspan=\"3\">{}</td>", html(sentences)));
    sentences.clear();
  };
  size_t begin = 0;
  for (const Finding& finding : reason.findings) {
    const std::span<const UsedFact> facts(reason.facts.data() + begin, finding.facts_end - begin);
    begin = finding.facts_end;
    const bool by_cells = is_said_by_cells(finding.words, facts);
    if (!by_cells) sentences += (sentences.empty() ? "" : "; ") + finding.words;
    if (!is_measured(facts)) continue;
    for (const UsedFact& fact : facts) {
      if (!by_cells && finding.words.find(said_of(fact)) != std::string::npos) continue;
      end_sentences();
      rows.push_back(measured_cells(fact, finding.words.find(fact.limit) == std::string::npos || by_cells));
    }
  }
  end_sentences();
  if (rows.empty()) rows.emplace_back("<td colspan=\"3\"></td>");
  return rows;
}

// An outcome that is not known is left to the pen.
std::string_view boxes_for(Outcome outcome) {
  return outcome == Outcome::unknown ? "<small><span class=\"tick\"></span>pass</small><small><span "
                                       "class=\"tick\"></span>fail</small>"
                                     : "";
}

void append_criterion(std::string& to, const Report& report, uint32_t i) {
  const CriterionModel& criterion = report.model.criteria[i];
  const Outcome outcome = report.verdict->outcomes[i];
  const std::vector<std::string> rows = rows_of(explain(report.model, report.patient, i, *report.verdict));
  to += fmt::format(
      "<tbody>\n<tr><th scope=\"rowgroup\" rowspan=\"{0}\">{1}</th><td class=\"protocol\" "
      "rowspan=\"{0}\">{2}</td>"
      "{3}<td class=\"outcome {4}\" rowspan=\"{0}\"><span>{5}</span>{6}</td></tr>\n",
      rows.size(), html(criterion.id), html(criterion.text), rows.front(), name_of(outcome),
      shown_name(outcome), boxes_for(outcome));
  for (size_t row = 1; row < rows.size(); ++row) to += fmt::format("<tr>{}</tr>\n", rows[row]);
  to += "</tbody>\n";
}

// On paper the head of the table stands on every page, and says whose it is.
void append_head(std::string& to, const Report& report) {
  const std::string arm = report.arm == kNone ? "" : ", arm " + report.model.arms[report.arm];
  to += fmt::format("<thead>\n<tr class=\"whose\"><th colspan=\"6\">{}, {}{}, screening {}</th></tr>\n",
                    html(report.patient.id), html(report.model.trial), html(arm),
                    to_string(*report.patient.screening));
  to +=
      "<tr><th scope=\"col\">No.</th><th scope=\"col\">In the protocol's words</th><th "
      "scope=\"col\">Value</th>"
      "<th scope=\"col\">Date</th><th scope=\"col\">Limit</th><th "
      "scope=\"col\">Outcome</th></tr>\n</thead>\n";
}

void append_criteria(std::string& to, const Report& report) {
  append_wide_begin(to, fmt::format("aria-label=\"Criteria of {}\"", html(report.patient.id)),
                    "class=\"criteria\"");
  append_head(to, report);
  for (const bool include : {true, false}) {
    const auto of_kind = [&](const CriterionModel& c) { return c.include == include; };
    if (std::ranges::none_of(report.model.criteria, of_kind)) continue;
    to += fmt::format("<tbody class=\"kind\"><tr><th scope=\"rowgroup\" colspan=\"6\">{}</th></tr></tbody>\n",
                      include ? "Inclusion criteria: each is to be met"
                              : "Exclusion criteria: none may be met; pass says that it is not met");
    for (uint32_t i = 0; i < report.model.criteria.size(); ++i)
      if (of_kind(report.model.criteria[i])) append_criterion(to, report, i);
  }
  to += kWideEnd;
}

void append_item(std::string& to, std::string_view name, std::string_view value) {
  if (!value.empty()) to += fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", name, html(value));
}

void append_top(std::string& to, const Report& report) {
  const std::string_view verdict = report.verdict ? name_of(report.verdict->decision) : "no verdict";
  to += fmt::format("<h2>{} <span class=\"verdict {}\">{}</span></h2>\n", html(report.patient.id),
                    report.verdict ? verdict : "", verdict);
  to += "<dl class=\"facts-of\">\n";
  append_item(to, "Trial", report.model.trial);
  if (report.arm != kNone) append_item(to, "Arm", report.model.arms[report.arm]);
  append_item(to, "Screening date", report.patient.screening ? to_string(*report.patient.screening) : "");
  to += "</dl>\n";
  if (!report.model.title.empty())
    to += fmt::format("<p class=\"subtitle\">{}</p>\n", html(report.model.title));
  if (!report.verdict) return;
  if (report.patient.assumed != 0)
    to += fmt::format("<p><b>Assumed complete:</b> {}</p>\n", html(assumption_of(report)));
  if (const std::string unmapped = unmapped_words_of(report); !unmapped.empty())
    to += fmt::format("<p><b>Incomplete:</b> {}</p>\n", html(unmapped));
  const std::vector<std::string> needed = needed_of(report);
  if (!needed.empty())
    to += fmt::format("<p><b>Still needed:</b> {}</p>\n", html(fmt::format("{}", fmt::join(needed, ", "))));
}

constexpr std::string_view kSignature =
    "<section class=\"signature\"><h3>Investigator's decision</h3>\n<p class=\"choices\">"
    "<span><span class=\"tick\"></span>eligible</span><span><span class=\"tick\"></span>not eligible</span>"
    "<span><span class=\"tick\"></span>to be completed</span></p>\n<p class=\"remark\">Remarks</p>\n"
    "<div class=\"lines\"><span>Name</span><span>Signature</span><span>Date</span></div></section>\n";

// A text of CSS: nothing is left in it that could end it, and what html() shows in another way is so here
// too.
std::string css_text(std::string_view text) {
  std::string made;
  for (const char c : visible(text)) {
    const auto byte = static_cast<unsigned char>(c);
    made += byte >= 0x80 || is_letter(c) || is_digit(c) ? std::string(1, c) : fmt::format("\\{:02x} ", byte);
  }
  return made;
}

// The sheet that a patient who comes twice got the first time is written already: it shows from here on that
// it does not count, and nothing to sign.
void withdraw_first(std::string& to, const Report& report) {
  to += fmt::format(
      "<style>.checklist[data-patient=\"{0}\"]>*{{display:none}}.checklist[data-patient=\"{0}\"]>.withdrawn"
      "{{display:block}}</style>\n",
      css_text(report.patient.id));
}

}  // namespace

void append_checklist(std::string& to, const Report& report) {
  if (report.patient.repeated) withdraw_first(to, report);
  to += "<article class=\"checklist\"";
  if (report.verdict) to += fmt::format(" data-patient=\"{}\"", html(report.patient.id));
  to += ">\n<p class=\"eyebrow\">Eligibility checklist</p>\n";
  if (report.verdict)
    to += fmt::format("<p class=\"withdrawn\">{} is in the input twice: no answer counts.</p>\n",
                      html(report.patient.id));
  append_top(to, report);
  if (report.verdict) {
    append_criteria(to, report);
    to += kSignature;
  }
  if (!report.faults.empty()) to += "<p>The record could not be read:</p>\n<ul>\n";
  for (const Fault& fault : report.faults)
    to += fmt::format("<li>{}: {}</li>\n", html(fault.where), html(fault.message));
  if (!report.faults.empty()) to += "</ul>\n";
  to += "</article>\n";
}

void append_checklists_begin(std::string& to) {
  append_page_begin(to, "Eligibility checklist");
  to += "<h1 class=\"unseen\">Eligibility checklist</h1>\n<main>\n";
}

void append_checklists_end(std::string& to) {
  to += "</main>\n";
  append_page_end(to, false);
}

}  // namespace crit
