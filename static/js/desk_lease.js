// The lease: said at two minutes, renewed while somebody works here, the bar locked when it is over.
import { now } from "./clock.js";
import { say, alertNow } from "./live.js";

// Whatever somebody at work does, by hand or through a screen reader, which presses no keys of ours.
const USES = ["keydown", "pointerdown", "wheel", "scroll", "focusin", "selectionchange"];
// Renewed once a tenth of it is gone. A renewal that did not arrive is not tried again at every key.
const RENEW_BELOW = 0.9;
const AGAIN_MS = 5_000;

// The case that is open: another one may take its place in the same page.
const desk = () => document.querySelector("[data-desk]");
const mine = () => desk()?.dataset.standing === "mine";
const words = document.getElementById("desk-texts")?.dataset ?? {};
let sent = -AGAIN_MS;
let warned = false;

// Milliseconds that are left by the clock that is shown, and of the whole lease.
function left() {
  const clock = document.querySelector("[data-lease] time");
  return clock && mine() ? Date.parse(clock.dateTime) - now() : 0;
}

function whole() {
  return Number(document.querySelector("[data-lease]")?.dataset.lease) * 1000;
}

function working() {
  if (left() <= 0 || left() >= whole() * RENEW_BELOW || performance.now() - sent < AGAIN_MS) return;
  sent = performance.now();
  window.htmx?.ajax("POST", desk().dataset.claim, { target: "#lease", swap: "outerHTML" });
}
// On their way down: what a zone scrolls does not come up again.
for (const name of USES) addEventListener(name, working, { passive: true, capture: true });

setInterval(() => {
  if (left() > 121_000) warned = false;
  if (left() <= 120_000 && left() > 0 && !warned) { warned = true; say(words.short); }
}, 1000);

document.addEventListener("onshelf:time-over", (event) => {
  if (event.target.closest("[data-lease]")) lock(words.over);
});

// A renewal or a save was answered: by now the case may be somebody else's.
document.addEventListener("htmx:after:swap", () => {
  const lease = document.getElementById("lease");
  if (mine() && lease && lease.dataset.standing !== "mine") lock(lease.dataset.said ?? words.over);
});

document.addEventListener("onshelf:case-opened", () => { warned = false; });

function lock(why) {
  if (!mine()) return;
  const form = desk();
  form.dataset.standing = "over";
  for (const button of form.querySelectorAll('.action-bar button[name="verdict"]')) button.disabled = true;
  const bar = form.querySelector(".action-bar");
  const note = Object.assign(document.createElement("p"), { className: "locked", textContent: why });
  const again = Object.assign(document.createElement("button"), { type: "submit", className: "btn", textContent: words.again });
  again.formAction = form.dataset.claim;
  bar.prepend(note, again);
  alertNow(why);
}
