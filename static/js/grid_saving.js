// Saves what changed in the table of items: all of it in one request, and again until it arrives.
// Nothing is drawn over an input; what fails to arrive stays waiting, and is said.
import { setSaveState } from "./fields.js";
import { changesWaiting } from "./connection.js";
import { csrf, turn } from "./requests.js";
import { section, table, valueOf } from "./grid_cells.js";

const SOON_MS = 250;
const TYPING_MS = 1200;
const RETRY_MS = 5000;
const form = document.getElementById("draft-form");
const sender = document.getElementById("grid-sender");
// Name of each control that waits -> what it held when it was last sent.
const waiting = new Map();
let timer = 0;
let sending = null;
let failing = false;
let typing = "";

if (section) section.dataset.waiting = 0;

const named = (name) => table()?.querySelector(`[data-col][name="${CSS.escape(name)}"]`);

// The control has a new value; `unfinished` while somebody is still typing in it.
export function changed(control, unfinished = false) {
  waiting.set(control.name, null);
  tell();
  typing = unfinished ? control.name : "";
  after(unfinished ? TYPING_MS : SOON_MS);
}

// How many cells the server does not have yet.
function tell() {
  section.dataset.waiting = waiting.size;
}

function after(delay) {
  clearTimeout(timer);
  timer = setTimeout(send, delay);
}

function body() {
  const values = { tab: form.elements.tab.value, turn: turn() };
  for (const name of waiting.keys()) {
    const control = named(name);
    if (!control) continue;
    values[name] = valueOf(control);
    waiting.set(name, values[name]);
    const part = `rev-${control.closest("tr").dataset.part}`;
    values[part] = form.elements[part].value;
    const seen = [...section.querySelectorAll(`#grid-seen [name="${CSS.escape(`seen.${name}`)}"]`)].pop();
    if (seen) values[seen.name] = seen.value;
  }
  if (typing && waiting.has(typing)) values.typing = typing;
  return values;
}

function send() {
  if (sending || !waiting.size) return;
  clearTimeout(timer);
  sending = body();
  setSaveState("saving");
  htmx.ajax("POST", form.getAttribute("action"), { source: sender, swap: "none", values: sending }).catch(() => {});
}

document.addEventListener("htmx:finally:request", (event) => {
  const { ctx } = event.detail;
  // Another's answer says "saved" of itself alone.
  if (ctx.sourceElement !== sender && failing) setSaveState("unsaved");
  if (ctx.sourceElement !== sender || !sending) return;
  const status = ctx.response?.status ?? 0;
  const sent = sending;
  sending = null;
  if (status === 200) arrived(sent);
  else if (status === 0 || status >= 500 || status === 401 || status === 400) lost(status);
});

function arrived(sent) {
  failing = false;
  for (const [name, value] of waiting) {
    const control = named(name);
    if (name in sent && value !== null && (!control || valueOf(control) === value)) waiting.delete(name);
  }
  tell();
  changesWaiting(0, "grid");
  if (waiting.size) after(SOON_MS);
}

function lost(status) {
  failing = true;
  setSaveState("unsaved");
  changesWaiting(waiting.size, "grid");
  // Signed out, the next try waits for the new session.
  if (status !== 401 && status !== 400) after(RETRY_MS);
}

for (const name of ["onshelf:online", "onshelf:signed-in"]) document.addEventListener(name, send);

// A form that is sent carries every cell; a page that goes for another reason sends what waits.
form?.addEventListener("submit", (event) => { if (!event.defaultPrevented) waiting.clear(); });
addEventListener("pagehide", () => {
  if (!waiting.size) return;
  const headers = { "HX-Request": "true", "HX-Request-Type": "partial", "X-CSRFToken": csrf() };
  const sent = new URLSearchParams(body());
  fetch(form.getAttribute("action"), { method: "POST", body: sent, headers, keepalive: true }).catch(() => {});
});
