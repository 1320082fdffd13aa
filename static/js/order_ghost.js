// What follows the pointer while a tile is dragged: its picture, and in words where it would land.

export function ghostOf(tile) {
  const ghost = document.createElement("div");
  ghost.className = "tile-ghost";
  ghost.setAttribute("aria-hidden", "true");
  const picture = tile.querySelector(".tile-picture > img, .tile-picture > svg").cloneNode(true);
  picture.removeAttribute("sizes");
  ghost.append(picture, document.createElement("span"));
  document.body.append(ghost);
  return ghost;
}

export function carry(ghost, x, y) {
  ghost.style.transform = `translate(${x + 12}px, ${y + 12}px)`;
}

export function drop(ghost) {
  ghost.remove();
}
