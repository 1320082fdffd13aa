// "3 min ago" grows older, and a countdown runs; both by the server's instant in `datetime`, and its clock.
import { drawnAt, now } from "./clock.js";
import { text } from "./texts.js";

const COUNTING = "time[data-countdown]:not([data-ended])";

function age(place) {
  const minutes = Math.floor((now() - Date.parse(place.dateTime)) / 60000);
  if (minutes < 0) return;
  if (minutes >= 24 * 60) place.textContent = place.title;
  else if (minutes >= 60) place.textContent = text("hours", { count: Math.floor(minutes / 60) });
  else if (minutes >= 1) place.textContent = text("minutes", { count: minutes });
  else place.textContent = text("just-now");
}

function countDown(place) {
  const left = Math.max(0, Math.ceil((Date.parse(place.dateTime) - now()) / 1000));
  const shown = `${String(Math.floor(left / 60)).padStart(2, "0")}:${String(left % 60).padStart(2, "0")}`;
  if (place.textContent !== shown) place.textContent = shown;
  place.classList.toggle("is-short", left <= 120);
  if (left === 0 && !place.dataset.ended) {
    place.dataset.ended = "";
    if (place.dataset.done) place.textContent = place.dataset.done;
    place.dispatchEvent(new CustomEvent("onshelf:time-over", { bubbles: true }));
  }
}

function countAll() {
  document.querySelectorAll(COUNTING).forEach(countDown);
}

// The page, or a part of it, has come in: with the server's clock as it was so many milliseconds ago.
function arrived(ago) {
  for (const place of document.querySelectorAll("time[data-now]")) {
    drawnAt(place.dataset.now, ago);
    delete place.dataset.now;
  }
  countAll();
}

setInterval(countAll, 500);
setInterval(() => document.querySelectorAll("time[data-relative]").forEach(age), 30000);
document.addEventListener("htmx:after:swap", () => arrived(0));
// Scripts may take their time to come.
arrived(performance.now() - (performance.getEntriesByType("navigation")[0]?.responseStart ?? 0));
