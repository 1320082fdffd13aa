// Autosave of the draft: sends the field that changed, keeps marks in step, tries again when the
// line or the session was lost. Nothing here touches an input that somebody may be typing in.
import { setSaveState } from "./fields.js";
import { changesWaiting } from "./connection.js";
import { csrf, signedOut, turn } from "./requests.js";
import { session, take } from "./session.js";
import { alertNow } from "./live.js";
import { text } from "./texts.js";

const RETRY_MS = 5000;
const form = document.querySelector("[data-autosave]");
let retry = 0;
let unsaved = false;
// What the server does not have yet, by the path of its field: typed in and in no request; in a
// request that waits its turn; in one that is not answered (no path: it has the whole form).
const typed = new Set();
const queued = new Map();
const open = new Map();
let leaving = false;
let landed = null;
if (form) form.dataset.waiting = 0;

const fieldOf = (element) => element?.closest?.("[data-path]");
const namesIn = (field) => new Set([...field.querySelectorAll("[name]")].map((each) => each.name));
// The product's own revision goes with each of its fields; items' are sent with theirs (grid.js).
const revision = form?.querySelector("[data-revision]")?.name;
const always = (name) => ["tab", "turn", "csrf_token", revision].includes(name);

document.addEventListener("htmx:config:request", (event) => {
  const { ctx } = event.detail;
  if (ctx.sourceElement !== form) return;
  // What goes with a button of its own is no answer of the draft.
  if (ctx.sourceEvent?.target?.closest?.("[data-aside]")) { event.preventDefault(); return; }
  const field = fieldOf(ctx.sourceEvent?.target);
  const pause = ctx.sourceEvent?.type === "input";
  if (field && goesAlready(field.dataset.path, pause)) { event.preventDefault(); return; }
  open.set(ctx, field?.dataset.path);
  ctx.request.body.set("turn", turn());
  tell();
  if (!field) { typed.clear(); return; }
  queued.set(field.dataset.path, ctx);
  only(ctx, field);
  // A first answer is saved while it is being typed, and judged when it is left.
  const typing = pause && !field.querySelector(".finding-blocks");
  if (typing) ctx.request.body.set("typing", field.dataset.path);
});

// After a pause there may be nothing new; and whoever waits takes the newest along (arrows through
// a long list would be a request for each line of it).
function goesAlready(path, pause) {
  if (pause && !typed.has(path)) return true;
  if (!queued.has(path)) return false;
  if (!pause) queued.get(path).request.body.delete("typing");
  return true;
}

function only(ctx, field) {
  const wanted = namesIn(field);
  for (const name of [...ctx.request.body.keys()]) {
    if (!wanted.has(name) && !always(name)) ctx.request.body.delete(name);
  }
}

document.addEventListener("htmx:before:request", (event) => {
  const { ctx } = event.detail;
  const path = open.get(ctx);
  if (!path) return;
  queued.delete(path);
  typed.delete(path);
  if (leaving) { open.delete(ctx); event.preventDefault(); return; }
  const field = form.querySelector(`[data-path="${path}"]`);
  if (field) renew(ctx.request.body, namesIn(field));
});

// Its turn has come: with what stands in the field now.
function renew(body, names) {
  body.set("turn", turn());
  for (const name of names) body.delete(name);
  for (const [name, value] of new FormData(form)) if (names.has(name)) body.append(name, value);
}

// A tab closed in the middle of a word, or before its turn came: those fields are sent while it goes.
document.addEventListener("input", (event) => {
  const field = event.target.form === form && fieldOf(event.target);
  if (field) typed.add(field.dataset.path);
});
addEventListener("pagehide", () => {
  const left = new Set([...typed, ...open.values()]);
  const wanted = new Set([...form?.querySelectorAll("[data-path]") ?? []]
    .filter(({ dataset }) => left.has(dataset.path)).flatMap((field) => [...namesIn(field)]));
  if (!wanted.size) return;
  const body = new URLSearchParams([...new FormData(form)].filter(([name]) => always(name) || wanted.has(name)));
  body.set("turn", turn());
  const headers = { "HX-Request": "true", "HX-Request-Type": "partial", "X-CSRFToken": csrf() };
  forget();
  fetch(form.getAttribute("action"), { method: "POST", body, headers, keepalive: true }).catch(() => {});
});

