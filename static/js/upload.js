// Files go up one request each with progress; without script the same form sends them at once.
//
// <form data-upload action="…" data-limit="20971520" hx-…> with <input type="file" multiple>:
// on choosing, photographing, dropping or (`data-upload-paste`) pasting, each file is posted alone
// (fields of the form come along). For each, a <li class="tile"> is cloned from
// <template data-upload-tile> of the form into the element that `data-upload-list` selects;
// `[data-upload-name]`, `progress`, `[data-upload-cancel]` and `[data-upload-retry]` in it are
// filled and driven. The answer (a fragment) takes the tile's place. A ZIP may be as large as
// `data-archive-limit`. Events on the form: `onshelf:uploaded` after each.
import { text } from "./texts.js";
import { say } from "./live.js";
import { csrf, signedOut } from "./requests.js";
import { session, take } from "./session.js";

// Pictures stand in the order in which they arrive: one after the other keeps the chosen one.
const AT_ONCE = 1;
// A line that breaks for one file every time is not tried for ever without being asked.
const BY_ITSELF = 3;
const queues = new Map();

// What has not arrived is lost with the page: the browser asks first.
addEventListener("beforeunload", (event) => {
  if ([...queues.values()].some((queue) => queue.jobs.size > 0)) event.preventDefault();
});

document.addEventListener("change", (event) => {
  const form = event.target.closest?.("form[data-upload]");
  if (!form || event.target.type !== "file") return;
  send(form, [...event.target.files]);
  event.target.value = "";
});

for (const name of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(name, (event) => {
    const form = event.target.closest?.("[data-upload-drop]")?.querySelector("form[data-upload]")
      ?? event.target.closest?.("form[data-upload]");
    if (!form || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    form.classList.toggle("is-over", name === "dragover");
    if (name === "drop") send(form, [...event.dataTransfer.files]);
  });
}

// A spreadsheet's cells come with a picture of themselves: where there is text, text was meant.
document.addEventListener("paste", (event) => {
  const form = document.querySelector("form[data-upload-paste]");
  const files = [...event.clipboardData?.files ?? []];
  if (!form || !files.length || event.clipboardData.types.includes("text/plain")) return;
  event.preventDefault();
  send(form, files.map(named));
  say(text("pasting", { count: files.length }));
});

// Every pasted picture is called image.png: two of them are told apart by when they came.
let pastes = 0;
function named(file) {
  if (!/^image\.\w+$/.test(file.name)) return file;
  pastes += 1;
  return new File([file], `${text("pasted")}-${pastes}.${file.name.split(".").pop()}`, { type: file.type });
}

function send(form, files) {
  const queue = queues.get(form) ?? { waiting: [], jobs: new Set(), running: 0 };
  queues.set(form, queue);
  for (const file of files) {
    const job = { form, queue, file, tile: tileFor(form, file), tries: 0, failed: "", request: null };
    queue.jobs.add(job);
    queue.waiting.push(job);
    job.tile?.querySelector("[data-upload-cancel]")?.addEventListener("click", () => drop(job));
    job.tile?.querySelector("[data-upload-retry]")?.addEventListener("click", () => retry(job));
  }
  pump(queue);
}

function pump(queue) {
  while (navigator.onLine && queue.running < AT_ONCE && queue.waiting.length) {
    const job = queue.waiting.shift();
    queue.running += 1;
    post(job).finally(() => {
      queue.running -= 1;
      pump(queue);
    });
  }
}

// Taken back by hand, whatever it was about to do.
function drop(job) {
  job.queue.waiting = job.queue.waiting.filter((each) => each !== job);
  end(job);
  job.request?.abort();
  job.tile?.remove();
}

function end(job) {
  job.queue.jobs.delete(job);
}

function queueAgain(job) {
  if (!job.failed) return;
  job.failed = "";
  const { tile } = job;
  tile?.querySelector("[data-upload-message]")?.replaceChildren();
  const button = tile?.querySelector("[data-upload-retry]");
  const held = button === document.activeElement;
  if (button) button.hidden = true;
  if (held) tile.querySelector("[data-upload-cancel]")?.focus();
  job.queue.waiting.push(job);
  pump(job.queue);
}

// The session may be another one since: its token is asked for first.
async function retry(job) {
  job.tries = 0;
  try {
    const state = await session();
    if (state.signed_in) take(state.csrf);
    else signedOut("/sign-in?embedded=1");
  } catch { /* Not there yet: trying says so. */ }
  queueAgain(job);
}

// What the line lost, in the order in which it was sent: when it is back, none of it needs a hand.
function resume(queue, why) {
  const lost = [...queue.jobs].filter((job) => job.failed === why && job.tries < BY_ITSELF);
  for (const job of lost) queueAgain(job);
  pump(queue);
}

addEventListener("online", () => { for (const queue of queues.values()) resume(queue, "line"); });
document.addEventListener("onshelf:signed-in", () => {
  for (const queue of queues.values()) resume(queue, "session");
});

function post(job) {
  const { form, file, tile } = job;
  const zip = /\.zip$/i.test(file.name);
  const limit = Number((zip && form.dataset.archiveLimit) || form.dataset.limit || 0);
  if (limit && file.size > limit) {
    fail(job, "size", text("too-large", { name: file.name, size: mb(file.size), limit: mb(limit) }));
    return Promise.resolve();
  }
  job.tries += 1;
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    const field = form.querySelector('input[type="file"]').name;
    const body = new FormData(form);
    body.delete(field);
    body.append(field, file, file.name);
    request.open("POST", form.action);
    request.setRequestHeader("HX-Request", "true");
    request.setRequestHeader("HX-Request-Type", "partial");
    request.setRequestHeader("X-CSRFToken", csrf());
    request.upload.addEventListener("progress", (event) => {
      const bar = tile?.querySelector("progress");
      if (bar && event.lengthComputable) { bar.max = event.total; bar.value = event.loaded; }
    });
    request.addEventListener("load", () => { finish(job, request); done(); });
    request.addEventListener("error", () => { fail(job, "line", text("upload-failed", { name: file.name })); done(); });
    request.addEventListener("abort", () => done());
    bar(tile).hidden = false;
    job.request = request;
    request.send(body);
  });
}

