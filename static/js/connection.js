// Offline is said with the number of changes that wait; leaving with unsaved work warns.
// Whoever saves keeps the count: `changesWaiting(3)`, or `changesWaiting(3, "grid")` of its own.
import { text } from "./texts.js";
import { say } from "./live.js";

const counts = new Map();
let waiting = 0;
let bar = null;

export function changesWaiting(count, whose = "form") {
  counts.set(whose, count);
  waiting = [...counts.values()].reduce((sum, each) => sum + each, 0);
  if (bar) bar.textContent = text("offline", { count: waiting });
}

function offline() {
  if (!bar) {
    bar = document.createElement("div");
    bar.className = "offline-bar";
    document.body.append(bar);
    say(text("offline", { count: waiting }));
  }
  bar.textContent = text("offline", { count: waiting });
}

function online() {
  if (!bar) return;
  bar.remove();
  bar = null;
  say(text("online"));
  document.dispatchEvent(new CustomEvent("onshelf:online"));
}

addEventListener("offline", offline);
addEventListener("online", online);
addEventListener("beforeunload", (event) => { if (waiting > 0) event.preventDefault(); });
if (!navigator.onLine) offline();
