// What has the focus stays where it is on the screen when something above it grows: a picture that
// arrives, a finding. The browser's own anchoring keeps the top of the window still instead, and
// lets what somebody is typing in slide away below.
const TYPED_IN = "main :is(input, select, textarea)";
let held = null;
let top = 0;

function hold() {
  held = document.activeElement?.matches(TYPED_IN) ? document.activeElement : null;
  if (held) top = held.getBoundingClientRect().top;
}

function keep() {
  const at = held === document.activeElement && held?.getBoundingClientRect().top;
  // What is out of sight already was scrolled away.
  if (at && at !== top && top >= 0 && top < innerHeight) scrollBy({ top: at - top, behavior: "instant" });
  hold();
}

document.addEventListener("focusin", hold);
addEventListener("scroll", hold, { passive: true });
const main = document.querySelector("main");
if (main) new ResizeObserver(keep).observe(main);

// What somebody has unfolded stays so when it is drawn again: the server knows nothing of that.
let unfolded = [];
document.addEventListener("htmx:before:swap", () => { unfolded = [...document.querySelectorAll("main details[open]")]; });
document.addEventListener("htmx:after:swap", () => {
  for (const box of unfolded) box.open = true;
  unfolded = [];
});
