// A plain form is sent once: a double click must not make two of what it makes. After a while it may
// be sent again: the first may have been stopped on its way.
const PATIENCE = 10_000;
let sent = new WeakMap();

document.addEventListener("submit", (event) => {
  // What a script sends itself keeps its own count.
  if (event.defaultPrevented || event.target.method !== "post") return;
  if (event.timeStamp - (sent.get(event.target) ?? -PATIENCE) < PATIENCE) event.preventDefault();
  else sent.set(event.target, event.timeStamp);
});

// A browser that comes back has sent nothing yet.
addEventListener("pageshow", () => { sent = new WeakMap(); });
