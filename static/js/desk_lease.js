// The lease: said at two minutes, renewed while somebody works here, the bar locked when it is over.
import { say, alertNow } from "./live.js";

// The case that is open: another one may take its place in the same page.
const desk = () => document.querySelector("[data-desk]");
const mine = () => desk()?.dataset.standing === "mine";
const words = document.getElementById("desk-texts")?.dataset ?? {};
const RENEW_MS = 60_000;
let renewed = Date.now();
let warned = false;

function working() {
  if (!mine() || Date.now() - renewed < RENEW_MS) return;
  renewed = Date.now();
  window.htmx?.ajax("POST", desk().dataset.claim, { target: "#lease", swap: "outerHTML" });
}
for (const name of ["keydown", "pointerdown", "wheel"]) addEventListener(name, working, { passive: true });

setInterval(() => {
  const clock = document.querySelector("[data-lease] time");
  if (!clock || !mine()) return;
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
  if (mine() && now && now !== "mine") lock();
});

document.addEventListener("onshelf:case-opened", () => { renewed = Date.now(); warned = false; });

function lock() {
  if (!mine()) return;
  const form = desk();
  form.dataset.standing = "over";
  for (const button of form.querySelectorAll('.action-bar button[name="verdict"]')) button.disabled = true;
  const bar = form.querySelector(".action-bar");
  const note = Object.assign(document.createElement("p"), { className: "locked", textContent: words.over });
  const again = Object.assign(document.createElement("button"), { type: "submit", className: "btn", textContent: words.again });
  again.formAction = form.dataset.claim;
  bar.prepend(note, again);
  alertNow(words.over);
}
