// The panel on the right: an overview, or all about what was picked, with the printed sentence behind each fact.

const LIST = 60; // facts of a kind that are listed at once

const goTo = (node, length = 80) =>
  make("button", { type: "button", className: "go", onclick: () => pick(node, { fly: true }) }, nameOf(node, length));

/** A sentence with the marked words in <mark>; offsets count code points. */
function quoted(text, marked) {
  const characters = [...text];
  const kinds = ["", "second", "third"];
  const spans = marked.flatMap((list, kind) => list.map(([start, end]) => [start, end, kinds[kind]])).sort((a, b) => a[0] - b[0]);
  const parts = [];
  let at = 0;
  for (const [start, end, kind] of spans) {
    if (start < at) continue;
    parts.push(characters.slice(at, start).join(""), make("mark", { className: kind }, characters.slice(start, end).join("")));
    at = end;
  }
  return [...parts, characters.slice(at).join("")];
}

/** The address if it is one of the web, else null. */
function webAddress(text) {
  try {
    const url = new URL(text);
    return ["http:", "https:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

function documentLine(number) {
  const [title, date, publisher, address] = core.documents[number] ?? ["", "", "", ""];
  const href = address && webAddress(address);
  return [
    make("bdi", {}, [short(title, 120), short(publisher, 60), date || say("undated")].filter(Boolean).join(" · ")),
    href ? make("span", {}, " · ", make("a", { href, target: "_blank", rel: "noopener noreferrer" }, say("source"))) : null,
  ];
}

function sentence([row, confidence, , marked]) {
  const [number, text] = detail("sentences", row);
  const foot = make("footer", {}, ...documentLine(number), ` · ${confidence}%`);
  return make("blockquote", {}, make("bdi", {}, ...quoted(text, marked)), foot);
}

function period(start, end, asOf) {
  if (start && end) return `${start} – ${end}`;
  if (start) return say("since", { start });
  if (end) return say("until", { end });
  return asOf ? say("as_of", { date: asOf }) : "";
}

/** One fact: the other end, its role and time; opens to the sentences that state it. */
function factRow(edge, node) {
  const [role, start, end, asOf, evidence] = detail("edges", edge);
  const status = core.statuses[edges.status[edge]];
  const other = otherEnd(edge, node);
  const row = make("details", { className: "fact" }, make("summary", {},
    shapeOf(classOf(other)),
    make("span", { className: "who" }, goTo(other), status === "asserted" ? "" : make("span", { className: `tag ${status}` }, say(status)),
      make("span", { className: "about" }, [short(role, 60), period(start, end, asOf), say("evidence", { n: evidence.length })].filter(Boolean).join(" · ")))));
  row.addEventListener("toggle", () => {
    if (row.open && row.children.length === 1) row.append(...evidence.map(sentence));
  });
  return row;
}

/** Facts of a node by relation and direction, most first. */
function factGroups(node) {
  const groups = new Map();
  for (const edge of edgesOf(node)) {
    const relation = core.relations[edges.relation[edge]];
    const outwards = relation.symmetric || edges.head[edge] === node;
    const key = `${outwards ? "" : "← "}${label(relation)}`;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(edge);
  }
  return [...groups].sort((a, b) => b[1].length - a[1].length);
}

function factSection([title, list], node) {
  const box = make("section", {}, make("h3", {}, title, make("span", { className: "number" }, ` ${list.length}`)));
  const showFrom = (start) => {
    box.append(...list.slice(start, start + LIST).map((edge) => factRow(edge, node)));
    const rest = list.length - start - LIST;
    if (rest <= 0) return;
    const more = make("button", { type: "button", className: "link" }, say("more", { n: Math.min(rest, LIST) }));
    more.addEventListener("click", () => {
      more.remove();
      showFrom(start + LIST);
    });
    box.append(more);
  };
  showFrom(0);
  return box;
}

// Numbers

const yearOf = (time) => {
  const [start, end] = time.split("/");
  const [y, m = 1] = (end ?? start).split("-").map(Number);
  return y ? y + (m - 1) / 12 : 0;
};

function figureText([, value, unit, printed, time, bound, , asOf]) {
  const exact = Math.abs(value) >= 1e5 || !printed ? digits(value) : printed;
  return [say(bound) && `${say(bound)} `, make("b", {}, exact), ` ${short(unit, 20)}`, make("span", { className: "when" }, ` ${time || (asOf ? say("as_of", { date: asOf }) : "")}`)];
}

/** A small line chart of values over time; goals are open circles. */
function chart(list) {
  const points = list.map((figure) => ({ x: yearOf(figure[4] || figure[7]), y: figure[1], goal: figure[5] === "target", figure }));
  points.sort((a, b) => a.x - b.x);
  const [low, high] = [points[0].x, points.at(-1).x];
  const top = Math.max(...points.map((point) => point.y), 0) || 1;
  const px = (x) => 20 + ((x - low) / Math.max(high - low, 1)) * 280;
  const py = (y) => 74 - (Math.max(y, 0) / top) * 54;
  const dots = points.map(({ x, y, goal }) => svg("circle", { cx: px(x), cy: py(y), r: 3.5, class: goal ? "target" : "" }));
  const words = points.flatMap(({ x, y, figure }) => {
    const anchor = x === low ? "start" : x === high ? "end" : "middle";
    const at = { x: px(x) + { start: -8, end: 8, middle: 0 }[anchor], "text-anchor": anchor };
    return [svg("text", { ...at, y: py(y) - 8 }, figure[3]), svg("text", { ...at, y: 90 }, String(Math.floor(x)))];
  });
  const line = svg("path", { d: points.map(({ x, y }, i) => `${i ? "L" : "M"}${px(x)} ${py(y)}`).join("") });
  return svg("svg", { viewBox: "0 0 320 96", class: "chart", role: "img" }, svg("line", { x1: 12, x2: 308, y1: 76, y2: 76 }), line, ...dots, ...words);
}

function figureSection(figures) {
  const groups = new Map();
  for (const figure of figures) {
    const key = `${figure[0]}（${figure[2]}）`;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(figure);
  }
  return [...groups].map(([key, list]) => {
    const dated = list.filter((figure) => yearOf(figure[4] || figure[7]) && Number.isFinite(figure[1]));
    const years = new Set(dated.map((figure) => yearOf(figure[4] || figure[7])));
    return make("div", { className: "figure" }, make("div", {}, make("bdi", {}, short(key, 80))), years.size > 1 ? chart(dated) : "",
      ...list.map((figure) => {
        const row = make("details", { className: "fact" }, make("summary", {}, make("span", { className: "who" }, ...figureText(figure),
          make("span", { className: "about" }, say("evidence", { n: figure[8].length })))));
        row.addEventListener("toggle", () => {
          if (row.open && row.children.length === 1) row.append(...figure[8].map(sentence));
        });
        return row;
      }));
  });
}

// The panel as a whole

function actions(node) {
  const button = (key, press, disabled = false) => make("button", { type: "button", onclick: press, disabled }, say(key));
  return make("div", { className: "actions" },
    button("step_out", () => change({ hops: state.hops + 1 }), state.hops >= 6),
    state.hops > 1 ? button("step_in", () => change({ hops: state.hops - 1 })) : "",
    button("path_from", () => change({ path: [node] })),
    button("close", () => change({ node: -1, hops: 1, path: [] })));
}

function nodePanel(node) {
  const [names, figures, documents] = detail("nodes", node);
  const others = names.filter(([text]) => short(text, 400) !== nameOf(node));
  const cls = classOf(node);
  return [
    make("div", { className: "title" }, shapeOf(cls), make("h2", {}, make("bdi", { className: "clip" }, nameOf(node)))),
    make("p", { className: "kind" }, [label(cls), ...nodes.districts[node].filter((d) => d !== node).map((d) => nameOf(d, 20))].join(" · ")),
    actions(node),
    ...(others.length ? [make("h3", {}, say("other_names")), make("ul", { className: "names" }, ...others.slice(0, 30).map(([text, lang, number]) =>
      make("li", { lang, title: number ? "" : say("not_printed") }, make("bdi", {}, short(text, 60)), number ? make("span", { className: "number" }, number) : "")))] : []),
    ...(figures.length ? [make("h3", {}, say("figures")), ...figureSection(figures)] : []),
    ...factGroups(node).map((group) => factSection(group, node)),
    make("h3", {}, say("named_in")),
    make("ul", { className: "rows" }, ...documents.slice(0, 40).map(([number, times]) =>
      make("li", {}, make("span", {}, ...documentLine(number).filter(Boolean), make("span", { className: "number" }, ` · ${say("times", { n: times })}`))))),
  ];
}

function pathPanel() {
  const [from, to] = state.path;
  const path = shortestPath(from, to, edgeFilter());
  const close = make("div", { className: "actions" }, make("button", { type: "button", onclick: () => change({ path: [] }) }, say("close")));
  const head = make("div", { className: "title" }, make("h2", {}, say("path")));
  if (!path) return [head, make("p", {}, say("no_path")), close];
  const steps = [make("li", {}, goTo(from))];
  let node = from;
  for (const edge of path) {
    const here = node;
    node = otherEnd(edge, here);
    const arrow = edges.head[edge] === here ? "→" : "←";
    const row = factRow(edge, here);
    row.open = path.length === 1;
    steps.push(make("li", { className: "via" }, make("span", { className: "when" }, `${arrow} ${label(core.relations[edges.relation[edge]])}`), row));
  }
  return [head, make("p", { className: "kind" }, make("bdi", {}, `${nameOf(from, 30)} – ${nameOf(to, 30)}`)), close, make("ul", { className: "steps" }, ...steps)];
}

function overviewPanel() {
  const number = (value, key) => make("div", {}, make("b", {}, digits(value)), make("span", {}, say(key)));
  const best = [...view.nodes].filter((node) => !["District", "Place", "IndustryField"].includes(classOf(node).name))
    .sort((a, b) => degree(b) - degree(a) || a - b).slice(0, 10);
  const fields = [...view.nodes].filter((node) => classOf(node).name === "IndustryField").sort((a, b) => degree(b) - degree(a) || a - b);
  return [
    make("div", { className: "title" }, make("h2", {}, say("overview"))),
    make("div", { className: "stats" }, number(count.nodes, "entities"), number(count.edges, "facts"), number(core.documents.length, "documents")),
    make("p", { className: "kind" }, say("hint")),
    make("h3", {}, say("best_connected")),
    bars(best.map((node) => [node, degree(node)])),
    ...titled("district", inDistricts().slice(0, 16)),
    ...titled("field", fields.slice(0, 10).map((node) => [node, degree(node)])),
  ];
}

const titled = (key, list) => (list.length ? [make("h3", {}, say(key)), bars(list)] : []);

/** Districts, and how many of the things that are drawn lie in each, most first. */
function inDistricts() {
  const numbers = new Map();
  for (const node of view.nodes) {
    for (const district of nodes.districts[node]) if (district !== node) numbers.set(district, (numbers.get(district) ?? 0) + 1);
  }
  return [...numbers].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
}

/** Things and numbers as a list with bars. */
function bars(list) {
  const most = Math.max(...list.map(([, number]) => number), 1);
  const row = ([node, number]) => {
    const bar = make("span", { className: "bar" });
    bar.style.width = `${8 + (72 * number) / most}px`;
    return make("li", {}, shapeOf(classOf(node)), goTo(node, 40), bar, make("span", { className: "number" }, digits(number)));
  };
  return make("ul", { className: "rows" }, ...list.map(row));
}

function showPanel() {
  const content = state.path.length === 2 ? pathPanel() : state.node >= 0 ? nodePanel(state.node) : overviewPanel();
  byId("panel").replaceChildren(...content);
  byId("panel").scrollTop = 0;
}

function showNotice() {
  const asking = state.path.length === 1;
  byId("notice").hidden = !asking;
  if (asking) byId("notice").replaceChildren(say("path_pick"), make("button", { type: "button", className: "link", onclick: () => change({ path: [] }) }, say("cancel")));
}
