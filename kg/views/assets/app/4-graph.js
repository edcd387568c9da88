// The drawing: vis-network with what pyvis handed over, our own shapes and names, and the map beneath.

const COLOURS = {
  light: { ink: "#18202c", halo: "#ffffff", soft: "#566172", edge: "#7f8da3", strong: "#0b63b5", land: "#fbfaf6", coast: "#d3dae4", river: "#cbdcec", disc: "#ffffff" },
  dark: { ink: "#e8edf5", halo: "#10141b", soft: "#9aa6b8", edge: "#6f7f98", strong: "#6db5ff", land: "#1a212c", coast: "#2e3948", river: "#24364c", disc: "#18202b" },
};
const paint = () => COLOURS[state.theme];
const outlines = core.classes.map((cls) => new Path2D(cls.outline));
const place = (node) =>
  state.layout === "map" ? { x: nodes.x[node], y: nodes.y[node] } : { x: nodes.groupX[node], y: nodes.groupY[node] };

const FONT = '"Noto Sans SC", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif';
const SMALLEST = 3.2; // radius of a node on the screen, in pixels

let view = { nodes: new Set(), edges: new Set(), focus: null, through: 0 };
let hovered = -1;
let scale = 1;

const handed = read("drawing");
const shownNodes = new vis.DataSet(handed.nodes);
const shownEdges = new vis.DataSet(handed.edges);
const network = new vis.Network(byId("graph"), { nodes: shownNodes, edges: shownEdges }, {
  ...handed.options,
  nodes: { ...handed.options.nodes, shape: "custom", ctxRenderer: drawNode },
});

const faded = (node) => view.focus !== null && !view.focus.nodes.has(node);
const radiusOf = (node) => Math.max(nodes.size[node], SMALLEST / scale);

function drawNode({ ctx, id, x, y }) {
  const radius = radiusOf(id);
  return {
    drawNode() {
      ctx.translate(x, y);
      ctx.scale(radius, radius);
      ctx.globalAlpha = faded(id) ? 0.13 : 1;
      ctx.lineWidth = 0.24;
      ctx.strokeStyle = id === state.node || id === hovered ? paint().ink : paint().halo;
      ctx.stroke(outlines[nodes.cls[id]]);
      ctx.fillStyle = classOf(id)[state.theme];
      ctx.fill(outlines[nodes.cls[id]], "evenodd");
    },
    nodeDimensions: { width: 2 * radius, height: 2 * radius },
  };
}

// Edges

const MANY = 3000; // edges from which those out of focus all look the same, as repainting them takes seconds

const DASHES = { asserted: false, past: [2, 5], planned: [9, 6], negated: [1, 4] };

/** How an edge is painted, in one word, and how those were that are drawn: asking vis-network would copy each. */
const nearness = (edge) => (view.focus?.edges.has(edge) ? "near" : view.edges.size > MANY ? "many" : view.focus ? "far" : "plain");
const toneOf = (edge) => nearness(edge) + state.theme;
const tones = new Map();
const OPACITY = { near: 0.85, many: 0.15, far: 0.05, plain: 0.42 };

function drawnEdge(edge) {
  const near = view.focus?.edges.has(edge);
  const status = core.statuses[edges.status[edge]];
  const opacity = OPACITY[nearness(edge)];
  return {
    id: edge, from: edges.head[edge], to: edges.tail[edge], dashes: DASHES[status], width: near ? 1.8 : 1,
    color: { color: near ? paint().strong : paint().edge, opacity, inherit: false },
  };
}

const drawnNode = (node) => ({ id: node, size: nodes.size[node], ...place(node) });

/** Bring the drawing in line with the view: only what differs is touched. */
function updateDrawing(moved) {
  const goneEdges = shownEdges.getIds().filter((edge) => !view.edges.has(edge));
  const present = new Set(shownNodes.getIds());
  const goneNodes = [...present].filter((node) => !view.nodes.has(node));
  const newNodes = [...view.nodes].filter((node) => moved || !present.has(node));
  const newEdges = [...view.edges].filter((edge) => tones.get(edge) !== toneOf(edge));
  if (goneEdges.length) shownEdges.remove(goneEdges);
  if (goneNodes.length) shownNodes.remove(goneNodes);
  if (newNodes.length) shownNodes.update(newNodes.map(drawnNode));
  if (newEdges.length) shownEdges.update(newEdges.map(drawnEdge));
  for (const edge of goneEdges) tones.delete(edge);
  for (const edge of newEdges) tones.set(edge, toneOf(edge));
  network.redraw();
}

// The map, or the discs of the communities, beneath

function trace(ctx, line) {
  ctx.moveTo(line[0], line[1]);
  for (let i = 2; i < line.length; i += 2) ctx.lineTo(line[i], line[i + 1]);
}

