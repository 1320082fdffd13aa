// Autosave of the draft: sends the field that changed, keeps marks in step, tries again when the
// line or the session was lost. Nothing here touches an input that somebody may be typing in.
import { setSaveState } from "./fields.js";
import { changesWaiting } from "./connection.js";

const RETRY_MS = 5000;
const form = document.querySelector("[data-autosave]");
let retry = 0;
let unsaved = false;

const fieldOf = (element) => element?.closest?.("[data-path]");
const namesIn = (field) => new Set([...field.querySelectorAll("[name]")].map((each) => each.name));
const always = (name) => name === "tab" || name === "csrf_token" || name.startsWith("rev-");

document.addEventListener("htmx:config:request", (event) => {
  const { ctx } = event.detail;
  const field = ctx.sourceElement === form && fieldOf(ctx.sourceEvent?.target);
  if (!field) return;
  const wanted = namesIn(field);
  for (const name of [...ctx.request.body.keys()]) {
    if (!wanted.has(name) && !always(name)) ctx.request.body.delete(name);
  }
  // A first answer is saved while it is being typed, and judged when it is left.
  const typing = ctx.sourceEvent.type === "input" && !field.querySelector(".finding-blocks");
  if (typing) ctx.request.body.set("typing", field.dataset.path);
});

document.addEventListener("htmx:before:request", (event) => {
  if (event.detail.ctx.sourceElement === form) setSaveState("saving");
});

document.addEventListener("htmx:finally:request", (event) => {
  const { ctx } = event.detail;
  if (ctx.sourceElement !== form) return;
  const status = ctx.response?.status ?? 0;
  if (status === 200) settle();
  else if (status === 0 || status >= 500 || status === 401 || status === 400) keep(status);
});

function settle() {
  clearTimeout(retry);
  unsaved = false;
  changesWaiting(0);
}

function keep(status) {
  unsaved = true;
  setSaveState("unsaved");
  changesWaiting(1);
  clearTimeout(retry);
  if (status !== 401 && status !== 400) retry = setTimeout(saveAll, RETRY_MS);
}

function saveAll() {
  if (unsaved) htmx.trigger(form, "change");
}

document.addEventListener("onshelf:online", saveAll);

// `session.js` has put the new session's token in place: everything that waited goes now.
document.addEventListener("onshelf:signed-in", () => {
  if (!unsaved) return;
  document.getElementById("notice").replaceChildren();
  saveAll();
});

// Deciding a conflict is a save of that one field, with the button's word.
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-decide]");
  const field = fieldOf(button);
  if (!form || !field) return;
  event.preventDefault();
  const wanted = namesIn(field);
  const values = {};
  for (const [name, value] of new FormData(form)) {
    if (always(name) || wanted.has(name)) values[name] = value;
  }
  values[button.name] = button.value;
  htmx.ajax("POST", form.getAttribute("action"), { source: form, swap: "none", values });
});

function mark(message) {
  const field = message.closest(".field");
  const control = field?.matches("fieldset") ? field : field?.querySelector(".form-control, .form-select");
  if (!control) return;
  const wrong = message.querySelector(".finding-blocks") !== null;
  field.classList.toggle("field-blocks", wrong);
  if (wrong) control.setAttribute("aria-invalid", "true");
  else control.removeAttribute("aria-invalid");
  if (!message.childElementCount) return;
  const described = (control.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean);
  control.setAttribute("aria-describedby", [...new Set([...described, message.id])].join(" "));
}

document.addEventListener("htmx:after:swap", () => {
  document.querySelectorAll("[data-message]").forEach(mark);
});
