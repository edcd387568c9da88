// The page's data: columns that are read at once, and portions that are read when they are asked for.

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const core = read("core");
const { nodes, edges } = core;
const count = { nodes: nodes.id.length, edges: edges.head.length };
const numberOf = new Map(nodes.id.map((id, node) => [id, node]));

const portions = new Map();

/** Row of `kind` ("nodes", "edges" or "sentences"); its portion is parsed once. */
function detail(kind, row) {
  const key = `${kind}-${Math.floor(row / core.portion)}`;
  if (!portions.has(key)) portions.set(key, read(key));
  return portions.get(key)[row % core.portion];
}

const endsOf = (edge) => (edges.head[edge] === edges.tail[edge] ? [edges.head[edge]] : [edges.head[edge], edges.tail[edge]]);

/** Edges of each node: those of node n are ends[starts[n]] to ends[starts[n + 1] - 1]. */
const adjacency = (() => {
  const starts = new Int32Array(count.nodes + 1);
  for (let edge = 0; edge < count.edges; edge += 1) for (const node of endsOf(edge)) starts[node + 1] += 1;
  for (let node = 0; node < count.nodes; node += 1) starts[node + 1] += starts[node];
  const ends = new Int32Array(starts[count.nodes]);
  const next = starts.slice();
  for (let edge = 0; edge < count.edges; edge += 1) for (const node of endsOf(edge)) ends[next[node]++] = edge;
  return { starts, ends };
})();

const edgesOf = (node) => adjacency.ends.subarray(adjacency.starts[node], adjacency.starts[node + 1]);
const otherEnd = (edge, node) => (edges.head[edge] === node ? edges.tail[edge] : edges.head[edge]);
const degree = (node) => adjacency.starts[node + 1] - adjacency.starts[node];
const classOf = (node) => core.classes[nodes.cls[node]];

// Characters that turn the direction of what follows; they have no business in a label.
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const short = (text, length) => {
  const plain = text.slice(0, 4 * length).replace(DIRECTION, "").replace(/\s+/gu, " ");
  const characters = [...plain];
  return characters.length > length ? characters.slice(0, length - 1).join("") + "…" : plain;
};
/** Its name, in English where the page speaks English and one is known. */
const nameOf = (node, length = 400) => short((state.lang === "en" && nodes.english[node]) || nodes.name[node], length) || say("unnamed");
