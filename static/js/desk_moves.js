// What the keys of the desk do to the page: press its buttons, go from place to place.

export function press(code) {
  const place = document.querySelector(`:is(button, input)[data-key="${code}"], form[data-key="${code}"] button`);
  if (!place || place.disabled) return false;
  place.click();
  return true;
}

export function step(selector, by) {
  const stops = [...document.querySelectorAll(selector)].filter((stop) => stop.offsetParent || foldOf(stop));
  if (!stops.length) return;
  const at = stops.findIndex((stop) => stop.contains(document.activeElement));
  focus(stops[at < 0 ? (by > 0 ? 0 : stops.length - 1) : (at + by + stops.length) % stops.length]);
}

export function focus(place) {
  if (!place) return;
  for (let fold = foldOf(place); fold; fold = foldOf(place)) fold.open = true;
  place.focus({ preventScroll: true });
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  place.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
}

// The closed fold that something stands in; its own summary stands outside of it.
function foldOf(place) {
  const at = place.matches("summary") ? place.parentElement.parentElement : place;
  return at.closest("details:not([open])");
}
