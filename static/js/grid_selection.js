// Which cells are selected: a rectangle from where it began to where the focus is.
import { at, place, rows, table } from "./grid_cells.js";

let start = null;
let end = null;

export const box = () => ({
  top: Math.min(start.row, end.row),
  bottom: Math.max(start.row, end.row),
  left: Math.min(start.column, end.column),
  right: Math.max(start.column, end.column),
});

export const isMany = () => Boolean(start) && (start.row !== end.row || start.column !== end.column);

export function select(element, extend = false) {
  end = place(element);
  if (!extend || !start) start = end;
  draw();
}

function draw() {
  table().querySelectorAll("[aria-selected]").forEach((cell) => cell.removeAttribute("aria-selected"));
  if (!isMany()) return;
  const { top, bottom, left, right } = box();
  for (const row of rows().slice(top, bottom + 1)) {
    for (let column = left; column <= right; column += 1) row.cells[column]?.setAttribute("aria-selected", "true");
  }
}

// The controls of the rectangle, row by row.
export function selected() {
  const { top, bottom, left, right } = box();
  const found = [];
  for (let row = top; row <= bottom; row += 1) {
    found.push(Array.from({ length: right - left + 1 }, (_, n) => at(row, left + n)));
  }
  return found;
}

// The items that "selected" means: ticked ones, else those of a rectangle of several rows.
export function chosenRows() {
  const ticked = rows().filter((row) => row.querySelector("[data-pick]").checked);
  if (ticked.length || !isMany()) return ticked;
  const { top, bottom } = box();
  return top === bottom ? [] : rows().slice(top, bottom + 1);
}

export function forget() {
  start = null;
  end = null;
}
