// Two fixed regions. Polite things wait their turn (at most one in 5 s); alerts come at once.
const polite = document.getElementById("live-polite");
const urgent = document.getElementById("live-alert");
let last = 0;
let waiting = 0;

export function say(sentence) {
  clearTimeout(waiting);
  const wait = Math.max(0, last + 5000 - Date.now());
  waiting = setTimeout(() => {
    last = Date.now();
    write(polite, sentence);
  }, wait);
}

// What somebody has just asked for is answered at once.
export function sayNow(sentence) {
  clearTimeout(waiting);
  last = Date.now();
  write(polite, sentence);
}

export function alertNow(sentence) {
  write(urgent, sentence);
}

function write(region, sentence) {
  if (!region) return;
  region.textContent = "";
  requestAnimationFrame(() => { region.textContent = sentence; });
}
