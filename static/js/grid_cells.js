// The table of items as a board of controls: where each stands, what is in it, how it is written.
export const section = document.getElementById("s-items");
export const table = () => section?.querySelector("[data-grid]") ?? null;
export const rows = () => [...table().tBodies[0].rows];
export const control = (cell) => cell?.querySelector("[data-pick], [data-col]") ?? null;
export const at = (row, column) => control(table().tBodies[0].rows[row]?.cells[column]);
export const within = (target) => target.closest?.("[data-grid] [data-pick], [data-grid] [data-col]") ?? null;

export function place(element) {
  const cell = element.closest("td, th");
  return { row: cell.parentNode.sectionRowIndex, column: cell.cellIndex };
}

export const isText = (element) => element.matches("input:not([type=checkbox])");
export const isWritable = (element) => Boolean(element?.name) && element.matches("select, input:not([type=checkbox])");

export function valueOf(element) {
  return element.type === "checkbox" ? (element.checked ? element.value : "") : element.value;
}

// What people read in the cell: of a list, the words of the choice.
export function shownIn(element) {
  if (!element) return "";
  return element.matches("select") ? element.selectedOptions[0]?.text ?? "" : valueOf(element);
}

// Writes a value; a choice is found by its words or its code, what is none stays out.
export function write(element, value) {
  if (element.type === "checkbox") element.checked = value === element.value;
  else if (element.matches("select")) choose(element, value);
  else element.value = value;
}

function choose(element, value) {
  const wanted = value.trim().toLowerCase();
  const found = [...element.options].find((each) => [each.value, each.text].some((one) => one.trim().toLowerCase() === wanted));
  // Kept as typed, so that the rules can say what is wrong with it.
  if (!found) element.add(new Option(value, value));
  element.value = found ? found.value : value;
}
