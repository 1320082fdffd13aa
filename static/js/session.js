// Signed out in mid-work: signing in happens in a window of its own, and this page goes on with the
// token of the new session. Nothing typed here is touched.
const channel = "BroadcastChannel" in window ? new BroadcastChannel("onshelf-session") : null;
const beside = document.querySelector("[data-signed-in-beside]");
let away = false;

async function look() {
  const answer = await fetch("/session", { headers: { Accept: "application/json" } });
  const state = await answer.json();
  if (!state.signed_in) return;
  away = false;
  take(state.csrf);
  document.querySelector("#notice [data-signed-out]")?.remove();
  document.dispatchEvent(new CustomEvent("onshelf:signed-in"));
}

function take(token) {
  const meta = document.querySelector('meta[name="csrf-token"]');
  if (meta) meta.content = token;
  for (const field of document.querySelectorAll('input[name="csrf_token"]')) field.value = token;
}

document.addEventListener("onshelf:signed-out", () => { away = true; });
// 400 is how a form is answered whose token is of a session that is over.
document.addEventListener("htmx:finally:request", (event) => {
  if (event.detail.ctx.response?.status === 400) away = true;
});
addEventListener("focus", () => { if (away) look().catch(() => {}); });
channel?.addEventListener("message", () => { if (away) look().catch(() => {}); });

if (beside) {
  channel?.postMessage("signed-in");
  // Only a window that a page of ours opened can be closed from here.
  setTimeout(() => window.close(), 1500);
}
