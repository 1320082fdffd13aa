// A part of a picture that a reason is about: dragged on it, or moved and sized by keys. The four
// fields beside the picture say it, and whatever is sent is what they say.
import { say, sayNow } from "./live.js";

const words = document.getElementById("desk-texts")?.dataset ?? {};
const SVG = "http://www.w3.org/2000/svg";
const WHOLE = 100;
const LEAST = 1;
// A hand that trembles at a click draws nothing: CSS pixels.
const SLIP = 4;
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

// Begin a part in the middle of the picture, or go on with the one that is there.
export function markPart(shot) {
  const lines = shot?.querySelector("[data-markable]") && drawing(shot);
  if (!lines) return false;
  shot.querySelector("[data-markable]").classList.add("is-marking");
  lines.setAttribute("role", "application");
  lines.setAttribute("tabindex", "0");
  lines.setAttribute("aria-label", words.box);
  lines.removeAttribute("aria-hidden");
  lines.setAttribute("focusable", "true");
  show(shot, read(shot) ?? { left: 40, top: 40, width: 20, height: 20 });
  lines.focus({ preventScroll: true });
  lines.scrollIntoView({ block: "nearest" });
  return true;
}

// Its box as it is being drawn lies on the drawing; the fields have it once it is set.
function show(shot, box) {
  const lines = drawing(shot);
  lines.box = box;
  const { width: wide, height: high } = lines.viewBox.baseVal;
  const at = { x: box?.left * wide, y: box?.top * high, width: box?.width * wide, height: box?.height * high };
  for (const rect of lines.querySelectorAll("rect")) {
    for (const [name, value] of Object.entries(at)) rect.setAttribute(name, box ? Math.round(value / WHOLE) : 0);
  }
  lines.toggleAttribute("data-empty", !box);
}

function drawing(shot) {
  const below = shot.querySelector("svg.marks:not([data-drawing])");
  if (!below) return null;
  const known = shot.querySelector("[data-drawing]");
  if (known) return known;
  const made = document.createElementNS(SVG, "svg");
  for (const name of ["viewBox", "aria-hidden", "focusable"]) made.setAttribute(name, below.getAttribute(name));
  made.setAttribute("class", "marks mark-drawing");
  made.dataset.drawing = "";
  for (const name of ["mark-halo", "mark-box"]) {
    made.appendChild(document.createElementNS(SVG, "rect")).setAttribute("class", name);
  }
  made.addEventListener("keydown", (event) => keyed(event, shot, made));
  made.addEventListener("blur", () => leave(shot));
  below.after(made);
  return made;
}

function fields(shot) {
  return [...shot.querySelectorAll("[data-box-field]")];
}

function read(shot) {
  const parts = fields(shot).map(({ value }) => Number(value.replace(",", ".").replace("%", "").trim() || NaN));
  const [left, top, width, height] = parts;
  const fits = parts.length === 4 && parts.every((part) => part >= 0) && width >= LEAST && height >= LEAST
    && left + width <= WHOLE && top + height <= WHOLE;
  return fits ? { left, top, width, height } : null;
}

function within({ left, top, width, height }) {
  const [w, h] = [bounded(width, LEAST, WHOLE), bounded(height, LEAST, WHOLE)];
  return { left: bounded(left, 0, WHOLE - w), top: bounded(top, 0, WHOLE - h), width: w, height: h };
}

function keyed(event, shot, lines) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !lines.box) return;
  if (event.key === "Enter") { event.preventDefault(); set(shot, lines.box); return; }
  if (event.key === "Escape") { event.preventDefault(); drop(shot); return; }
  const step = STEPS[event.key];
  if (!step) return;
  event.preventDefault();
  const [x, y] = step;
  const { left, top, width, height } = lines.box;
  // Sized at its right and lower sides, as far as the picture goes.
  show(shot, event.shiftKey
    ? { left, top, width: bounded(width + x, LEAST, WHOLE - left), height: bounded(height + y, LEAST, WHOLE - top) }
    : within({ left: left + x, top: top + y, width, height }));
  say(told(words.boxAt, lines.box));
}

function set(shot, box) {
  write(shot, box);
  leave(shot);
  sayNow(told(words.boxSet, box));
  shot.dispatchEvent(new CustomEvent("onshelf:part-set", { bubbles: true }));
}

