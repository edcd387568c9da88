// The current view as a picture, as a table of facts and as a table of things.

function save(blob, name) {
  const href = URL.createObjectURL(blob);
  const link = make("a", { href, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(href), 10000);
}

/** A cell of a CSV file. A leading quote keeps spreadsheets from taking a text for a formula. */
function cell(value) {
  const text = typeof value === "string" && /^[=+\-@\t\r]/u.test(value) ? `'${value}` : String(value);
  return /[",\n\r]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const csv = (rows) => new Blob(["\ufeff", ...rows.map((row) => `${row.map(cell).join(",")}\r\n`)], { type: "text/csv;charset=utf-8" });

function factsTable() {
  const head = ["head", "head_class", "relation", "role", "tail", "tail_class", "start", "end", "as_of", "status", "confidence", "sentence", "document", "date"];
  const rows = [...view.edges].sort((a, b) => a - b).map((edge) => {
    const [role, start, end, asOf, [first]] = detail("edges", edge);
    const [number, text] = first ? detail("sentences", first[0]) : [-1, ""];
    const [title, date] = core.documents[number] ?? ["", ""];
    const [from, to] = [edges.head[edge], edges.tail[edge]];
    return [nodes.name[from], classOf(from).name, core.relations[edges.relation[edge]].name, role, nodes.name[to], classOf(to).name,
      start, end, asOf, core.statuses[edges.status[edge]], edges.confidence[edge] / 100, text, title, date];
  });
  return [head, ...rows];
}

function thingsTable() {
  const rows = [...view.nodes].sort((a, b) => a - b).map((node) => [
    nodes.id[node], nodes.name[node], classOf(node).name, degree(node), nodes.districts[node].map((d) => nodes.name[d]).join("; "),
    nodes.fields[node].map((f) => nodes.name[f]).join("; "), detail("nodes", node)[0].map(([text]) => text).join("; ")]);
  return [["id", "name", "class", "facts", "districts", "fields", "names"], ...rows];
}

function savePicture() {
  const drawn = byId("graph").querySelector("canvas");
  const canvas = make("canvas", { width: drawn.width, height: drawn.height });
  const ctx = canvas.getContext("2d");
  ctx.fillStyle = getComputedStyle(document.querySelector("main")).backgroundColor;
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  ctx.drawImage(drawn, 0, 0);
  canvas.toBlob((blob) => save(blob, "graph.png"));
}

const closeMenu = () => byId("export").removeAttribute("open");
byId("export-png").addEventListener("click", () => (savePicture(), closeMenu()));
byId("export-facts").addEventListener("click", () => (save(csv(factsTable()), "facts.csv"), closeMenu()));
byId("export-things").addEventListener("click", () => (save(csv(thingsTable()), "entities.csv"), closeMenu()));
