// Which nodes and edges the filters let through, and which of them are drawn.

const edgeFiltersOn = () => state.without.length > 0 || state.min > 0 || state.from > 0 || state.to > 0;

/** A function that tells of an edge whether relation, confidence and years let it through. Undated facts stay. */
function edgeFilter() {
  const without = new Set(state.without.map((name) => core.relations.findIndex((relation) => relation.name === name)));
  const last = state.to || 9999;
  return (edge) =>
    !without.has(edges.relation[edge]) &&
    edges.confidence[edge] >= state.min &&
    (edges.from[edge] === 0 || (edges.from[edge] <= last && edges.to[edge] >= state.from));
}

/** A function that tells of a node whether class, district, field and its edges let it through. */
function nodeFilter(passes) {
  const hidden = new Set(state.hide.map((name) => core.classes.findIndex((cls) => cls.name === name)));
  const needsEdge = edgeFiltersOn();
  return (node) =>
    !hidden.has(nodes.cls[node]) &&
    (state.district < 0 || nodes.districts[node].includes(state.district)) &&
    (state.field < 0 || nodes.fields[node].includes(state.field)) &&
    (!needsEdge || edgesOf(node).some(passes));
}

/** Nodes within `hops` steps of a node over edges that pass, with their distance. */
function around(start, hops, passes) {
  const distance = new Map([[start, 0]]);
  for (const node of distance.keys()) {
    const step = distance.get(node);
    if (step === hops) break;
    for (const edge of edgesOf(node)) {
      const other = otherEnd(edge, node);
      if (passes(edge) && !distance.has(other)) distance.set(other, step + 1);
    }
  }
  return distance;
}

/** Edges of a shortest path, in order; null if there is none. */
function shortestPath(from, to, passes) {
  const cameBy = new Map([[from, -1]]);
  for (const node of cameBy.keys()) {
    if (node === to) break;
    for (const edge of edgesOf(node)) {
      const other = otherEnd(edge, node);
      if (passes(edge) && !cameBy.has(other)) cameBy.set(other, edge);
    }
  }
  if (!cameBy.has(to)) return null;
  const path = [];
  for (let node = to; node !== from; node = otherEnd(path[0], node)) path.unshift(cameBy.get(node));
  return path;
}

const MOST_AROUND = 600;

/** What is drawn now: sets of nodes and edges, those in focus (null: all), and how many the filters let through. */
function currentView() {
  const passes = edgeFilter();
  const wanted = nodeFilter(passes);
  const drawn = new Set();
  let through = 0;
  for (let node = 0; node < count.nodes; node += 1) {
    if (!wanted(node)) continue;
    through += 1;
    if (drawn.size < state.show) drawn.add(node);
  }
  const focus = focusOf(passes);
  for (const node of focus?.nodes ?? []) drawn.add(node);
  const lines = new Set();
  for (const node of drawn) {
    for (const edge of edgesOf(node)) if (passes(edge) && drawn.has(otherEnd(edge, node))) lines.add(edge);
  }
  return { nodes: drawn, edges: lines, focus, through };
}

function focusOf(passes) {
  if (state.path.length === 2) {
    const path = shortestPath(...state.path, passes) ?? [];
    const ends = path.flatMap((edge) => [edges.head[edge], edges.tail[edge]]);
    return { nodes: new Set([...state.path, ...ends]), edges: new Set(path) };
  }
  if (state.node < 0) return null;
  const found = new Set([...around(state.node, state.hops, passes).keys()].slice(0, MOST_AROUND));
  const inner = (edge) => found.has(edges.head[edge]) && found.has(edges.tail[edge]);
  const touches = (edge) => edges.head[edge] === state.node || edges.tail[edge] === state.node;
  return { nodes: found, edges: { has: (edge) => (state.hops === 1 ? touches(edge) : inner(edge)) } };
}
