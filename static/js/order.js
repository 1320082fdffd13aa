// Pictures are put in order by their handles: dragged with mouse, pen or finger, or moved by the
// arrow keys. A handle's form sends what the buttons send; the order is the server's.
//
// <ul data-first="…{count}" data-place="…{place}…{count}"> of <li class="tile"> with
// <form data-order><input name="position"><button data-grip>. While a tile is held, a mark shows
// where it lands, and no swap takes the tiles away from under it.
import { sayNow } from "./live.js";
import { carry, drop, ghostOf } from "./order_ghost.js";

const EDGE = 96;
const KEYS = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1, Home: -Infinity, End: Infinity };
const STILL = 4;
let held = null;
// Where keys wish a tile, until the answers are here: a second press goes on from the first.
let wish = null;

const tilesOf = (list) => [...list.children].filter((each) => each.querySelector("[data-grip]"));

function send(tile, position) {
  const form = tile.querySelector("form[data-order]");
  form.elements.position.value = position;
  form.requestSubmit();
}

function said(list, position) {
  const words = position === 0 ? list.dataset.first : list.dataset.place;
  return words.replace("{place}", position + 1).replace("{count}", tilesOf(list).length);
}

// By keys.
document.addEventListener("keydown", (event) => {
  if (held && event.key === "Escape") { event.preventDefault(); end(); return; }
  const grip = event.target.closest?.("[data-grip]");
  if (!grip || !(event.key in KEYS) || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  if (!held) step(grip, KEYS[event.key]);
});

function step(grip, by) {
  const tile = grip.closest(".tile");
  const tiles = tilesOf(tile.parentElement);
  const from = wish?.id === tile.id ? wish.position : tiles.indexOf(tile);
  const position = Math.min(Math.max(0, from + by), tiles.length - 1);
  if (position === from) { sayNow(said(tile.parentElement, position)); return; }
  wish = { id: tile.id, grip: grip.id, position, open: (wish?.id === tile.id ? wish.open : 0) + 1 };
  send(tile, position);
}

document.addEventListener("htmx:finally:request", (event) => {
  const form = event.detail.ctx.sourceElement;
  if (!form?.matches?.("form[data-order]") || !wish) return;
  wish.open -= 1;
  if (wish.open > 0) return;
  const { id, grip } = wish;
  wish = null;
  settled(id, grip);
});

// The answer has come: the same handle has the focus, and where its tile stands now is said.
function settled(id, grip) {
  const tile = document.getElementById(id);
  if (!tile) return;
  const handle = document.getElementById(grip);
  handle?.focus({ preventScroll: true });
  tile.scrollIntoView({ block: "nearest" });
  sayNow(said(tile.parentElement, tilesOf(tile.parentElement).indexOf(tile)));
}

// By a pointer.
document.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest?.("[data-grip]");
  if (!grip || held || event.button !== 0 || !event.isPrimary) return;
  const tile = grip.closest(".tile");
  grip.setPointerCapture(event.pointerId);
  held = { tile, grip, list: tile.parentElement, pointer: event.pointerId, x: event.clientX, y: event.clientY };
  held.from = { x: held.x, y: held.y };
});

document.addEventListener("pointermove", (event) => {
  if (event.pointerId !== held?.pointer) return;
  held.x = event.clientX;
  held.y = event.clientY;
  if (!held.ghost && Math.hypot(held.x - held.from.x, held.y - held.from.y) < STILL) return;
  if (!held.ghost) begin();
  follow();
});

document.addEventListener("pointerup", (event) => {
  if (event.pointerId !== held?.pointer) return;
  const { tile, grip, position, ghost } = held;
  const moves = ghost && position !== undefined && position !== tilesOf(held.list).indexOf(tile);
  end();
  if (!moves) return;
  wish = { id: tile.id, grip: grip.id, position, open: 1 };
  send(tile, position);
});
for (const name of ["pointercancel", "lostpointercapture"]) {
  document.addEventListener(name, (event) => { if (event.pointerId === held?.pointer) end(); });
}

function begin() {
  held.ghost = ghostOf(held.tile);
  held.tile.classList.add("is-held");
  held.frame = requestAnimationFrame(scroll);
}

function follow() {
  carry(held.ghost, held.x, held.y);
  const { target, after, position } = landing();
  mark(target, after);
  held.position = position;
  held.ghost.lastElementChild.textContent = said(held.list, position);
}

// The nearest tile, and on which side of it. On the first one it is the representative's place,
// wherever on it: the second place is before the second tile.
function landing() {
  const tiles = tilesOf(held.list);
  const others = tiles.filter((each) => each !== held.tile);
  const target = nearest(tiles);
  if (target === held.tile) return { target: null, after: false, position: tiles.indexOf(target) };
  const box = target.getBoundingClientRect();
  const after = target !== tiles[0] && held.x > (box.left + box.right) / 2;
  return { target, after, position: others.indexOf(target) + (after ? 1 : 0) };
}

function nearest(tiles) {
  const away = (tile) => {
    const box = tile.getBoundingClientRect();
    const across = Math.max(box.left - held.x, 0, held.x - box.right);
    return Math.hypot(across, Math.max(box.top - held.y, 0, held.y - box.bottom));
  };
  return tiles.map((tile) => [away(tile), tile]).sort(([a], [b]) => a - b)[0][1];
}

function mark(target, after) {
  for (const tile of held.list.children) {
    tile.classList.toggle("lands-before", tile === target && !after);
    tile.classList.toggle("lands-after", tile === target && after);
  }
}

// Near the window's edge the page moves along.
function scroll() {
  if (!held?.ghost) return;
  const up = Math.max(0, EDGE + 40 - held.y);
  const down = Math.max(0, held.y - (innerHeight - EDGE));
  if (up || down) {
    scrollBy({ top: Math.min(24, (down - up) / 5), behavior: "instant" });
    follow();
  }
  held.frame = requestAnimationFrame(scroll);
}

function end() {
  const { tile, ghost, frame, missed, grip, pointer } = held;
  mark(null, false);
  cancelAnimationFrame(frame);
  if (ghost) drop(ghost);
  tile.classList.remove("is-held");
  held = null;
  if (grip.hasPointerCapture(pointer)) grip.releasePointerCapture(pointer);
  // What came in the meantime was turned away: it is asked for again.
  if (missed) window.htmx?.trigger(document.getElementById("pictures-tiles"), "onshelf:uploaded");
}

// Tiles are not taken away from under a hand: neither asked for nor put in while one is held.
function hold(event) {
  if (!held || event.detail.ctx.target?.id !== "pictures-tiles") return;
  event.preventDefault();
  held.missed = true;
}
document.addEventListener("htmx:before:request", hold);
document.addEventListener("htmx:before:swap", hold);
