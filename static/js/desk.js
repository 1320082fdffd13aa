// The review desk by keys and clocks. Without this file every step is a link or a button.
import { focus, press, step } from "./desk_moves.js";
import { insert } from "./desk_note.js";
import { again, here, pin, pinned, reject, rejecting } from "./desk_reasons.js";
import { markPart } from "./marks.js";
import { csrf } from "./requests.js";
import { zoom } from "./zoom.js";
import "./desk_lease.js";
import { awake } from "./desk_next.js";

const OFF = "desk-keys-off";

// Keys are off while a text has the focus, while one is held down, and until a case has stood open a moment.
const typing = (target) => target.closest?.("input:not([type=checkbox], [type=radio], [type=submit]), textarea, select, [contenteditable]");

function ignored(event) {
  return localStorage.getItem(OFF) || event.repeat || event.isComposing || event.ctrlKey || event.metaKey
    || event.altKey || !awake() || document.querySelector("dialog[open]");
}


document.addEventListener("keydown", (event) => {
  if (ignored(event) || event.target.closest?.("[data-drawing]")) return;
  if (event.target.id === "reason" && rejecting(event)) return;
  if (event.target.id === "canned" && event.code === "Enter" && insert()) { event.preventDefault(); return; }
  if (typing(event.target)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const act = event.key === "?" ? keys.Question : keys[event.code];
  if (act && !(event.shiftKey && event.key !== "?")) {
    event.preventDefault();
    act();
  }
});

const keys = {
  KeyA: () => press("KeyA"),
  KeyP: () => inPart(),
  KeyC: () => press("KeyC"),
  KeyR: () => reject(),
  KeyS: () => press("KeyS"),
  KeyT: () => focus(document.getElementById("canned")),
  KeyN: () => press("KeyN") || claimAgain() || next(),
  KeyO: () => press("KeyO"),
  KeyU: () => press("KeyU"),
  KeyJ: () => step("[data-stop]", 1),
  KeyK: () => step("[data-stop]", -1),
  KeyI: () => step("[data-shot]", 1),
  KeyZ: () => zoom(document.activeElement?.closest("a[data-zoom]") ?? shotHere()?.querySelector("a[data-zoom]")),
  KeyX: () => markPart(document.activeElement?.closest("[data-shot]")) || pin(here()),
  KeyG: () => again(),
  KeyE: () => press("KeyE"),
  KeyM: () => focus(document.getElementById("note")),
  KeyB: () => focus(document.getElementById("inside_note")),
  KeyQ: () => press("KeyQ") && focus(document.querySelector('[data-key="KeyQ"]')),
  KeyD: () => flip("all-fields"),
  KeyH: () => flip("record"),
  KeyV: () => flip("shopper-view"),
  Question: () => document.querySelector('[data-key="Question"]')?.click(),
};

// The time was over while the case lay open: the bar has a button for it.
function claimAgain() {
  const desk = document.querySelector('[data-desk][data-standing="over"]');
  const button = desk?.querySelector(`button[formaction="${desk.dataset.claim}"]`);
  button?.click();
  return Boolean(button);
}

// On a case that is decided already there is no button: the claim of the view it was opened from does it.
function next() {
  const desk = document.querySelector("[data-desk]");
  if (!desk || desk.dataset.standing === "mine") return;
  const form = Object.assign(document.createElement("form"), { method: "post", action: desk.dataset.next });
  form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "csrf_token", value: csrf() }));
  document.body.append(form);
  form.submit();
}

// P goes from item to item until one has a reason; then it approves the others.
function inPart() {
  if (pinned()) press("KeyP"); else step('tr[data-path^="items."]', 1);
}

function flip(id) {
  const fold = document.getElementById(id);
  if (!fold) return;
  fold.open = !fold.open;
  focus(fold.querySelector("summary"));
  // What was unfolded is what is wanted to be seen.
  if (fold.open) fold.scrollIntoView({ block: "start" });
}

function shotHere() {
  return document.activeElement?.closest("[data-shot]") ?? document.querySelector("[data-shot]");
}

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-keys-off]")) keysOff(event.target.checked);
});

function keysOff(off) {
  if (off) localStorage.setItem(OFF, "1"); else localStorage.removeItem(OFF);
  document.body.classList.toggle("no-keys", off);
}

// A case has been opened, with the page or in it: its heading has the focus, so that it is read out and
// the keys work at once.
function opened() {
  const box = document.querySelector("[data-keys-off]");
  if (box) box.checked = Boolean(localStorage.getItem(OFF));
  document.body.classList.toggle("no-keys", Boolean(localStorage.getItem(OFF)));
  const desk = document.querySelector("[data-desk]");
  if (desk && !location.hash && !document.querySelector("[data-focus]")) document.getElementById("case-name")?.focus();
}

document.addEventListener("onshelf:case-opened", opened);
opened();
