// Search as one types: by name in any script, pinyin and initials; Enter flies there.

const MOST_HITS = 30;
let hits = [];
let chosen = 0;

/** Nodes whose keys hold all words: those that equal or begin with it first, then by importance. */
function find(query) {
  const words = query.toLowerCase().split(/\s+/u).filter(Boolean);
  if (!words.length) return [];
  const ranked = [[], [], [], []];
  for (let node = 0; node < count.nodes; node += 1) {
    const keys = nodes.keys[node];
    if (words.every((word) => keys.includes(word))) ranked[rankOf(keys, words[0])].push(node);
  }
  return ranked.flat().slice(0, MOST_HITS);
}

function rankOf(keys, word) {
  if (keys.startsWith(`${word}\n`) || `\n${keys}\n`.includes(`\n${word}\n`)) return 0;
  if (keys.startsWith(word)) return 1;
  return keys.includes(`\n${word}`) ? 2 : 3;
}

function showHits() {
  const query = byId("query");
  const list = byId("hits");
  const open = query.value.trim() !== "";
  list.hidden = !open;
  query.setAttribute("aria-expanded", String(open));
  list.replaceChildren(...(hits.length ? hits.map(hitRow) : [make("li", { role: "option" }, say("no_hits"))]));
  if (hits.length) query.setAttribute("aria-activedescendant", `hit-${chosen}`);
  else query.removeAttribute("aria-activedescendant");
  list.children[chosen]?.scrollIntoView({ block: "nearest" });
}

function hitRow(node, row) {
  return make("li", { id: `hit-${row}`, role: "option", "aria-selected": String(row === chosen), onmousedown: (event) => {
    event.preventDefault();
    take(node);
  } }, shapeOf(classOf(node)), make("span", { className: "name" }, nameOf(node, 60)), make("span", { className: "note" }, `${label(classOf(node))} · ${degree(node)}`));
}

function take(node) {
  byId("query").value = "";
  hits = [];
  showHits();
  pick(node, { fly: true });
}

byId("query").addEventListener("input", () => {
  hits = find(byId("query").value);
  chosen = 0;
  showHits();
});
byId("query").addEventListener("focus", showHits);
byId("query").addEventListener("blur", () => {
  byId("hits").hidden = true;
});
byId("query").addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && hits.length) {
    chosen = (chosen + step + hits.length) % hits.length;
    showHits();
    event.preventDefault();
  } else if (event.key === "Enter" && hits.length) take(hits[chosen]);
  else if (event.key === "Escape") {
    byId("query").value = "";
    byId("query").blur();
  }
});
