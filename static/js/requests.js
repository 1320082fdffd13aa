// htmx: the CSRF header, the running line after 400 ms, and requests that did not arrive.
import { say, alertNow } from "./live.js";
import { text } from "./texts.js";

// When a save is sent, in milliseconds since the page was opened. A line may turn two saves round, and
// a lost one may come after all: by this the server knows which was the later.
const turn = () => Math.round(performance.now());
const csrf = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";
let open = 0;
let timer = 0;

function start() {
  open += 1;
  if (open === 1) timer = setTimeout(() => document.body.classList.add("is-loading"), 400);
}

function finish() {
  open = Math.max(0, open - 1);
  if (open) return;
  clearTimeout(timer);
  document.body.classList.remove("is-loading");
}

document.addEventListener("htmx:config:request", (event) => {
  const { request } = event.detail.ctx;
  if (request.method !== "GET") request.headers["X-CSRFToken"] = csrf();
});
document.addEventListener("htmx:before:request", start);
document.addEventListener("htmx:finally:request", finish);

// A page being left for another runs the line too.
addEventListener("beforeunload", () => start());
addEventListener("pageshow", () => { open = 1; finish(); });

// Signed out in the middle of work: the page and what is typed stay; signing in happens beside it.
document.addEventListener("htmx:before:response", (event) => {
  const { response } = event.detail.ctx;
  const goes = response.headers.get("HX-Redirect");
  const away = response.status === 401 || (goes && isSignIn(goes) && !isSignIn(location.href));
  if (!away) return;
  event.preventDefault();
  signedOut(goes ?? "/sign-in?embedded=1");
  document.dispatchEvent(new CustomEvent("onshelf:signed-out", { detail: event.detail }));
});

document.addEventListener("htmx:error", (event) => {
  if (!navigator.onLine || !event.detail.ctx) return;
  say(text("failed"));
});

const isSignIn = (url) => new URL(url, location.href).pathname === signInPath();
const signInPath = () => document.body.dataset.signIn || "/sign-in";

export function signedOut(url) {
  const notice = document.getElementById("notice");
  if (!notice || notice.querySelector("[data-signed-out]")) return;
  const sheet = document.createElement("div");
  sheet.className = "notice-sheet role-stop";
  sheet.dataset.signedOut = "";
  const words = document.createElement("p");
  words.textContent = text("signed-out") + " ";
  const link = document.createElement("a");
  link.href = url;
  link.target = "_blank";
  link.rel = "noopener";
  link.textContent = text("sign-in");
  words.append(link);
  sheet.append(words);
  notice.replaceChildren(sheet);
  alertNow(text("signed-out"));
}

export { csrf, turn };
