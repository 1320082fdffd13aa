// The texts beside pictures: what is heard instead of a missing one follows the order, and a save
// that did not arrive goes again, or goes with the page that is left.
import { changesWaiting } from "./connection.js";
import { csrf } from "./requests.js";

const RETRY_MS = 5000;
const forms = () => document.querySelectorAll("form[data-texts]");
const typed = new Set();
const lost = new Set();
let retry = 0;

document.addEventListener("htmx:after:swap", () => {
  for (const input of document.querySelectorAll("[data-heard]")) {
    const said = input.closest(".tile")?.getAttribute(`data-heard-${input.dataset.heard}`);
    if (said) input.placeholder = said;
  }
});

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.matches("[data-texts]")) typed.add(form.id);
});

// A pause after what is saved already has nothing new to send.
document.addEventListener("htmx:config:request", (event) => {
  const { ctx } = event.detail;
  if (!ctx.sourceElement?.matches?.("form[data-texts]")) return;
  if (ctx.sourceEvent?.type === "input" && !typed.has(ctx.sourceElement.id)) event.preventDefault();
});

document.addEventListener("htmx:before:request", (event) => {
  const form = event.detail.ctx.sourceElement;
  if (form?.matches?.("form[data-texts]")) typed.delete(form.id);
});

document.addEventListener("htmx:finally:request", (event) => {
  const form = event.detail.ctx.sourceElement;
  if (!form?.matches?.("form[data-texts]")) return;
  const status = event.detail.ctx.response?.status ?? 0;
  const failed = status === 0 || status >= 500 || status === 401 || status === 400;
  lost[failed ? "add" : "delete"](form.id);
  changesWaiting(lost.size, "texts");
  clearTimeout(retry);
  if (lost.size && status !== 401 && status !== 400) retry = setTimeout(again, RETRY_MS);
});

function again() {
  for (const form of forms()) if (lost.has(form.id)) window.htmx?.trigger(form, "change");
}

document.addEventListener("onshelf:online", again);
document.addEventListener("onshelf:signed-in", again);

// A tab closed in the middle of a word.
addEventListener("pagehide", () => {
  const headers = { "HX-Request": "true", "HX-Request-Type": "partial", "X-CSRFToken": csrf() };
  for (const form of forms()) {
    if (!typed.has(form.id)) continue;
    const body = new URLSearchParams([...new FormData(form)]);
    fetch(form.getAttribute("action"), { method: "POST", body, headers, keepalive: true }).catch(() => {});
  }
  typed.clear();
});
