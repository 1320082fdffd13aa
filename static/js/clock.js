// What time it is by the server. This machine's own clock may be minutes off; whatever counts down says
// when it was drawn, and from that the difference is known.
let ahead = 0;

export const now = () => Date.now() + ahead;

// `drawn` is such an instant, and `age` how many milliseconds ago it came here.
export function drawnAt(drawn, age = 0) {
  ahead = Date.parse(drawn) + age - Date.now();
}
