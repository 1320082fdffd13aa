// Values put into cells by any means: written, saved together, and undone together.
import { at, isWritable, valueOf, write } from "./grid_cells.js";
import { changed } from "./grid_saving.js";

const done = [];
const undone = [];
const button = document.getElementById("grid-undo");

// Puts `[control, value]` pairs in place as one step; what cannot be written is passed over.
export function apply(pairs) {
  const step = [];
  for (const [control, value] of pairs) {
    if (!isWritable(control)) continue;
    const before = valueOf(control);
    write(control, value);
    if (valueOf(control) !== before) step.push({ id: control.id, before, after: valueOf(control) });
  }
  note(step);
  step.forEach(({ id }) => changed(document.getElementById(id)));
  return step.length;
}

// What a person typed into one cell is a step as well.
export function typed(control, before) {
  if (valueOf(control) !== before) note([{ id: control.id, before, after: valueOf(control) }]);
}

function note(step) {
  if (!step.length) return;
  done.push(step);
  undone.length = 0;
  button.disabled = false;
}

export const undo = () => turn(done, undone, "before");
export const redo = () => turn(undone, done, "after");

function turn(from, to, side) {
  const step = from.pop();
  if (!step) return null;
  to.push(step);
  button.disabled = !done.length;
  const controls = step.map((each) => [document.getElementById(each.id), each[side]]).filter(([one]) => one);
  for (const [control, value] of controls) {
    write(control, value);
    control.dispatchEvent(new Event("grid:written", { bubbles: true }));
    changed(control);
  }
  return controls[0]?.[0] ?? null;
}

// A block of texts from a corner on; answers how many of its rows found no item.
export function paste(block, { row, column }) {
  apply(block.flatMap((line, down) => line.map((value, right) => [at(row + down, column + right), value])));
  return block.filter((line, down) => line.some(Boolean) && !at(row + down, column)).length;
}
