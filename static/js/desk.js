// The review desk by keys and clocks. Without this file every step is a link or a button.
import { say, alertNow } from "./live.js";
import { csrf } from "./requests.js";
import { markPart } from "./marks.js";
import { zoom } from "./zoom.js";

const desk = document.querySelector("[data-desk]");
const words = document.getElementById("desk-texts")?.dataset ?? {};
const OFF = "desk-keys-off";

// Keys are off while a text has the focus, while one is held down, and just after a case opened.
const typing = (target) => target.closest?.("input:not([type=checkbox], [type=radio], [type=submit]), textarea, select, [contenteditable]");

function ignored(event) {
  return localStorage.getItem(OFF) || event.repeat || event.isComposing || event.ctrlKey || event.metaKey
    || event.altKey || !awake() || document.querySelector("dialog[open]");
}

const AWAKE_AFTER_MS = 300;
setTimeout(() => { document.body.dataset.keys = "awake"; }, AWAKE_AFTER_MS);

function awake() {
  return document.body.dataset.keys === "awake";
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
  KeyN: () => press("KeyN") || next(),
  KeyU: () => press("KeyU"),
  KeyJ: () => step("[data-stop]", 1),
  KeyK: () => step("[data-stop]", -1),
  KeyI: () => step("[data-shot]", 1),
  KeyZ: () => zoom(document.activeElement?.closest("a[data-zoom]") ?? shotHere()?.querySelector("a[data-zoom]")),
  KeyX: () => markPart(document.activeElement?.closest("[data-shot]")) || pin(here()),
  KeyG: () => again(),
  KeyM: () => focus(document.getElementById("note")),
  KeyD: () => flip("all-fields"),
  KeyH: () => flip("record"),
  KeyV: () => flip("shopper-view"),
  Question: () => document.querySelector('[data-key="Question"]')?.click(),
};

function press(code) {
  const place = document.querySelector(`button[data-key="${code}"], form[data-key="${code}"] button`);
  if (!place || place.disabled) return false;
  place.click();
  return true;
}

// On a case that is decided already there is no button: the queue's own claim does it.
function next() {
  if (!desk || desk.dataset.standing === "mine") return;
  const form = Object.assign(document.createElement("form"), { method: "post", action: "/review/claims" });
  form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "csrf_token", value: csrf() }));
  document.body.append(form);
  form.submit();
}

// R, a digit, Enter: the digit picks a reason and, if it does not suit the place, a place for it.
// Where the reason was asked for by X, Enter pins it and the case goes on.
let enterRejects = false;

function reject() {
  const reason = document.getElementById("reason");
  if (!reason) return;
  if (pinned()) { press("KeyR"); return; }
  enterRejects = true;
  number();
  focus(reason);
}

// P goes from item to item until one has a reason; then it approves the others.
function inPart() {
  if (pinned()) press("KeyP"); else step('tr[data-path^="items."]', 1);
}

function pinned() {
  return Boolean(document.querySelector(".pin-list li"));
}

function rejecting(event) {
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
  if (digit) {
    const option = event.target.querySelector(`option[data-digit="${digit}"]`);
    if (option) { option.selected = true; suit(option); }
  } else if (event.code === "Enter" && event.target.value) {
    if (enterRejects) press("KeyR"); else document.getElementById("add-reason").click();
  } else {
    return false;
  }
  event.preventDefault();
  return true;
}

function suit(option) {
  const place = document.getElementById("path");
  if (fits(option, place.value)) return;
  const other = [...place.options].find(({ value }) => fits(option, value));
  if (other) other.selected = true;
}

function fits(option, path) {
  const kinds = (option.dataset.suits ?? "").split(" ");
  const starts = (option.dataset.paths ?? "").split(" ").filter(Boolean);
  return kinds.includes(kind(path)) && (!path || !starts.length || starts.some((start) => path.startsWith(start)));
}

// The digits name the first nine reasons that fit the place; without one, the first nine of all.
function number(path) {
  let next = 1;
  for (const option of document.querySelectorAll("#reason option[value]:not([value=''])")) {
    option.dataset.label ??= option.textContent.trim().replace(/^[1-9] /, "");
    const digit = next <= 9 && (path === undefined || fits(option, path)) ? String(next++) : "";
    option.textContent = digit ? `${digit} ${option.dataset.label}` : option.dataset.label;
    if (digit) option.dataset.digit = digit; else delete option.dataset.digit;
  }
}

function kind(path) {
  if (!path) return "whole";
  if (path.startsWith("pictures")) return "picture";
  return path.startsWith("items") ? "item" : "field";
}

document.addEventListener("change", (event) => {
  if (event.target.id === "reason") suit(event.target.selectedOptions[0]);
  if (event.target.id === "path") number(event.target.value);
  if (event.target.matches("[data-keys-off]")) keysOff(event.target.checked);
});

function step(selector, by) {
  const stops = [...document.querySelectorAll(selector)].filter((stop) => stop.offsetParent);
  if (!stops.length) return;
  const at = stops.findIndex((stop) => stop.contains(document.activeElement));
  focus(stops[at < 0 ? (by > 0 ? 0 : stops.length - 1) : (at + by + stops.length) % stops.length]);
}

