import { now } from "./clock.js";

// A toast that the server drew with an instant (an undo) goes with it; its words are in the page too.
setInterval(() => {
  for (const note of document.querySelectorAll(".toast-note[data-until]")) {
    const inside = note.contains(document.activeElement);
    if (Date.parse(note.dataset.until) <= now() && !inside) note.remove();
  }
}, 1000);