document.addEventListener("htmx:finally:request", (event) => {
  const { ctx } = event.detail;
  if (ctx.sourceElement !== form && unsaved) setSaveState("unsaved");
  if (ctx.sourceElement !== form) return;
  const path = open.get(ctx);
  const went = open.delete(ctx);
  if (!open.size) landed?.();
  if (!went) return;
  const status = ctx.response?.status ?? 0;
  // One field came through after another had not: the line is back, and that other one is owed.
  if (status === 200 && unsaved && path) saveAll();
  else if (status === 200) settle();
  else if (status === 0 || status >= 500 || status === 401 || status === 400) {
    // The server does not have it after all; a page that goes now breaks off what is on its way.
    for (const lost of path ? [path] : every()) typed.add(lost);
    keep(status);
  }
});

const every = () => [...form.querySelectorAll("[data-path]")].map(({ dataset }) => dataset.path);

function settle() {
  clearTimeout(retry);
  unsaved = false;
  changesWaiting(0);
  tell();
}

// An answer says "saved" of itself alone: others may still be waiting their turn.
function tell() {
  form.dataset.waiting = open.size;
  if (open.size) setSaveState("saving");
}

function forget() {
  typed.clear();
  queued.clear();
  open.clear();
}

function keep(status) {
  unsaved = true;
  form.dataset.waiting = open.size;
  setSaveState("unsaved");
  changesWaiting(1);
  clearTimeout(retry);
  if (status !== 401 && status !== 400) retry = setTimeout(saveAll, RETRY_MS);
}

function saveAll() {
  if (unsaved) htmx.trigger(form, "change");
}

document.addEventListener("onshelf:online", saveAll);

// A form that is sent leaves the page, and with it what was typed: only into a living session.
let asking = false;
let asked = false;
form?.addEventListener("submit", (event) => {
  if (asked) return;
  event.preventDefault();
  // Enter in a field: what was typed is on its way as any change is, and the page stands still.
  if (event.submitter?.matches("[data-enter]")) saveAll();
  else if (!asking) leave(event.submitter);
});
// Enter there presses the button beside it, not the form's first.
document.addEventListener("keydown", (event) => {
  const aside = event.key === "Enter" && !event.isComposing && event.target.closest?.("[data-aside]");
  if (!aside || event.target.type !== "text") return;
  event.preventDefault();
  aside.querySelector("button").click();
});
addEventListener("pageshow", () => { asked = leaving = false; });

async function leave(button) {
  asking = leaving = true;
  try {
    // The form carries everything: nothing waits any longer, and nothing older may arrive after it.
    await new Promise((done) => { landed = done; if (!open.size) done(); });
    const state = await session();
    if (state.signed_in) {
      take(state.csrf);
      changesWaiting(0);
      forget();
      changesWaiting(0, "grid");
      asked = true;
      form.requestSubmit(button);
    } else {
      keep(401);
      signedOut("/sign-in?embedded=1");
      document.dispatchEvent(new Event("onshelf:signed-out"));
    }
  } catch {
    keep(0);
    alertNow(text("failed"));
  }
  asking = false;
  leaving = asked;
}

// `session.js` has put the new session's token in place: everything that waited goes now.
document.addEventListener("onshelf:signed-in", () => {
  if (!unsaved) return;
  document.getElementById("notice").replaceChildren();
  saveAll();
});

// Deciding a conflict is a save of the form as it stands, with the button's word.
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-decide]");
  const field = fieldOf(button);
  if (!form || !field) return;
  event.preventDefault();
  const values = { [button.name]: button.value };
  htmx.ajax("POST", form.getAttribute("action"), { source: form, swap: "none", values });
});
