// What stands over the table: a value for all or for the selected, and a line on the present cell.
import { rows, section, table } from "./grid_cells.js";
import { apply } from "./grid_changes.js";
import { chosenRows } from "./grid_selection.js";
import { say } from "./live.js";

const bar = document.getElementById("grid-bar");
const line = document.getElementById("grid-line");
const button = document.getElementById("bulk-set");

const filled = (name, count) => (bar.dataset[name] ?? "").replace("{count}", count);

export function counted() {
  const count = chosenRows().length;
  button.textContent = count ? filled("some", count) : bar.dataset.all;
}

button?.addEventListener("click", () => {
  const column = document.getElementById("bulk-column").value;
  const value = document.getElementById("bulk-value").value;
  const chosen = chosenRows();
  const to = chosen.length ? chosen : rows();
  apply(to.map((row) => [row.querySelector(`[data-col="${column}"]`), value.replaceAll("{n}", row.sectionRowIndex + 1)]));
});

document.getElementById("bulk-value")?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing) return;
  event.preventDefault();
  button.click();
});

// The hint of the column and what is wrong with the cell: the head's words do not fit in 32 pixels.
export function lineOf(element) {
  const head = table().tHead.rows[0].cells[element.closest("td, th").cellIndex];
  const wrong = document.getElementById(`${element.id}-message`)?.textContent.trim() ?? "";
  line.textContent = [head.dataset.hint, wrong].filter(Boolean).join(" ");
  line.classList.toggle("finding-blocks", Boolean(wrong));
}

// A sentence of the bar's own with a number; 0 says nothing.
export function said(name, count) {
  if (!count) return;
  const words = filled(name, count);
  line.textContent = words;
  say(words);
}

// The options chosen decide what is asked of the items, and no more of the product.
document.addEventListener("change", (event) => {
  if (event.target.name !== "options" || event.target.type !== "checkbox") return;
  const { value, checked } = event.target;
  const values = document.querySelector(`[data-path="option_values.${value}"]`);
  const attribute = document.querySelector(`[data-path="attributes.${value}"]`);
  if (values) values.hidden = !checked;
  if (attribute) attribute.hidden = checked;
});

