// Where the focus goes: to an error summary, to a linked field (unfolding what hides it), to h1,
// and, where a swap takes away what had it, to the nearest thing that is left.
const CONTROL = "input:not([type=hidden], [data-pick]), select, textarea, button";
const FOCUSABLE = "input, select, textarea, button, a, summary, [tabindex]";

export function go(id) {
  const target = document.getElementById(id);
  if (!target) return false;
  for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  placeIn(target).focus({ preventScroll: true });
  target.scrollIntoView({ block: target.offsetHeight > innerHeight / 2 ? "start" : "center" });
  return true;
}

// Of a section it is the heading: its first button may be one that acts.
function placeIn(target) {
  if (target.matches(FOCUSABLE)) return target;
  return (target.matches("section") && headingOf(target)) || target.querySelector(CONTROL) || target;
}

function headingOf(block) {
  const heading = block.querySelector(":scope > h2, :scope > h3");
  if (heading) heading.tabIndex = -1;
  return heading;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-goto]");
  if (!link || !link.hash || !go(decodeURIComponent(link.hash.slice(1)))) return;
  event.preventDefault();
  history.replaceState(history.state, "", link.hash);
});

// A fragment that asks for the focus gets it; a swap never takes it otherwise.
let near = [];
document.addEventListener("htmx:before:swap", () => { near = around(document.activeElement); });
document.addEventListener("htmx:after:swap", () => {
  take();
  if (document.activeElement === document.body) near.some(give);
  near = [];
});

// What to look for when this place is gone, nearest first: where it says itself, the row it stands
// in, the next row, the one before, the field, whatever holds them and can have the focus or has a
// heading.
export function around(place) {
  const ids = [place?.dataset?.then];
  for (let at = place; at && !at.matches("main, body"); at = at.parentElement) {
    ids.push(at.id);
    if (at.matches("li, tr, fieldset")) ids.push(at.nextElementSibling?.id, at.previousElementSibling?.id);
  }
  return ids.filter(Boolean);
}

export function give(id) {
  const found = document.getElementById(id);
  const place = found && left(found);
  place?.focus();
  return Boolean(place) && document.activeElement === place;
}

function left(found) {
  if (found.matches(FOCUSABLE)) return found;
  return found.matches("li, [data-path]") ? found.querySelector(`a, ${CONTROL}`) : headingOf(found);
}

function take() {
  const wish = document.querySelector("[data-focus]:not([data-focused])");
  if (!wish) return;
  wish.dataset.focused = "";
  wish.focus();
}

function land() {
  if (location.hash) go(decodeURIComponent(location.hash.slice(1)));
}

take();
land();
// The browser looks at the address once more when all has arrived, and lets go of the focus.
addEventListener("load", () => { if (document.activeElement === document.body) land(); });
