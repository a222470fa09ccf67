// Sorting and filtering of the tables of a page. Without it the page is whole, only still.
"use strict";

// A number, or a text whose numbers sort as such: P9 before P10.
function keyOf(cell) {
  if (cell.dataset.v !== undefined) return Number(cell.dataset.v);
  return cell.textContent.trim().replace(/\d+/g, (digits) => digits.padStart(20, "0"));
}

function sortBy(table, column, heading) {
  const ascending = heading.getAttribute("aria-sort") !== "ascending";
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", ascending ? "ascending" : "descending");
  const body = table.tBodies[0];
  const keyed = Array.from(body.rows, (row) => [keyOf(row.cells[column]), row]);
  const way = ascending ? 1 : -1;
  keyed.sort(([a], [b]) => (a < b ? -way : a > b ? way : 0));
  body.append(...keyed.map(([, row]) => row));
}

function makeSortable(table) {
  Array.from(table.tHead.rows[0].cells).forEach((heading, column) => {
    if (heading.hasAttribute("data-still")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => sortBy(table, column, heading));
  });
}

// The words of a cell that lists criteria: `I3, E4`.
const listed = (cell) => cell.textContent.split(",").map((word) => word.trim());

function makeFilter(form) {
  const table = document.getElementById(form.dataset.table);
  const rows = Array.from(table.tBodies[0].rows);
  const status = form.querySelector("[role=status]");
  const { text, verdict, criterion } = form.elements;
  const show = () => {
    const wanted = text.value.trim().toLowerCase();
    let shown = 0;
    for (const row of rows) {
      const [, , decision, , failed, unknown] = row.cells;
      const fits =
        (wanted === "" || Array.from(row.cells).some((cell) => cell.textContent.toLowerCase().includes(wanted))) &&
        (verdict.value === "" || decision.textContent.trim() === verdict.value) &&
        (criterion.value === "" || listed(failed).includes(criterion.value) || listed(unknown).includes(criterion.value));
      row.hidden = !fits;
      shown += fits;
    }
    status.textContent = `${shown} of ${rows.length} shown`;
  };
  form.addEventListener("input", show);
  form.addEventListener("reset", () => setTimeout(show));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  show();
}

document.querySelectorAll("table.sortable").forEach(makeSortable);
document.querySelectorAll("form.filter").forEach(makeFilter);
