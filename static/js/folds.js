// What a person has unfolded stays so when a swap redraws it: an answer folds nothing.
document.addEventListener("htmx:before:morph:attr", (event) => {
  if (event.detail.attrName === "open" && event.target.matches?.("details")) event.preventDefault();
});
