// Blocks of cells as spreadsheets put them on the clipboard: tabs, lines, quotes around both.
export function readBlock(text) {
  const rows = [];
  let row = [];
  let at = 0;
  const body = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  while (at <= body.length) {
    const [cell, next] = body[at] === '"' ? quoted(body, at) : plain(body, at);
    row.push(cell);
    if (next >= body.length || body[next] === "\n") {
      rows.push(row);
      row = [];
    }
    if (next >= body.length) break;
    at = next + 1;
  }
  return rows;
}

function plain(body, at) {
  let end = at;
  while (end < body.length && body[end] !== "\t" && body[end] !== "\n") end += 1;
  return [body.slice(at, end).trim(), end];
}

// `"two ""words"""`; what only looks quoted is taken as it stands.
function quoted(body, at) {
  let cell = "";
  for (let n = at + 1; n < body.length; n += 1) {
    if (body[n] !== '"') cell += body[n];
    else if (body[n + 1] === '"') { cell += '"'; n += 1; }
    else if (n + 1 === body.length || "\t\n".includes(body[n + 1])) return [cell.trim(), n + 1];
    else return plain(body, at);
  }
  return plain(body, at);
}

export function writeBlock(rows) {
  const cell = (value) => (/["\t\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  return rows.map((row) => row.map(cell).join("\t")).join("\n");
}
