// A toast stays its time: until its instant, or until it is dismissed. Its words are in the page too.
const room = document.getElementById("toasts");

export function toast(sentence, seconds = 8) {
  const note = document.createElement("div");
  note.className = "toast-note";
  note.append(Object.assign(document.createElement("p"), { textContent: sentence }));
  room?.append(note);
  setTimeout(() => note.remove(), seconds * 1000);
}

document.addEventListener("onshelf:toast", (event) => toast(event.detail.text, event.detail.seconds));

// Held verdicts and other undos drawn by the server end with their instant.
setInterval(() => {
  for (const note of document.querySelectorAll(".toast-note[data-until]")) {
    const inside = note.contains(document.activeElement);
    if (Date.parse(note.dataset.until) <= Date.now() && !inside) note.remove();
  }
}, 1000);
