// The table of items by keys, like a sheet. Cells are real inputs, so that Hangul composes in them
// from the first key on; one of them is the tab stop, the arrows go from one to the next.
import { at, control, isText, isWritable, place, rows, section, shownIn, table, valueOf, within, write } from "./grid_cells.js";
import { apply, paste, redo, typed, undo } from "./grid_changes.js";
import { changed } from "./grid_saving.js";
import { box, forget, isMany, select, selected } from "./grid_selection.js";
import { readBlock, writeBlock } from "./blocks.js";
import { counted, lineOf, said } from "./grid_bar.js";

const PAGE = 10;
// "nav": the cell as a whole; "typing": it was typed over; "caret": the caret is in it (F2).
let mode = "nav";
let held = "";
let ready = null;

function setUp() {
  if (!table() || table() === ready) return;
  ready = table();
  ready.setAttribute("role", "grid");
  forget();
  for (const each of ready.querySelectorAll("[data-col], [data-pick]")) each.tabIndex = -1;
  for (const pick of ready.querySelectorAll("[data-pick]")) pick.hidden = false;
  const first = ready.querySelector("[data-col]");
  if (first) first.tabIndex = 0;
  mark();
}

// After an answer: marks follow the messages, and what still waits to be saved stands in its cell.
function mark() {
  const wrong = new Set([...section.querySelectorAll("[data-of][data-wrong]")].map((each) => each.dataset.of));
  for (const each of ready.querySelectorAll("[data-col][name]")) {
    if (wrong.has(each.id)) each.setAttribute("aria-invalid", "true");
    else each.removeAttribute("aria-invalid");
  }
}

function enter(element, extend = false) {
  if (!element) return;
  for (const stop of ready.querySelectorAll('[tabindex="0"]')) stop.tabIndex = -1;
  element.tabIndex = 0;
  if (document.activeElement === element) return settle(element, extend);
  settling = extend;
  element.focus();
  element.scrollIntoView({ block: "nearest", inline: "nearest" });
}
let settling = false;

function settle(element, extend) {
  mode = "nav";
  held = valueOf(element);
  if (isText(element)) element.select();
  select(element, extend);
  lineOf(element);
  counted();
}

// The next cell in a direction that can take the focus; cells without a control are passed over.
function towards(element, down, right) {
  const from = place(element);
  const last = { row: rows().length - 1, column: ready.tHead.rows[0].cells.length - 2 };
  for (let n = 1; n <= Math.max(last.row, last.column) + 1; n += 1) {
    const row = from.row + down * n;
    const column = from.column + right * n;
    if (row < 0 || column < 0 || row > last.row || column > last.column) return null;
    const found = at(row, column);
    if (found) return found;
  }
  return null;
}

function edge(row, side) {
  const cells = [...rows()[row].cells].slice(1, -1).map(control).filter(Boolean);
  return side === "first" ? cells[0] : cells.filter((each) => each.dataset.col !== "remove").pop();
}

const editing = () => mode !== "nav";
const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

function arrow(event, element) {
  const [down, right] = moves[event.key];
  if (mode === "caret" || (mode === "typing" && right)) return null;
  return () => enter(towards(element, down, right), event.shiftKey);
}

function jump(event, element) {
  if (editing()) return null;
  const side = event.key === "Home" ? "first" : "last";
  const row = event.ctrlKey || event.metaKey ? (side === "first" ? 0 : rows().length - 1) : place(element).row;
  return () => enter(edge(row, side), event.shiftKey);
}

function leap(event, element) {
  const { row, column } = place(element);
  const wanted = row + (event.key === "PageDown" ? PAGE : -PAGE);
  return () => enter(at(Math.max(0, Math.min(rows().length - 1, wanted)), column), event.shiftKey);
}

function escape(event, element) {
  if (!editing()) return () => settle(element, false);
  return () => {
    write(element, held);
    changed(element);
    settle(element, false);
  };
}

function caret(event, element) {
  if (!isWritable(element)) return null;
  return () => {
    mode = "caret";
    if (isText(element)) element.setSelectionRange(element.value.length, element.value.length);
    else element.showPicker?.();
  };
}

function fillDown() {
  const cells = selected();
  const { top, left } = box();
  const many = cells.length > 1;
  const source = many ? cells[0] : cells[0].map((_, n) => (top ? at(top - 1, left + n) : null));
  apply((many ? cells.slice(1) : cells).flatMap((line) => line.map((each, n) => [each, shownIn(source[n])])));
}

