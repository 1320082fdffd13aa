// A rectangle on the picture for the crop by hand: pointer, touch or keys draw it, the four fields
// say it. Whatever is sent is what the fields say.
import { say } from "./live.js";

const crop = document.querySelector("[data-crop]");
const FIELDS = ["left", "top", "width", "height"];
const LEAST = 1;
const EDGES = ["nw", "n", "ne", "e", "se", "s", "sw", "w"];
// With square proportions the middle of a side pulls the corner next to it.
const CORNER = { n: "ne", e: "se", s: "se", w: "sw" };
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const SVG = "http://www.w3.org/2000/svg";

if (crop) start();

function start() {
  const wide = Number(crop.dataset.width);
  const high = Number(crop.dataset.height);
  const lines = crop.querySelector("[data-crop-lines]");
  const frame = lines.querySelector(".crop-box");
  const fields = FIELDS.map((name) => crop.querySelector(`[name="${name}"]`));
  const sized = crop.querySelector("[data-crop-size]");
  const sides = sized.dataset.sides.split(" ").map(Number);
  const reaches = EDGES.map((edge) => handle(edge, "crop-reach"));
  const handles = EDGES.map((edge) => handle(edge, "crop-handle"));
  let box = read() ?? { left: 0, top: 0, width: 100, height: 100 };

  lines.removeAttribute("aria-hidden");
  lines.setAttribute("focusable", "true");
  lines.setAttribute("tabindex", "0");
  lines.setAttribute("role", "application");
  lines.setAttribute("aria-label", lines.dataset.label);

  const isSquare = () => crop.querySelector('[name="shape"]:checked')?.value === "square";

  function handle(edge, kind) {
    const dot = document.createElementNS(SVG, "circle");
    dot.setAttribute("class", `${kind} crop-${edge}`);
    dot.dataset.edge = edge;
    return lines.appendChild(dot);
  }

  function read() {
    const parts = fields.map((field) => Number(field.value.replace(",", ".").replace("%", "") || NaN));
    const [left, top, width, height] = parts;
    const fits = parts.every((part) => part >= 0) && width >= LEAST && height >= LEAST
      && left + width <= 100 && top + height <= 100;
    return fits ? { left, top, width, height } : null;
  }

  function put(wish) {
    const width = bounded(wish.width, LEAST, 100);
    const height = bounded(wish.height, LEAST, 100);
    box = { left: bounded(wish.left, 0, 100 - width), top: bounded(wish.top, 0, 100 - height), width, height };
    write();
    draw();
  }

  // Both ends are rounded, not start and length: together those may come to more than the picture.
  function write() {
    const [left, top] = [round(box.left), round(box.top)];
    const width = Math.max(LEAST, round(round(box.left + box.width) - left));
    const height = Math.max(LEAST, round(round(box.top + box.height) - top));
    [left, top, width, height].forEach((part, n) => { fields[n].value = part; });
  }

  function draw() {
    const [x, y] = [box.left * wide / 100, box.top * high / 100];
    const [right, bottom] = [x + box.width * wide / 100, y + box.height * high / 100];
    lines.querySelector(".crop-shade").setAttribute("d", `M0 0H${wide}V${high}H0ZM${x} ${y}V${bottom}H${right}V${y}Z`);
    for (const [name, value] of Object.entries({ x, y, width: right - x, height: bottom - y })) frame.setAttribute(name, value);
    const scale = wide / (lines.clientWidth || wide);
    // A finger takes more than the eye needs, but never all of a small rectangle.
    const reach = Math.max(7 * scale, Math.min(22 * scale, (right - x) / 4, (bottom - y) / 4));
    for (const dot of [...reaches, ...handles]) {
      const { edge } = dot.dataset;
      dot.setAttribute("cx", edge.includes("w") ? x : edge.includes("e") ? right : (x + right) / 2);
      dot.setAttribute("cy", edge.includes("n") ? y : edge.includes("s") ? bottom : (y + bottom) / 2);
      dot.setAttribute("r", handles.includes(dot) ? 7 * scale : reach);
    }
    const left = sides.map((side, n) => Math.round(side * [box.width, box.height][n] / 100));
    sized.textContent = `${left[0].toLocaleString()} × ${left[1].toLocaleString()} px`;
    sized.hidden = !sides.every(Boolean);
  }

  // The side opposite of the one that is pulled stays where it is.
  function resized(from, edge, x, y) {
    if (isSquare()) return squared(from, CORNER[edge] ?? edge, x, y);
    const right = from.left + from.width;
    const bottom = from.top + from.height;
    const made = { ...from };
    if (edge.includes("w")) made.width = right - (made.left = bounded(x, 0, right - LEAST));
    if (edge.includes("e")) made.width = bounded(x, from.left + LEAST, 100) - from.left;
    if (edge.includes("n")) made.height = bottom - (made.top = bounded(y, 0, bottom - LEAST));
    if (edge.includes("s")) made.height = bounded(y, from.top + LEAST, 100) - from.top;
    return made;
  }

  // By a key: of a square both sides.
  function longer(x, y) {
    const [right, bottom] = [box.left + box.width, box.top + box.height];
    if (!isSquare()) return resized(box, x ? "e" : "s", right + x, bottom + y);
    const across = x || y * high / wide;
    return squared(box, "se", right + across, bottom + across * wide / high);
  }

  function squared(from, edge, x, y) {
    const [west, north] = [edge.includes("w"), edge.includes("n")];
    const fixed = { x: west ? from.left + from.width : from.left, y: north ? from.top + from.height : from.top };
    const most = Math.min((west ? fixed.x : 100 - fixed.x) * wide, (north ? fixed.y : 100 - fixed.y) * high);
    const side = Math.min(most, Math.max(Math.abs(x - fixed.x) * wide, Math.abs(y - fixed.y) * high, LEAST * Math.max(wide, high)));
    const [width, height] = [side / wide, side / high];
    return { left: west ? fixed.x - width : fixed.x, top: north ? fixed.y - height : fixed.y, width, height };
  }

  function point(event) {
    const area = lines.getBoundingClientRect();
    return [(event.clientX - area.left) / area.width * 100, (event.clientY - area.top) / area.height * 100];
  }

  let pulled = null;
  lines.addEventListener("pointerdown", (event) => {
    const edge = event.target.dataset.edge ?? (event.target === frame ? "" : null);
    if (edge === null || event.button) return;
    event.preventDefault();
    lines.focus({ preventScroll: true });
    lines.setPointerCapture(event.pointerId);
    pulled = { edge, from: box, at: point(event) };
  });
  lines.addEventListener("pointermove", (event) => {
    if (!pulled) return;
    const [x, y] = point(event);
    const { edge, from, at } = pulled;
    put(edge ? resized(from, edge, x, y) : { ...from, left: from.left + x - at[0], top: from.top + y - at[1] });
  });
  for (const over of ["pointerup", "pointercancel"]) lines.addEventListener(over, () => { pulled = null; });

  lines.addEventListener("keydown", (event) => {
    if (event.key === "Enter") crop.querySelector("form .btn-primary").click();
    const step = STEPS[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const [x, y] = step;
    if (event.shiftKey) put(longer(x, y));
    else put({ ...box, left: box.left + x, top: box.top + y });
    say(fields.map((field) => `${field.labels[0].textContent.trim()} ${field.value}%`).join(", "));
  });
  crop.addEventListener("change", (event) => {
    if (event.target.name === "shape" && isSquare()) put(within(box));
  });
  crop.addEventListener("input", (event) => {
    if (fields.includes(event.target)) { box = read() ?? box; draw(); }
  });

  function within(from) {
    const side = Math.min(from.width * wide, from.height * high);
    const [width, height] = [side / wide, side / high];
    return { left: from.left + (from.width - width) / 2, top: from.top + (from.height - height) / 2, width, height };
  }

  new ResizeObserver(draw).observe(lines);
  draw();
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.isComposing) document.querySelector("[data-crop-leave]")?.click();
});

function bounded(value, least, most) {
  return Math.min(Math.max(value, least), most);
}

function round(part) {
  return Math.round(part * 100) / 100;
}
