// The reasons by keys: which one, where, pinned once more or on the way to the verdict.
import { focus, press } from "./desk_moves.js";

// R, a digit, Enter: the digit picks a reason and a place for it. Where the reason was asked for by X,
// Enter pins it and the case goes on.
let enterRejects = false;
// The place that was asked for: by X, by R while something has the focus, or on the list of places.
let asked = null;
function fresh() {
  enterRejects = false;
  asked = document.getElementById("path")?.value || null;
}
document.addEventListener("onshelf:case-opened", fresh);
fresh();

export function reject() {
  const reason = document.getElementById("reason");
  if (!reason) return;
  if (pinned()) { press("KeyR"); return; }
  enterRejects = true;
  if (here()) choose(here());
  number(asked ?? "", true);
  focus(reason);
}

export function pinned() {
  return Boolean(document.querySelector("#pins .pin-list li"));
}

export function rejecting(event) {
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

// Where the reason goes: to the place asked for, to that of the finding that suggests it, or to the first
// that it fits.
function suit(option) {
  const place = document.getElementById("path");
  const fitting = [...place.options].map(({ value }) => value).filter((value) => fits(option, value));
  const at = [asked, option.dataset.at, place.value].find((value) => fitting.includes(value)) ?? fitting[0];
  if (at !== undefined) place.value = at;
}

function fits(option, path) {
  const kinds = (option.dataset.suits ?? "").split(" ");
  const starts = (option.dataset.paths ?? "").split(" ").filter(Boolean);
  return kinds.includes(kind(path)) && (!path || !starts.length || starts.some((start) => path.startsWith(start)));
}

// The digits name the first nine reasons that fit the place; on the way to a rejection what the findings
// suggest goes before, wherever it belongs.
function number(path, rejects = false) {
  const options = [...document.querySelectorAll("#reason option[value]:not([value=''])")];
  const fitting = options.filter((option) => fits(option, path));
  const suggested = options.filter(({ dataset }) => rejects && dataset.at !== undefined);
  const here = suggested.filter(({ dataset }) => dataset.at === path);
  const near = suggested.filter((option) => fitting.includes(option));
  const keyed = [...new Set([...here, ...near, ...suggested, ...fitting])].slice(0, 9);
  for (const option of options) {
    option.dataset.label ??= option.textContent.trim().replace(/^[1-9] /, "");
    const digit = keyed.indexOf(option) + 1;
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
  if (event.target.id === "path") number(asked = event.target.value);
});

export function here() {
  return document.activeElement?.closest("[data-path]")?.dataset.path ?? "";
}

// The place on the list that a path of the page is, or is within.
function choose(path) {
  const places = [...document.getElementById("path").options];
  const found = places.find(({ value }) => value === path)
    ?? places.find(({ value }) => value && path.startsWith(`${value}.`));
  if (found) found.selected = true;
  if (found) asked = found.value;
}

export function pin(path) {
  const place = document.getElementById("path");
  if (!place) return false;
  choose(path);
  enterRejects = false;
  number(place.value);
  focus(document.getElementById("reason"));
  return true;
}

// The reason of the verdict before once more: where one is, else the first that is left.
export function again() {
  const near = document.activeElement?.closest("[data-path], .pin-list li")?.querySelector("[data-again]");
  (near ?? document.querySelector("#earlier [data-again]"))?.click();
}

// A part of a picture is marked: what is wrong there comes next.
document.addEventListener("onshelf:part-set", (event) => pin(event.target.dataset.path));

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-pin]");
  if (link && pin(link.dataset.pin)) event.preventDefault();
});
