// The next case takes the place of this one in the page that is open: drawing it needs no style sheet
// to be read and no script to be run again. What is not a case (the queue, once it is empty) is a page.
import { say } from "./live.js";
import { text } from "./texts.js";

const AWAKE_AFTER_MS = 300;
const INTO_THIS_PAGE = { target: "#main", select: "#main > *", swap: "innerHTML settle:0ms" };
let shown = location.pathname;
let waking = 0;
let sent = false;
let asked = null;

// Keys sleep from a verdict on until the case that follows has stood open a moment: a second press
// of the same key is not for a case that nobody has seen.
export function awake() {
  return document.body.dataset.keys === "awake";
}

function wake() {
  clearTimeout(waking);
  waking = setTimeout(() => { document.body.dataset.keys = "awake"; }, AWAKE_AFTER_MS);
}

// Before `once.js`: a request that failed may be sent again at once.
document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (form.id !== "verdict" || submitter?.name !== "verdict" || !window.htmx) return;
  event.preventDefault();
  if (sent) return;
  sent = true;
  delete document.body.dataset.keys;
  window.htmx.ajax("POST", form.action, { ...INTO_THIS_PAGE, source: form, event });
}, true);

document.addEventListener("htmx:config:request", (event) => {
  const { ctx } = event.detail;
  if (ctx.select === INTO_THIS_PAGE.select) asked = ctx;
});

// What is no page of ours (a proxy's answer) has no place for a case: this one stays.
document.addEventListener("htmx:before:swap", (event) => {
  const { ctx } = event.detail;
  if (ctx !== asked || ctx.select !== INTO_THIS_PAGE.select || ctx.text.includes('id="main"')) return;
  event.preventDefault();
  say(text("failed"));
});

document.addEventListener("htmx:after:swap", (event) => {
  const { ctx } = event.detail;
  if (ctx !== asked) return;
  scrollTo(0, 0);
  // Refused: what the answer says of that stands above the case.
  if (ctx.select !== INTO_THIS_PAGE.select) return;
  const address = ctx.response.headers.get("HX-Push-Url");
  if (address) {
    history.pushState(null, "", address);
    shown = location.pathname;
  }
  document.dispatchEvent(new CustomEvent("onshelf:case-opened"));
});

document.addEventListener("htmx:finally:request", (event) => {
  if (event.detail.ctx !== asked) return;
  sent = false;
  wake();
});

// Back to the case before: asked for anew, for it is not what it was.
addEventListener("popstate", () => { if (location.pathname !== shown) location.reload(); });

wake();
