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
