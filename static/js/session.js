// Signed out in mid-work: signing in happens in a window of its own, and this page goes on with the
// token of the new session. Nothing typed here is touched.
const channel = "BroadcastChannel" in window ? new BroadcastChannel("onshelf-session") : null;
const beside = document.querySelector("[data-signed-in-beside]");
let away = false;
let looked = false;

async function look() {
  const state = await session();
  if (!state.signed_in) return;
  away = false;
  take(state.csrf);
  document.querySelector("#notice [data-signed-out]")?.remove();
  document.dispatchEvent(new CustomEvent("onshelf:signed-in"));
}

// Whether somebody is signed in here, and the token of their session.
export async function session() {
  const answer = await fetch("/session", { headers: { Accept: "application/json" } });
  return answer.json();
}

export function take(token) {
  const meta = document.querySelector('meta[name="csrf-token"]');
  if (meta) meta.content = token;
  for (const field of document.querySelectorAll('input[name="csrf_token"]')) field.value = token;
}

document.addEventListener("onshelf:signed-out", () => { away = true; });
// 400 is how a form is answered whose token is of a session that is over.
document.addEventListener("htmx:finally:request", (event) => {
  const status = event.detail.ctx.response?.status;
  if (status === 200) looked = false;
  if (status !== 400) return;
  away = true;
  // Somebody may have signed in again already, in another tab: asked once, not over and over.
  if (!looked) look().catch(() => {});
  looked = true;
});
addEventListener("focus", () => { if (away) look().catch(() => {}); });
channel?.addEventListener("message", () => { if (away) look().catch(() => {}); });

if (beside) {
  channel?.postMessage("signed-in");
  // Only a window that a page of ours opened can be closed from here.
  setTimeout(() => window.close(), 1500);
}