const bar = (tile) => tile?.querySelector("progress") ?? {};

function finish(job, request) {
  const { form, file, tile } = job;
  const goes = request.getResponseHeader("HX-Redirect");
  if (request.status === 401 || goes) {
    fail(job, "session", text("upload-signed-out", { name: file.name }));
    signedOut(goes ?? "/sign-in?embedded=1");
    document.dispatchEvent(new Event("onshelf:signed-out"));
    return;
  }
  // Our own server's fragment, parsed as htmx would: scripts in it never run under the policy.
  const fresh = document.createRange().createContextualFragment(request.responseText.trim());
  const first = fresh.firstElementChild;
  if (request.status >= 500 || (request.status >= 400 && !first?.matches("li"))) {
    // Nothing is wrong with the file: it has not been taken in, and its tile says why.
    const why = first?.matches(".notice-sheet") ? first : first?.querySelector(".finding");
    const said = why?.textContent.replace(/\s+/g, " ").trim();
    fail(job, "server", said || text("upload-again", { name: file.name }));
    return;
  }
  end(job);
  if (tile && first) { tile.replaceWith(fresh); window.htmx?.process(first); } else if (tile) tile.remove();
  form.dispatchEvent(new CustomEvent("onshelf:uploaded", { bubbles: true }));
  // One came through after another had not: the line is back.
  resume(job.queue, "line");
}

function tileFor(form, file) {
  const list = document.querySelector(form.dataset.uploadList || "[data-upload-tiles]");
  const pattern = form.querySelector("template[data-upload-tile]")?.content.firstElementChild;
  if (!list || !pattern) return null;
  const tile = pattern.cloneNode(true);
  const name = tile.querySelector("[data-upload-name]");
  if (name) name.textContent = file.name;
  list.append(tile);
  return tile;
}

// What the browser itself turns away will be no smaller the next time: that is no work to lose.
function fail(job, why, sentence) {
  const { tile } = job;
  const place = tile?.querySelector("[data-upload-message]") ?? tile;
  job.failed = why;
  job.request = null;
  bar(tile).hidden = true;
  if (why === "size") end(job);
  const button = tile?.querySelector("[data-upload-retry]");
  if (button) button.hidden = why === "size";
  if (!place) return;
  const line = document.createElement("p");
  line.className = "finding finding-blocks";
  line.setAttribute("role", "alert");
  line.textContent = sentence;
  place.replaceChildren(line);
}

const mb = (bytes) => (bytes / 1048576).toFixed(1);