function drawMap(ctx) {
  ctx.beginPath();
  for (const line of core.map.land) trace(ctx, line);
  ctx.fillStyle = paint().land;
  ctx.fill();
  ctx.lineWidth = 1 / scale;
  ctx.strokeStyle = paint().coast;
  ctx.stroke();
  ctx.beginPath();
  for (const line of core.map.water) trace(ctx, line);
  ctx.lineJoin = ctx.lineCap = "round";
  ctx.lineWidth = Math.min(core.map.reach / 90, 7 / scale);
  ctx.strokeStyle = paint().river;
  ctx.stroke();
}

function drawGroups(ctx) {
  ctx.fillStyle = paint().disc;
  ctx.strokeStyle = paint().coast;
  ctx.lineWidth = 1 / scale;
  for (const [x, y, radius] of core.groups) {
    ctx.beginPath();
    ctx.ellipse(x, y, radius * 1.12, radius, 0, 0, 2 * Math.PI);
    ctx.fill();
    ctx.stroke();
  }
}

network.on("beforeDrawing", (ctx) => {
  scale = network.getScale();
  (state.layout === "map" ? drawMap : drawGroups)(ctx);
});

// Names: the most important first, none upon another; more appear as one comes nearer

const MOST_NAMES = 220;
const widths = new Map();

/** Boxes on the screen that are taken, in cells of a coarse grid, so that a look-up is quick. */
function boxes() {
  const cells = new Map();
  const each = (box, visit) => {
    for (let x = Math.floor(box[0] / 64); x <= Math.floor(box[2] / 64); x += 1) {
      for (let y = Math.floor(box[1] / 32); y <= Math.floor(box[3] / 32); y += 1) if (visit(`${x},${y}`)) return true;
    }
    return false;
  };
  const meets = (one, two) => one[0] < two[2] && two[0] < one[2] && one[1] < two[3] && two[1] < one[3];
  return {
    free: (box, owner) => !each(box, (key) => cells.get(key)?.some(([other, by]) => by !== owner && meets(box, other))),
    take: (box, owner) => each(box, (key) => void (cells.has(key) ? cells.get(key).push([box, owner]) : cells.set(key, [[box, owner]]))),
  };
}

function widthOf(ctx, text, font) {
  const key = `${font}|${text}`;
  if (!widths.has(key)) {
    ctx.font = font;
    widths.set(key, ctx.measureText(text).width);
  }
  return widths.get(key);
}

const screenOf = (node) => network.canvasToDOM(place(node));

/** Nodes in the order in which they get names: what was picked, what is in focus, then by importance. */
function namingOrder() {
  const first = [hovered, state.node, ...state.path, ...(view.focus?.nodes ?? [])].filter((node) => view.nodes.has(node));
  const others = view.focus ? [...view.nodes].filter((node) => classOf(node).name === "District") : [...view.nodes];
  return [...new Set([...first, ...others.sort((a, b) => a - b)])];
}

function drawNames(ctx) {
  const { clientWidth: width, clientHeight: height } = byId("graph");
  const bodies = boxes();
  const names = boxes();
  const order = namingOrder().filter((node) => {
    const { x, y } = screenOf(node);
    return x > -20 && y > -20 && x < width + 20 && y < height + 20;
  });
  if (core.map.adrift && state.layout === "map" && !view.focus) drawCaption(ctx, names);
  for (const button of document.querySelectorAll(".zoom, #count")) keepFreeOf(button, names);
  const keepFree = (node) => {
    const { x, y } = screenOf(node);
    const radius = radiusOf(node) * scale * 0.8;
    bodies.take([x - radius, y - radius, x + radius, y + radius], node);
  };
  // Names of weight may stand upon small things, but not upon each other.
  const heavy = order.filter(isHeavy);
  const light = order.filter((node) => !isHeavy(node)).slice(0, 2000);
  heavy.forEach(keepFree);
  let written = heavy.filter((node) => drawName(ctx, node, names, bodies)).length;
  light.forEach(keepFree);
  for (const node of light) {
    if (written >= MOST_NAMES) break;
    written += drawName(ctx, node, names, bodies);
  }
}

/** No name may stand under a button that lies on the drawing. */
function keepFreeOf(element, names) {
  const { offsetLeft: left, offsetTop: top, offsetWidth: width, offsetHeight: height } = element;
  names.take([left, top, left + width, top + height], -1);
}

/** Above the things without a place, lest the bay be taken for one. */
function drawCaption(ctx, names) {
  const { x, y } = network.canvasToDOM({ x: core.map.adrift[0], y: core.map.adrift[1] });
  const width = widthOf(ctx, say("unplaced"), `400 12px ${FONT}`);
  names.take([x - width / 2 - 3, y - 34, x + width / 2 + 3, y - 16], -1);
  writeAt(ctx, say("unplaced"), x - width / 2, y - 25, { size: 12, weight: 400, colour: paint().soft });
}

const isChosen = (node) => node === hovered || node === state.node || state.path.includes(node);
const isHeavy = (node) => isChosen(node) || classOf(node).name === "District" ||
  (degree(node) >= 3 && (classOf(node).name === "Park" || node < 40));

