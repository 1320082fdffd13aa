// Light, dark or the system's choice, without loading the page again; the cookie is the same.
document.addEventListener("submit", async (event) => {
  const form = event.target.closest?.("[data-theme-switch]");
  if (!form) return;
  event.preventDefault();
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form, event.submitter), redirect: "follow" });
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const theme = fresh.documentElement.dataset.bsTheme;
  if (theme) document.documentElement.dataset.bsTheme = theme;
  else delete document.documentElement.dataset.bsTheme;
  const replacement = fresh.querySelector("[data-theme-switch]");
  if (!replacement) return;
  form.replaceWith(replacement);
  replacement.querySelector("button").focus();
});
