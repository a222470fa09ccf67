// Looks at a page of crit as a reader would, and leaves what it found as the page's only text, a line a question.
"use strict";

const said = [];
const say = (question, answer) => said.push(`${question}: ${answer}`);
const all = (selector) => Array.from(document.querySelectorAll(selector));
const name = (element) => element.tagName.toLowerCase() + (element.className ? "." + element.className : "");
const spills = (e) => e.scrollWidth > e.clientWidth + 1;
const scrolls = (e) => ["auto", "scroll"].includes(getComputedStyle(e).overflowX);
const shownRows = (table) => Array.from(table.tBodies[0].rows).filter((row) => row.offsetParent !== null);

// Red, green and blue of a computed colour; nothing for one that is seen through.
function channels(colour) {
  const [r, g, b, alpha = 1] = colour.match(/[\d.]+/g).map(Number);
  return alpha === 0 ? null : [r, g, b];
}

// WCAG 2.1, relative luminance and contrast ratio.
function luminance(rgb) {
  const [r, g, b] = rgb.map((c) => (c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function background(element) {
  for (let e = element; e; e = e.parentElement) {
    const found = channels(getComputedStyle(e).backgroundColor);
    if (found) return found;
  }
  return [255, 255, 255];
}

function faint() {
  const hasText = (e) => Array.from(e.childNodes).some((n) => n.nodeType === Node.TEXT_NODE && n.data.trim() !== "");
  return all("body *").filter((e) => {
    if (e.tagName === "SCRIPT" || !hasText(e) || e.offsetParent === null) return false;
    const [a, b] = [luminance(channels(getComputedStyle(e).color)), luminance(background(e))];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) < 4.5;
  });
}

function askOfEveryPage() {
  const ids = all("[id]").map((e) => e.id);
  const levels = all("h1, h2, h3, h4").map((e) => Number(e.tagName[1]));
  say("title", document.title);
  say("things loaded", performance.getEntriesByType("resource").length + all("[src], link, iframe").length);
  say("ids that are there twice", ids.filter((id, i) => ids.indexOf(id) !== i).join(" "));
  say("links that lead nowhere", all("a").filter((a) => !document.getElementById(a.hash.slice(1))).length);
  for (const what of ["aria-labelledby", "aria-describedby"])
    say(`${what} of nothing`, all(`[${what}]`).filter((e) => !document.getElementById(e.getAttribute(what))).length);
  say("headings that leave out a level", levels.filter((level, i) => i > 0 && level > levels[i - 1] + 1).length);
  say("fields without a label", all("input, select").filter((e) => e.labels.length === 0).length);
  say("cells of a head without a scope", all("thead th:not([scope])").filter((e) => e.offsetParent !== null).length);
  say("texts that are too faint", faint().map(name).join(" "));
  if (all(".checklist").length > 0) say("sheets to sign", all(".signature").filter((e) => e.offsetParent !== null).length);
  say("tables without a name", all("table:not([aria-label]):not([aria-labelledby])").length);
  say("what scrolls and has no place in the keyboard's order", all("body *").filter((e) => spills(e) && scrolls(e) && e.tabIndex < 0).map(name).join(" "));
  say("boxes that their content leaves", all(".box, .leaving, .wide, td, th").filter((e) => spills(e) && !scrolls(e)).map(name).join(" "));
  say("names that are cut to pieces", all("th.long").filter((e) => e.offsetParent !== null && e.clientWidth < 100).length);
  say("wider than the window", document.documentElement.scrollWidth > innerWidth);
}

function fill(field, value, event) {
  field.value = value;
  field.dispatchEvent(new Event(event, { bubbles: true }));
}

function askOfPatients(form) {
  const table = document.getElementById(form.dataset.table);
  const patients = () => shownRows(table).map((row) => row.cells[0].textContent).join(" ");
  const { text, verdict, criterion } = form.elements;
  const status = form.querySelector("[role=status]");
  const seen = (element) => element.offsetParent !== null;
  say("patients", patients());
  say("how many are shown is seen", `${seen(status)} (the fields: ${seen(text)})`);
  fill(verdict, "undetermined", "input");
  say("undetermined", `${patients()} (${status.textContent})`);
  fill(verdict, "", "input");
  fill(criterion, "E2", "input");
  say("E2", `${patients()} (${status.textContent})`);
  fill(text, "p1", "input");
  say("E2 and p1", `${patients()} (${status.textContent})`);
  // The day of screening begins with 2 in the cell behind P01 and P11.
  fill(criterion, "", "input");
  fill(text, "12", "input");
  say("12", `${patients()} (${status.textContent})`);
  form.querySelector("button").click();
  return () => {
    say("all again", status.textContent);
    const [byPatient, , byVerdict] = all(`#${table.id} thead button`);
    byPatient.click();
    say("by patient", `${patients()} (${byPatient.parentElement.ariaSort})`);
    byPatient.click();
    say("and back", `${patients()} (${byPatient.parentElement.ariaSort})`);
    byVerdict.click();
    say("by verdict", `${patients()} (patient ${byPatient.parentElement.ariaSort})`);
    byVerdict.focus();
    say("the focus is seen", getComputedStyle(byVerdict).outlineStyle);
    say("boxes in the heads of columns", all("thead button").filter((b) => getComputedStyle(b).display !== "contents").length);
  };
}

function sortByNumber() {
  const table = document.querySelector("table[aria-labelledby^=criteria]");
  if (!table) return;
  const firsts = () => Array.from(table.tBodies[0].rows, (row) => row.cells[0].textContent).join(" ");
  say("criteria", firsts());
  const unknown = all("table[aria-labelledby^=criteria] thead button").find((b) => b.textContent === "Unknown");
  unknown.click();
  unknown.click();
  say("criteria, most unknown first", firsts());
}

addEventListener("load", () => {
  askOfEveryPage();
  sortByNumber();
  const form = document.querySelector("form.filter");
  const rest = form ? askOfPatients(form) : () => {};
  setTimeout(() => {
    rest();
    const pre = document.createElement("pre");
    pre.textContent = `\n${said.join("\n")}\n`;
    document.body.replaceChildren(pre);
  }, 50);
});
