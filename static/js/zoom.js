// A picture at its largest in a dialog, with what is marked on it: fitted to the window, or at its actual
// size (Z), when the arrows move it. Without this file the link leads to the picture itself.
import { closeLeaves, turnOf, turnTo } from "./leaves.js";

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-zoom]");
  if (link && zoom(link)) event.preventDefault();
  const box = event.target.closest?.("#zoom");
  if (box && event.target.closest("[data-close]")) box.close();
  if (box && event.target.closest("[data-full]")) resize(box);
  turn(box, event);
});

document.addEventListener("keydown", (event) => {
  const box = event.target.closest?.("#zoom");
  if (!box || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.body.classList.contains("no-keys")) return;
  turn(box, event);
  if (event.code !== "KeyZ") return;
  event.preventDefault();
  resize(box);
});

export function zoom(link) {
  const box = document.getElementById("zoom");
  const holder = link?.closest("[data-picture]");
  const small = holder?.querySelector("img");
  // A paper has no small picture on the page, but a name.
  if (!box || !(small || link?.dataset.zoom)) return false;
  const stage = Object.assign(document.createElement("div"), { className: "zoom-stage" });
  if (small) stage.append(picture(small.currentSrc || small.src, small.alt), ...[...holder.querySelectorAll("svg.marks")].map(copied));
  const room = box.querySelector(".zoom-room");
  room.replaceChildren(stage);
  fit(box);
  closeLeaves(box);
  box.addEventListener("close", () => { closeLeaves(box); link.focus(); }, { once: true });
  const leaves = "leaves" in link.dataset;
  box.setAttribute("aria-label", leaves ? link.dataset.zoom : box.dataset.name);
  box.showModal();
  if (leaves) leaf(box, link.href);
  else grow(box, stage, picture(link.href, small?.alt ?? link.dataset.zoom));
  return true;
}

// A page of a document, in place of the one that is shown, at the size in which that was read.
function leaf(box, address) {
  const room = box.querySelector(".zoom-room");
  const lost = box.querySelector(".zoom-lost");
  lost.hidden = true;
  room.setAttribute("aria-busy", "true");
  turnTo(box, address, (image, words) => {
    const stage = Object.assign(document.createElement("div"), { className: "zoom-stage" });
    stage.append(image ?? words);
    room.replaceChildren(stage);
    room.scrollTo(0, 0);
    if (image) shown(box, image); else fit(box);
    room.removeAttribute("aria-busy");
  }, () => {
    lost.hidden = false;
    room.removeAttribute("aria-busy");
  });
}

function turn(box, event) {
  const address = box && turnOf(event);
  if (!address) return;
  event.preventDefault();
  leaf(box, address);
}

const picture = (src, alt) => Object.assign(new Image(), { src, alt });

// What the page has is shown until the large one is there.
function grow(box, stage, large) {
  const room = stage.parentElement;
  const lost = box.querySelector(".zoom-lost");
  const small = stage.querySelector("img");
  lost.hidden = true;
  room.setAttribute("aria-busy", "true");
  large.addEventListener("load", () => {
    if (!stage.isConnected) return;
    keepingPlace(room, () => (small ? small.replaceWith(large) : stage.prepend(large)));
    shown(box, large);
    room.removeAttribute("aria-busy");
  });
  large.addEventListener("error", () => {
    if (!stage.isConnected) return;
    lost.hidden = Boolean(small);
    room.removeAttribute("aria-busy");
  });
}

function shown(box, large) {
  box.querySelector("[data-size]").textContent = `${large.naturalWidth} × ${large.naturalHeight} px`;
  box.querySelector("[data-full]").disabled = false;
}

function fit(box) {
  box.classList.remove("zoom-full");
  box.querySelector("[data-size]").textContent = "";
  const button = box.querySelector("[data-full]");
  button.setAttribute("aria-pressed", "false");
  button.disabled = true;
}

function resize(box) {
  const button = box.querySelector("[data-full]");
  if (button.disabled) return;
  keepingPlace(box.querySelector(".zoom-room"), () => {
    button.setAttribute("aria-pressed", String(box.classList.toggle("zoom-full")));
  });
  box.querySelector(".zoom-room").focus();
}

// What was in the middle stays there.
function keepingPlace(room, change) {
  const x = (room.scrollLeft + room.clientWidth / 2) / room.scrollWidth;
  const y = (room.scrollTop + room.clientHeight / 2) / room.scrollHeight;
  change();
  room.scrollTo(x * room.scrollWidth - room.clientWidth / 2, y * room.scrollHeight - room.clientHeight / 2);
}

// Nothing has an id twice.
function copied(lines) {
  const copy = lines.cloneNode(true);
  copy.removeAttribute("id");
  return copy;
}