function here() {
  return document.activeElement?.closest("[data-path]")?.dataset.path ?? "";
}

function pin(path) {
  const place = document.getElementById("path");
  if (!place) return false;
  const option = [...place.options].find(({ value }) => value === path)
    ?? [...place.options].find(({ value }) => value && path.startsWith(`${value}.`));
  if (option) option.selected = true;
  enterRejects = false;
  number(place.value);
  focus(document.getElementById("reason"));
  return true;
}

// The reason of the verdict before once more: where one is, else the first that is left.
function again() {
  const near = document.activeElement?.closest("[data-path], .pin-list li")?.querySelector("[data-again]");
  (near ?? document.querySelector("#earlier [data-again]"))?.click();
}

function flip(id) {
  const fold = document.getElementById(id);
  if (!fold) return;
  fold.open = !fold.open;
  focus(fold.querySelector("summary"));
  // What was unfolded is what is wanted to be seen.
  if (fold.open) fold.scrollIntoView({ block: "start" });
}

function focus(place) {
  if (!place) return;
  place.focus({ preventScroll: true });
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  place.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
}

function shotHere() {
  return document.activeElement?.closest("[data-shot]") ?? document.querySelector("[data-shot]");
}

// A part of a picture is marked: what is wrong there comes next.
document.addEventListener("onshelf:part-set", (event) => pin(event.target.dataset.path));

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-pin]");
  if (link && pin(link.dataset.pin)) event.preventDefault();
});

// A canned text goes where the caret is, or below what is written if it never was there; nothing is
// replaced. What does not fit is sent, and the answer says so.
let caret = false;
document.addEventListener("focusin", (event) => { caret ||= event.target.id === "note"; });
document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-insert]") && insert()) event.preventDefault();
});

function insert() {
  const text = document.getElementById("canned")?.selectedOptions[0]?.dataset.text;
  const note = document.getElementById("note");
  if (!text || !note || note.readOnly) return false;
  const at = caret ? note.selectionEnd : note.value.length;
  const [before, after] = [note.value.slice(0, at), note.value.slice(at)];
  const put = `${before && !before.endsWith("\n") ? "\n" : ""}${text}${after && !after.startsWith("\n") ? "\n" : ""}`;
  if (note.value.length + put.length > note.maxLength) return false;
  focus(note);
  note.setSelectionRange(at, at);
  // The one way that the browser's own undo takes back; not everywhere does it work.
  if (!document.execCommand("insertText", false, put)) {
    note.setRangeText(put, at, at, "end");
    note.dispatchEvent(new Event("input", { bubbles: true }));
  }
  return true;
}

function keysOff(off) {
  if (off) localStorage.setItem(OFF, "1"); else localStorage.removeItem(OFF);
  document.body.classList.toggle("no-keys", off);
}

const box = document.querySelector("[data-keys-off]");
if (box) box.checked = Boolean(localStorage.getItem(OFF));
if (localStorage.getItem(OFF)) document.body.classList.add("no-keys");

// The lease: said at two minutes, renewed while somebody works here, the bar locked when it is over.
const RENEW_MS = 60_000;
let renewed = Date.now();
let warned = false;

function working() {
  if (!desk || desk.dataset.standing !== "mine" || Date.now() - renewed < RENEW_MS) return;
  renewed = Date.now();
  window.htmx?.ajax("POST", desk.dataset.claim, { target: "#lease", swap: "outerHTML" });
}
for (const name of ["keydown", "pointerdown", "wheel"]) addEventListener(name, working, { passive: true });

setInterval(() => {
  const clock = document.querySelector("[data-lease] time");
  if (!clock || desk?.dataset.standing !== "mine") return;
  const left = Date.parse(clock.dateTime) - Date.now();
  if (left > 121_000) warned = false;
  if (left <= 120_000 && left > 0 && !warned) { warned = true; say(words.short); }
}, 1000);

document.addEventListener("onshelf:time-over", (event) => {
  if (event.target.closest("[data-lease]")) lock();
  event.target.closest("[data-held]")?.querySelector("form")?.remove();
});

document.addEventListener("htmx:after:swap", () => {
  const now = document.getElementById("lease")?.dataset.standing;
  if (desk?.dataset.standing === "mine" && now && now !== "mine") lock();
});

function lock() {
  if (!desk || desk.dataset.standing !== "mine") return;
  desk.dataset.standing = "over";
  for (const button of desk.querySelectorAll('.action-bar button[name="verdict"]')) button.disabled = true;
  const bar = desk.querySelector(".action-bar");
  const note = Object.assign(document.createElement("p"), { className: "locked", textContent: words.over });
  const again = Object.assign(document.createElement("button"), { type: "submit", className: "btn", textContent: words.again });
  again.formAction = desk.dataset.claim;
  bar.prepend(note, again);
  alertNow(words.over);
}

// A new case: its heading has the focus, so that it is read out and the keys work at once.
if (desk && !location.hash && !document.querySelector("[data-focus]")) document.getElementById("case-name")?.focus();
