// Ticking rows: the head's box ticks the page, Shift a stretch of it, Escape nothing any more.
const boxes = () => [...document.querySelectorAll("[data-tick]")];
const head = () => document.querySelector("[data-tick-all]");
let last = null;

document.addEventListener("click", (event) => {
  const box = event.target.closest?.("[data-tick]");
  if (!box) return;
  const all = boxes();
  if (event.shiftKey && last?.isConnected) {
    const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
    for (const each of all.slice(from, to + 1)) each.checked = box.checked;
  }
  last = box;
  tell();
});

document.addEventListener("change", (event) => {
  if (!event.target.matches?.("[data-tick-all]")) return;
  for (const each of boxes()) each.checked = event.target.checked;
  tell();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing || !boxes().some((each) => each.checked)) return;
  if (document.querySelector("details.menu[open], dialog[open]")) return;
  for (const each of boxes()) each.checked = false;
  const whole = document.querySelector("#selection [name=all]");
  if (whole) whole.checked = false;
  tell();
  (last ?? head())?.focus();
});

// A browser that comes back keeps what was ticked.
addEventListener("pageshow", tell);

function tell() {
  const all = boxes();
  const ticked = all.filter((each) => each.checked).length;
  const top = head();
  if (!top) return;
  top.checked = all.length > 0 && ticked === all.length;
  top.indeterminate = ticked > 0 && ticked < all.length;
  const count = document.querySelector("[data-tick-count]");
  count.textContent = count.dataset.words.replace("{count}", ticked);
}
