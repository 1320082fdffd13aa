// The reasons by keys: which one, where, pinned once more or on the way to the verdict.
import { focus, press } from "./desk_moves.js";

// R, a digit, Enter: the digit picks a reason and, if it does not suit the place, a place for it.
// Where the reason was asked for by X, Enter pins it and the case goes on.
let enterRejects = false;
document.addEventListener("onshelf:case-opened", () => { enterRejects = false; });

export function reject() {
  const reason = document.getElementById("reason");
  if (!reason) return;
  if (pinned()) { press("KeyR"); return; }
  enterRejects = true;
  number();
  focus(reason);
}

export function pinned() {
  return Boolean(document.querySelector(".pin-list li"));
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
});

export function here() {
  return document.activeElement?.closest("[data-path]")?.dataset.path ?? "";
}

export function pin(path) {
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
