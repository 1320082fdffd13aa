// The page's own language: sentences stand in <template id="texts">, places in braces.
const shelf = document.getElementById("texts");

export function text(name, places = {}) {
  const sentence = shelf?.getAttribute(`data-${name}`) ?? "";
  return sentence.replace(/\{(\w+)\}/g, (_, place) => places[place] ?? "");
}
