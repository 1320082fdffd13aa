// Native dialogs and the one menu: opened by a button, closed by Escape, the focus goes back.
document.addEventListener("click", (event) => {
  const opener = event.target.closest?.("[data-dialog]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.dialog);
    if (!dialog) return;
    event.preventDefault();
    // Opened by a key, it gives the focus back to where the reader was.
    const before = document.activeElement === document.body ? opener : document.activeElement;
    dialog.addEventListener("close", () => before.isConnected && before.focus(), { once: true });
    dialog.showModal();
    return;
  }
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing) return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