const plainKeys = {
  Home: jump, End: jump, PageUp: leap, PageDown: leap, Escape: escape, F2: caret,
  Enter: (event, element) => (element.matches("button") ? null : () => enter(towards(element, event.shiftKey ? -1 : 1, 0) ?? element)),
  Tab: (event, element) => {
    const next = editing() && towards(element, 0, event.shiftKey ? -1 : 1);
    return next ? () => enter(next) : null;
  },
  Delete: () => (editing() ? null : () => apply(selected().flat().map((each) => [each, ""]))),
};
const controlKeys = {
  KeyD: () => fillDown,
  KeyZ: (event) => (mode === "typing" || mode === "caret" ? null : () => enter(event.shiftKey ? redo() : undo())),
  KeyY: () => (editing() ? null : () => enter(redo())),
};

section?.addEventListener("keydown", (event) => {
  const element = within(event.target);
  // 229 is a key that belongs to a letter being composed.
  if (!element || event.isComposing || event.keyCode === 229 || event.altKey) return;
  const command = event.ctrlKey || event.metaKey;
  const key = command ? controlKeys[event.code] ?? (/^(Home|End)$/.test(event.key) ? jump : null)
    : moves[event.key] ? arrow : plainKeys[event.key];
  const act = key?.(event, element);
  if (!act) return;
  event.preventDefault();
  act();
});

section?.addEventListener("focusin", (event) => {
  const element = within(event.target);
  if (!element) return;
  if (element.tabIndex !== 0) {
    for (const stop of ready.querySelectorAll('[tabindex="0"]')) stop.tabIndex = -1;
    element.tabIndex = 0;
  }
  settle(element, settling || shifted);
  settling = false;
});

// A click takes the cell as a whole; a second one puts the caret into it.
let pressed = null;
let shifted = false;
section?.addEventListener("pointerdown", (event) => {
  const element = within(event.target);
  shifted = event.shiftKey;
  pressed = element && element !== document.activeElement ? element : null;
  if (element && !pressed && isText(element)) mode = "caret";
});
section?.addEventListener("click", () => {
  shifted = false;
  if (pressed && isText(pressed)) pressed.select();
  pressed = null;
});

section?.addEventListener("input", (event) => {
  const element = within(event.target);
  if (!element?.name) return;
  if (mode === "nav") mode = "typing";
  if (isText(element)) changed(element, true);
});

section?.addEventListener("change", (event) => {
  const element = within(event.target);
  if (element?.matches("[data-pick]")) return counted();
  if (!element?.name) return undefined;
  if (element.dataset.col === "off") element.closest("tr").classList.toggle("is-off", element.checked);
  else typed(element, held);
  held = valueOf(element);
  changed(element);
  return undefined;
});
section?.addEventListener("grid:written", (event) => { if (event.target === document.activeElement) held = valueOf(event.target); });

section?.addEventListener("copy", (event) => {
  const element = within(event.target);
  if (!element || editing()) return;
  event.preventDefault();
  event.clipboardData.setData("text/plain", writeBlock(selected().map((line) => line.map(shownIn))));
});

section?.addEventListener("paste", (event) => {
  const element = within(event.target);
  const text = event.clipboardData.getData("text/plain");
  if (!element || (editing() && !/[\t\n]/.test(text))) return;
  event.preventDefault();
  const block = readBlock(text);
  const { top, left } = box();
  if (block.length === 1 && block[0].length === 1 && isMany()) {
    apply(selected().flat().map((each) => [each, block[0][0]]));
  } else {
    said("cut", paste(block, { row: top, column: left }));
  }
  settle(element, true);
});

document.getElementById("grid-undo")?.addEventListener("click", () => enter(undo()));

document.addEventListener("htmx:after:swap", () => {
  if (!section) return;
  const fresh = table() !== ready;
  setUp();
  if (fresh) counted();
  else mark();
  const active = within(document.activeElement);
  if (active) lineOf(active);
});

if (section) {
  section.querySelector("#grid-bar").hidden = false;
  // Its room is kept while it says nothing: a cell that is pressed must not move under the pointer.
  section.querySelector("#grid-line").hidden = false;
  setUp();
}
