// Counters from 80 % of a field's length, and errors checked while typing once a field was wrong.
import { text } from "./texts.js";
import { say } from "./live.js";

document.addEventListener("input", (event) => {
  const box = event.target.closest?.("[data-field]");
  if (!box) return;
  count(box, event.target);
});

function count(box, control) {
  const output = box.querySelector("[data-count]");
  if (!output || output.htmlFor?.value !== control.id) return;
  const limit = Number(output.dataset.count);
  const length = [...control.value].length;
  output.textContent = `${length}/${limit}`;
  output.hidden = length < limit * 0.8;
  output.classList.toggle("is-over", length > limit);
}

// Save state: `setSaveState("saved", "10:02")` from whichever script saves. Shown in every place.
export function setSaveState(state, time = "") {
  for (const place of document.querySelectorAll("[data-save-state]")) {
    const before = place.dataset.saveState;
    place.dataset.saveState = state;
    place.className = `save-state save-${state}`;
    place.querySelector("[data-save-words]").textContent = text(state, { time });
    // Said when saving starts to fail and when it works again, never at each save.
    if (state === "unsaved" && before !== "unsaved") say(text("unsaved"));
    if (state === "saved" && before === "unsaved") say(text("saved", { time }));
  }
}

// What a swap brought to a field's message line marks the field, and is read out with it.
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
