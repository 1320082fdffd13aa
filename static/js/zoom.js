// A picture at its largest in a dialog, with what is marked on it. Without this file the link leads
// to the picture itself.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-zoom]");
  if (link && zoom(link)) event.preventDefault();
  const close = event.target.closest?.("#zoom [data-close]");
  if (close) close.closest("dialog").close();
});

export function zoom(link) {
  const box = document.getElementById("zoom");
  const holder = link?.closest("[data-picture]");
  const small = holder?.querySelector("img");
  if (!box || !small) return false;
  const stage = Object.assign(document.createElement("div"), { className: "zoom-stage" });
  const large = Object.assign(new Image(), { src: link.href, alt: small.alt });
  stage.append(large, ...[...holder.querySelectorAll("svg.marks")].map(copied));
  box.querySelector(".zoom-stage")?.remove();
  box.prepend(stage);
  box.addEventListener("close", () => link.focus(), { once: true });
  box.showModal();
  return true;
}

// Nothing has an id twice.
function copied(lines) {
  const copy = lines.cloneNode(true);
  copy.removeAttribute("id");
  return copy;
}
