// A canned text goes where the caret is, or below what is written if it never was there; nothing is
// replaced. What does not fit is sent, and the answer says so.
import { focus } from "./desk_moves.js";

let caret = false;
document.addEventListener("focusin", (event) => { caret ||= event.target.id === "note"; });
document.addEventListener("onshelf:case-opened", () => { caret = false; });
document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-insert]") && insert()) event.preventDefault();
});

export function insert() {
  const text = document.getElementById("canned")?.selectedOptions[0]?.dataset.text;
  const note = document.getElementById("note");
  if (!text || !note || note.readOnly) return false;
  const at = caret ? note.selectionEnd : note.value.length;
  const [before, after] = [note.value.slice(0, at), note.value.slice(at)];
  const put = `${before && !before.endsWith("\n") ? "\n" : ""}${text}${after && !after.startsWith("\n") ? "\n" : ""}`;
  if (note.value.length + put.length > note.maxLength) return false;
  focus(note);
  note.setSelectionRange(at, at);
  // The one way that the browser's own undo takes back; not everywhere does it work.
  if (!document.execCommand("insertText", false, put)) {
    note.setRangeText(put, at, at, "end");
    note.dispatchEvent(new Event("input", { bubbles: true }));
  }
  return true;
}
