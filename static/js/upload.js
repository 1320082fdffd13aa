// Files go up one request each with progress; without script the same form sends them at once.
//
// <form data-upload action="…" data-limit="20971520" hx-…> with <input type="file" multiple>:
// on choosing or dropping, each file is posted alone (fields of the form come along). For each, a
// <li class="tile"> is cloned from <template data-upload-tile> of the form into the element that
// `data-upload-list` selects; `[data-upload-name]`, `progress` and `[data-upload-cancel]` in it are
// filled and driven. The answer (a fragment) takes the tile's place. Events on the form:
// `onshelf:uploaded` after each.
import { text } from "./texts.js";
import { csrf, signedOut } from "./requests.js";

// Pictures stand in the order in which they arrive: one after the other keeps the chosen one.
const AT_ONCE = 1;
const queues = new WeakMap();
let going = 0;

// What has not arrived is lost with the page: the browser asks first.
addEventListener("beforeunload", (event) => { if (going > 0) event.preventDefault(); });

document.addEventListener("change", (event) => {
  const form = event.target.closest?.("form[data-upload]");
  if (!form || event.target.type !== "file") return;
  send(form, [...event.target.files], event.target.name);
  event.target.value = "";
});

for (const name of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(name, (event) => {
    const form = event.target.closest?.("[data-upload-drop]")?.querySelector("form[data-upload]")
      ?? event.target.closest?.("form[data-upload]");
    if (!form || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    form.classList.toggle("is-over", name === "dragover");
    if (name !== "drop") return;
    send(form, [...event.dataTransfer.files], form.querySelector('input[type="file"]').name);
  });
}

function send(form, files, field) {
  const queue = queues.get(form) ?? { waiting: [], running: 0 };
  queues.set(form, queue);
  going += files.length;
  for (const file of files) queue.waiting.push({ file, field, tile: tileFor(form, file) });
  pump(form, queue);
}

function pump(form, queue) {
  while (queue.running < AT_ONCE && queue.waiting.length) {
    const job = queue.waiting.shift();
    queue.running += 1;
    post(form, job).finally(() => {
      queue.running -= 1;
      going -= 1;
      pump(form, queue);
    });
  }
}

function post(form, { file, field, tile }) {
  const limit = Number(form.dataset.limit || 0);
  if (limit && file.size > limit) {
    fail(tile, text("too-large", { name: file.name, size: mb(file.size), limit: mb(limit) }));
    return Promise.resolve();
  }
  return new Promise((done) => {
    const request = new XMLHttpRequest();
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
    request.addEventListener("load", () => { finish(form, file, tile, request); done(); });
    request.addEventListener("error", () => { fail(tile, text("upload-failed", { name: file.name })); done(); });
    request.addEventListener("abort", () => { tile?.remove(); done(); });
    tile?.querySelector("[data-upload-cancel]")?.addEventListener("click", () => request.abort());
    request.send(body);
  });
}

function finish(form, file, tile, request) {
  const goes = request.getResponseHeader("HX-Redirect");
  if (request.status === 401 || goes) {
    fail(tile, text("upload-failed", { name: file.name }));
    signedOut(goes ?? "/sign-in?embedded=1");
    return;
  }
  // Our own server's fragment, parsed as htmx would: scripts in it never run under the policy.
  const fresh = document.createRange().createContextualFragment(request.responseText.trim());
  const first = fresh.firstElementChild;
  if (request.status >= 400 && !first?.matches("li")) {
    // The whole request was refused: the file has not arrived, and its tile says so.
    const why = first?.matches(".notice-sheet") ? first.textContent.replace(/\s+/g, " ").trim() : "";
    fail(tile, why || text("upload-failed", { name: file.name }));
    return;
  }
  if (tile && first) { tile.replaceWith(fresh); window.htmx?.process(first); } else if (tile) tile.remove();
  form.dispatchEvent(new CustomEvent("onshelf:uploaded", { bubbles: true }));
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

function fail(tile, sentence) {
  const place = tile?.querySelector("[data-upload-message]") ?? tile;
  tile?.querySelector("progress")?.remove();
  tile?.querySelector("[data-upload-cancel]")?.addEventListener("click", () => tile.remove());
  if (place) {
    const line = document.createElement("p");
    line.className = "finding finding-blocks";
    line.setAttribute("role", "alert");
    line.textContent = sentence;
    place.append(line);
  }
}

const mb = (bytes) => (bytes / 1048576).toFixed(1);
