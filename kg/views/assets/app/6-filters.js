// The column on the left: the legend is the filter of classes; relations, district, field, years and confidence.

const toggled = (list, name) => (list.includes(name) ? list.filter((other) => other !== name) : [...list, name]);
const tally = (column, kinds) => {
  const numbers = new Array(kinds).fill(0);
  for (const kind of column) numbers[kind] += 1;
  return numbers;
};
const nodesByClass = tally(nodes.cls, core.classes.length);
const edgesByRelation = tally(edges.relation, core.relations.length);

function toggle(on, press, ...children) {
  return make("li", {}, make("button", { type: "button", className: "toggle", "aria-pressed": String(on), onclick: press }, ...children));
}

function showLegend() {
  byId("legend").replaceChildren(...core.classes.flatMap((cls, number) => (nodesByClass[number] ? [
    toggle(!state.hide.includes(cls.name), () => change({ hide: toggled(state.hide, cls.name) }), shapeOf(cls),
      make("span", {}, label(cls)), make("span", { className: "number" }, digits(nodesByClass[number]))),
  ] : [])));
  byId("relations").replaceChildren(...core.relations.flatMap((relation, number) => (edgesByRelation[number] ? [
    toggle(!state.without.includes(relation.name), () => change({ without: toggled(state.without, relation.name) }),
      make("span", {}, label(relation)), make("span", { className: "number" }, digits(edgesByRelation[number]))),
  ] : [])));
  const hidesAll = (all, hidden) => hidden.length >= all.length;
  byId("classes-all").textContent = say(state.hide.length ? "all" : "none");
  byId("relations-all").textContent = say(state.without.length ? "all" : "none");
  return hidesAll;
}

function showChoice(id, cls, value) {
  const list = [...Array(count.nodes).keys()].filter((node) => classOf(node).name === cls);
  const option = (node) => make("option", { value: nodes.id[node] }, nameOf(node, 30));
  byId(id).replaceChildren(make("option", { value: "" }, say("all")), ...list.slice(0, 500).map(option));
  byId(id).value = value < 0 ? "" : nodes.id[value];
}

function showFilters() {
  const focused = document.activeElement;
  const where = focused?.closest("#legend, #relations")?.id;
  const row = where ? [...byId(where).querySelectorAll("button")].indexOf(focused) : -1;
  showLegend();
  if (row >= 0) byId(where).querySelectorAll("button")[row]?.focus();
  showChoice("district", "District", state.district);
  showChoice("field", "IndustryField", state.field);
  byId("from").value = state.from || "";
  byId("to").value = state.to || "";
  byId("confidence").value = state.min;
  byId("confidence-shown").textContent = `${state.min}%`;
}

const CLEAR = { hide: [], without: [], district: -1, field: -1, from: 0, to: 0, min: 0 };
const year = (id) => Math.min(Math.max(Number.parseInt(byId(id).value, 10) || 0, 0), 9999);

byId("classes-all").addEventListener("click", () => change({ hide: state.hide.length ? [] : core.classes.map((cls) => cls.name) }));
byId("relations-all").addEventListener("click", () => change({ without: state.without.length ? [] : core.relations.map((relation) => relation.name) }));
for (const id of ["district", "field"]) {
  byId(id).addEventListener("change", () => {
    change({ [id]: numberOf.get(byId(id).value) ?? -1 });
    fit(undefined, true);
  });
}
for (const id of ["from", "to"]) byId(id).addEventListener("change", () => change({ [id]: year(id) }));
byId("confidence").addEventListener("input", () => change({ min: Number(byId("confidence").value) }, { replace: true }));
byId("reset").addEventListener("click", () => {
  change(CLEAR);
  fit(undefined, true);
});

function showCount() {
  const drawnFacts = digits(view.edges.size);
  byId("shown").textContent = say("shown", { shown: digits(view.nodes.size), all: digits(count.nodes), facts: drawnFacts });
  const rest = view.through - Math.min(view.through, state.show);
  byId("more").hidden = byId("everything").hidden = rest <= 0;
  byId("more").textContent = say("more", { n: digits(Math.min(core.first, rest)) });
  if (rest > 0) byId("shown").textContent += `${state.lang === "zh" ? "；" : "; "}${say("left_out", { shown: digits(Math.min(state.show, view.through)), rest: digits(rest) })}`;
}

byId("more").addEventListener("click", () => change({ show: state.show + core.first }));
byId("everything").addEventListener("click", () => change({ show: count.nodes }));