function nameStyle(node) {
  const cls = classOf(node).name;
  if (cls === "District") return { size: 15, weight: 700 };
  if (cls === "Park" || node === state.node) return { size: 12.5, weight: 600 };
  return { size: 12, weight: 400 };
}

function drawName(ctx, node, names, bodies) {
  const must = isChosen(node);
  const { size, weight } = nameStyle(node);
  const latin = /^[\x20-\x7e]*$/u.test(nameOf(node, 8));
  const text = nameOf(node, must ? 40 : latin ? 26 : 14);
  const width = widthOf(ctx, text, `${weight} ${size}px ${FONT}`) + 4;
  const { x, y } = screenOf(node);
  const gap = radiusOf(node) * scale + 2;
  const spots = [[x - width / 2, y + gap], [x + gap + 2, y - size * 0.65], [x - gap - 2 - width, y - size * 0.65], [x - width / 2, y - gap - size * 1.3]];
  const box = ([left, top]) => [left - 2, top, left + width + 2, top + size * 1.3];
  const wide = byId("graph").clientWidth;
  const clear = spots.filter((candidate) => candidate[0] > 2 && candidate[0] + width < wide - 2 && names.free(box(candidate), node));
  const best = clear.find((candidate) => bodies.free(box(candidate), node));
  const spot = best ?? (classOf(node).name === "District" ? clear[0] : null) ?? (must ? spots[0] : null);
  if (!spot) return false;
  names.take(box(spot), node);
  writeAt(ctx, text, spot[0] + 2, spot[1] + size * 0.65, { size, weight, colour: paint().ink, alpha: faded(node) ? 0.4 : 1 });
  return true;
}

/** Write at a place of the screen in a size of the screen, whatever the zoom. */
function writeAt(ctx, text, left, middle, { size, weight, colour, alpha = 1 }) {
  const at = network.DOMtoCanvas({ x: left, y: middle });
  ctx.save();
  ctx.globalAlpha = alpha;
  ctx.font = `${weight} ${size / scale}px ${FONT}`;
  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  ctx.lineJoin = "round";
  ctx.lineWidth = 3.2 / scale;
  ctx.strokeStyle = paint().halo;
  ctx.strokeText(text, at.x, at.y);
  ctx.fillStyle = colour;
  ctx.fillText(text, at.x, at.y);
  ctx.restore();
}

network.on("afterDrawing", (ctx) => {
  drawNames(ctx);
  document.documentElement.dataset.drawn = "true";
});

// Moving about

function boundsOf(list) {
  const points = list.map(place);
  const xs = points.map((point) => point.x);
  const ys = points.map((point) => point.y);
  const edge = (values, least) => values.reduce((a, b) => (least ? Math.min(a, b) : Math.max(a, b)));
  return { left: edge(xs, true), right: edge(xs, false), top: edge(ys, true), bottom: edge(ys, false) };
}

/** Show all of some nodes, with room for their names. */
function fit(list = [...view.nodes], animate = false) {
  if (!list.length) return;
  const { left, right, top, bottom } = boundsOf(list);
  const { clientWidth: width, clientHeight: height } = byId("graph");
  const wanted = Math.min(Math.max(width - 210, width / 2) / Math.max(right - left, 1), Math.max(height - 80, height / 2) / Math.max(bottom - top, 1), 1.6);
  network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale: wanted, animation: animate && ease() });
}

const ease = () => (view.edges.size > MANY || matchMedia("(prefers-reduced-motion: reduce)").matches ? false : { duration: 450, easingFunction: "easeInOutQuad" });

function zoom(factor) {
  network.moveTo({ scale: Math.min(Math.max(network.getScale() * factor, 0.005), 6), animation: ease() });
}

/** Fly to a node, near enough to read what surrounds it. */
function flyTo(node) {
  network.moveTo({ position: place(node), scale: Math.max(network.getScale(), Math.min(14 / nodes.size[node], 1.1)), animation: ease() });
}

network.on("click", ({ nodes: [node], edges: [edge] }) => {
  if (node !== undefined) pick(node);
  else if (edge !== undefined && state.path.length !== 1) change({ path: [edges.head[edge], edges.tail[edge]] });
  else if (state.node >= 0 || state.path.length) change({ node: -1, hops: 1, path: [] });
});
network.on("hoverNode", ({ node }) => {
  hovered = node;
  byId("graph").style.cursor = "pointer";
  network.redraw();
});
network.on("blurNode", () => {
  hovered = -1;
  byId("graph").style.cursor = "";
  network.redraw();
});

/** Choose a node; where a path is being looked for, it is its end. */
function pick(node, { fly = false } = {}) {
  if (state.path.length === 1 && node !== state.path[0]) change({ path: [state.path[0], node], node, hops: 1 });
  else change({ node, hops: 1, path: state.path.length === 1 ? state.path : [] });
  if (fly) flyTo(node);
}
