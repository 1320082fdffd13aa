// The few acts worth a question (`data-confirm`): a native dialog whose button says the verb.
import { around, give } from "./focus.js";
import { text } from "./texts.js";

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button[data-confirm]");
  if (!button || button.dataset.confirmed) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  ask(button);
}, true);

function ask(button) {
  const near = around(button);
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  const question = document.createElement("p");
  question.id = "confirm-question";
  question.textContent = button.dataset.confirm;
  dialog.setAttribute("aria-labelledby", question.id);
  const row = document.createElement("div");
  row.className = "dialog-buttons";
  row.append(answer(button.textContent.trim() || button.getAttribute("aria-label"), "btn btn-stop", () => act(dialog, button)));
  const cancel = answer(text("cancel"), "btn", () => dialog.close());
  // A key held down opens the question and must not answer it.
  cancel.autofocus = true;
  row.append(cancel);
  dialog.append(question, row);
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (button.isConnected) button.focus();
    else near.some(give);
  });
  document.body.append(dialog);
  dialog.showModal();
}

function act(dialog, button) {
  dialog.close();
  // The part of the page that had the button may have been drawn anew meanwhile.
  if (!button.isConnected) document.body.append(button.form);
  button.dataset.confirmed = "yes";
  button.click();
  delete button.dataset.confirmed;
}

function answer(words, look, then) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = look;
  button.textContent = words;
  button.addEventListener("click", then);
  return button;
}
