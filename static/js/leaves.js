// The pages of a PDF in the large view, one at a time: J and K, or Page Down and Up, turn them. What is
// said of them, and why one cannot be shown, comes from the server. Without this file the link leads to a
// page with the same.
const HEADERS = { "HX-Request": "true", "HX-Request-Type": "partial" };
const TURNS = { KeyJ: "next", PageDown: "next", KeyK: "prev", PageUp: "prev" };

// Asks for the page at *address*. What is shown stays until `show(image, words)` is called, with its picture
// or with the words in its place; `fail()` where there was no answer.
export async function turnTo(box, address, show, fail) {
  box.dataset.asked = address;
  const leaf = await fetched(address);
  const image = leaf && await loaded(leaf.querySelector("img"));
  // Another page was asked for since, or the view is closed.
  if (box.dataset.asked !== address || !box.open) return;
  const words = leaf?.querySelector("[data-leaf-lost]");
  if (!image && !words) { fail(); return; }
  put(box, leaf);
  if (words) said(box, words.textContent);
  show(image, words);
}

export function closeLeaves(box) {
  delete box.dataset.asked;
  bar(box).replaceChildren();
  bar(box).hidden = true;
  said(box, "");
}

// Where a click or a key leads from here; undefined where it is none that turns a page.
export function turnOf(event) {
  const box = event.target.closest?.("#zoom");
  if (!box || bar(box).hidden) return undefined;
  if (event.type === "click") return event.target.closest("a[rel=prev], a[rel=next]")?.href;
  const rel = TURNS[event.code];
  // At its actual size a page is read from top to bottom before the next one.
  if (!rel || (box.classList.contains("zoom-full") && event.code.startsWith("Page"))) return undefined;
  return bar(box).querySelector(`a[rel=${rel}]`)?.href;
}

async function fetched(address) {
  try {
    const answer = await fetch(address, { headers: HEADERS });
    const text = await answer.text();
    return new DOMParser().parseFromString(text, "text/html").querySelector("[data-leaf]");
  } catch {
    return null;
  }
}

async function loaded(drawn) {
  if (!drawn) return null;
  const image = Object.assign(new Image(), { src: drawn.getAttribute("src"), alt: drawn.alt });
  try {
    await image.decode();
    return image;
  } catch {
    return null;
  }
}

// The ways to the other pages; whoever turned by one of them stays on it.
function put(box, leaf) {
  const rel = bar(box).querySelector("a:focus")?.rel;
  bar(box).replaceChildren(leaf.querySelector("[data-leaf-bar]"));
  bar(box).hidden = false;
  said(box, bar(box).querySelector("[data-leaf-count]").textContent);
  if (rel) (bar(box).querySelector(`a[rel=${rel}]`) ?? box.querySelector(".zoom-room")).focus();
}

function said(box, words) {
  box.querySelector("[data-leaf-said]").textContent = words.trim();
}

const bar = (box) => box.querySelector(".zoom-leaf");
