// Where the focus goes: to an error summary, to a linked field (unfolding what hides it), to h1.
export function go(id) {
  const target = document.getElementById(id);
  if (!target) return false;
  for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  const control = target.matches("input, select, textarea, button, a, [tabindex]")
    ? target
    : target.querySelector("input:not([type=hidden]), select, textarea, button");
  (control ?? target).focus({ preventScroll: true });
  target.scrollIntoView({ block: "center" });
  return true;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-goto]");
  if (!link || !link.hash || !go(decodeURIComponent(link.hash.slice(1)))) return;
  event.preventDefault();
  history.replaceState(history.state, "", link.hash);
});

// A fragment that asks for the focus gets it; a swap never takes it otherwise.
document.addEventListener("htmx:after:swap", () => {
  take();
});

function take() {
  const wish = document.querySelector("[data-focus]:not([data-focused])");
  if (!wish) return;
  wish.dataset.focused = "";
  wish.focus();
}

take();
if (location.hash) go(decodeURIComponent(location.hash.slice(1)));