function drop(shot) {
  for (const field of fields(shot)) field.value = "";
  leave(shot);
  shot.focus({ preventScroll: true });
  sayNow(words.boxDropped);
}

function write(shot, box) {
  const parts = [box.left, box.top, box.width, box.height];
  fields(shot).forEach((field, n) => { field.value = String(Math.round(parts[n] * 100) / 100); });
}

// No longer being drawn: what the fields say stays to be seen.
function leave(shot) {
  const lines = shot.querySelector("[data-drawing]");
  if (!lines) return;
  shot.querySelector("[data-markable]")?.classList.remove("is-marking");
  for (const name of ["role", "tabindex", "aria-label"]) lines.removeAttribute(name);
  lines.setAttribute("aria-hidden", "true");
  lines.setAttribute("focusable", "false");
  show(shot, read(shot));
}

// By pointer. A finger scrolls the page unless "Mark a part" was pressed before.
let drawn = null;
let dragged = false;

document.addEventListener("pointerdown", (event) => {
  dragged = false;
  const frame = event.target.closest?.("[data-markable]");
  if (!frame || event.button || !event.isPrimary) return;
  const marking = frame.classList.contains("is-marking");
  if (event.pointerType === "touch" && !marking) return;
  const shot = frame.closest("[data-shot]");
  // The box keeps the focus that its keys need.
  if (marking) event.preventDefault();
  drawn = { shot, frame, id: event.pointerId, from: point(shot, event), at: [event.clientX, event.clientY] };
});

document.addEventListener("pointermove", (event) => {
  if (event.pointerId !== drawn?.id) return;
  const far = Math.hypot(event.clientX - drawn.at[0], event.clientY - drawn.at[1]) > SLIP;
  if (!far && !dragged) return;
  if (!dragged) drawn.frame.setPointerCapture(event.pointerId);
  dragged = true;
  show(drawn.shot, between(drawn.from, point(drawn.shot, event)));
});

document.addEventListener("pointerup", (event) => {
  if (event.pointerId !== drawn?.id) return;
  const { shot } = drawn;
  drawn = null;
  if (dragged) set(shot, shot.querySelector("[data-drawing]").box);
});

document.addEventListener("pointercancel", (event) => {
  if (event.pointerId !== drawn?.id) return;
  const { shot } = drawn;
  drawn = null;
  leave(shot);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !drawn) return;
  const { shot } = drawn;
  drawn = null;
  leave(shot);
});

// The picture is a link: neither is it carried away, nor does the end of a drag follow it.
document.addEventListener("dragstart", (event) => {
  if (event.target.closest?.("[data-markable]")) event.preventDefault();
});
document.addEventListener("click", (event) => {
  if (dragged && event.target.closest?.("[data-markable]")) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
  dragged = false;
  const start = event.target.closest?.("[data-box-start]");
  if (start) markPart(start.closest("[data-shot]"));
}, true);

// Where a pointer is on the picture, in per cent of it, wherever it lies in its frame.
function point(shot, event) {
  const lines = drawing(shot);
  const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(lines.getScreenCTM().inverse());
  const { width, height } = lines.viewBox.baseVal;
  return [bounded(x / width, 0, 1) * WHOLE, bounded(y / height, 0, 1) * WHOLE];
}

function between([x, y], [u, v]) {
  return within({ left: Math.min(x, u), top: Math.min(y, v), width: Math.abs(x - u), height: Math.abs(y - v) });
}

function told(sentence, { left, top, width, height }) {
  const parts = { x: left, y: top, w: width, h: height };
  return (sentence ?? "").replace(/\{(\w)\}/g, (_, name) => Math.round(parts[name]));
}

function bounded(value, least, most) {
  return Math.min(Math.max(value, least), most);
}

// The fields are the truth: typed into, or given back anew with the list of reasons.
function redraw() {
  for (const shot of document.querySelectorAll("[data-shot]:has([data-box-field])")) {
    if (drawing(shot) && !shot.querySelector(".is-marking")) show(shot, read(shot));
  }
}
document.addEventListener("input", (event) => { if (event.target.matches("[data-box-field]")) redraw(); });
document.addEventListener("htmx:after:swap", redraw);
redraw();
