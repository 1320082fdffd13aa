// What the keys of the desk do to the page: press its buttons, go from place to place.

export function press(code) {
  const place = document.querySelector(`:is(button, input)[data-key="${code}"], form[data-key="${code}"] button`);
  if (!place || place.disabled) return false;
  place.click();
  return true;
}

export function step(selector, by) {
  const stops = [...document.querySelectorAll(selector)].filter((stop) => stop.offsetParent);
  if (!stops.length) return;
  const at = stops.findIndex((stop) => stop.contains(document.activeElement));
  focus(stops[at < 0 ? (by > 0 ? 0 : stops.length - 1) : (at + by + stops.length) % stops.length]);
}

export function focus(place) {
  if (!place) return;
  place.focus({ preventScroll: true });
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  place.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
}
