// What the page shows, kept in the address after the #, so that a view can be sent to someone.

const KINDS = {
  node: "number", layout: "word", hops: "digit", path: "numbers", hide: "names", without: "names", district: "number",
  field: "number", from: "digit", to: "digit", min: "digit", show: "digit", lang: "word", theme: "word",
};

const START = {
  node: -1, layout: "map", hops: 1, path: [], hide: [], without: [], district: -1, field: -1, from: 0, to: 0, min: 0,
  show: core.first, lang: /^zh/iu.test(navigator.language) || !navigator.language.startsWith("en") ? "zh" : "en",
  theme: matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light",
};

let state = { ...START };
const watchers = [];
const watch = (react) => watchers.push(react);

const WRITE = {
  number: (node) => nodes.id[node] ?? "", numbers: (list) => list.map((node) => nodes.id[node]).join("~"),
  word: String, digit: String, names: (list) => list.join("~"),
};
const READ = {
  number: (text) => numberOf.get(text) ?? -1,
  numbers: (text) => text.split("~").map((id) => numberOf.get(id)).filter((node) => node !== undefined),
  word: (text) => text.replace(/[^a-z]/gu, ""), digit: (text) => Math.max(0, Number.parseInt(text, 10) || 0),
  names: (text) => text.split("~").filter(Boolean),
};

const toHash = (view) =>
  Object.keys(KINDS)
    .filter((key) => String(view[key]) !== String(START[key]))
    .map((key) => `${key}=${encodeURIComponent(WRITE[KINDS[key]](view[key]))}`)
    .join("&");

function fromHash(hash) {
  const given = new URLSearchParams(hash.replace(/^#/u, ""));
  const view = { ...START };
  for (const key of Object.keys(KINDS)) if (given.has(key)) view[key] = READ[KINDS[key]](given.get(key));
  if (!["map", "groups"].includes(view.layout)) view.layout = START.layout;
  if (!["zh", "en"].includes(view.lang)) view.lang = START.lang;
  if (!["light", "dark"].includes(view.theme)) view.theme = START.theme;
  view.hops = Math.min(Math.max(view.hops, 1), 6);
  return view;
}

function tell(before) {
  for (const react of watchers) react(before);
}

/** The address with another hash: within a notebook's frame, a hash alone would count from the notebook's address. */
const whole = (hash) => location.href.replace(/#.*$/su, "") + hash;

/** Change the view. Each change is a step that "back" undoes, but dragging a slider is one. */
function change(changes, { replace = false } = {}) {
  const before = state;
  state = { ...state, ...changes };
  const hash = `#${toHash(state)}`;
  if (hash !== location.hash && !(hash === "#" && !location.hash)) history[replace ? "replaceState" : "pushState"](null, "", whole(hash));
  tell(before);
}

function followAddress() {
  const before = state;
  state = fromHash(location.hash);
  tell(before);
}

// Words

const say = (key, values = {}) =>
  (core.texts[key]?.[state.lang] ?? key).replace(/\{(\w+)\}/gu, (_, name) => values[name] ?? "");
const label = (term) => {
  const text = term[state.lang];
  return state.lang === "en" ? text[0].toUpperCase() + text.slice(1) : text;
};
const digits = (number) => number.toLocaleString("en-US", { maximumFractionDigits: 4 });

/** An element with properties and children; texts become text, never markup. */
function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name in element && !name.includes("-") && name !== "list") element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const shapeOf = (cls) =>
  svg("svg", { viewBox: "-1.15 -1.15 2.3 2.3", class: "shape", "aria-hidden": "true" },
    svg("path", { d: cls.outline, fill: cls[state.theme], "fill-rule": "evenodd" }));

const byId = (id) => document.getElementById(id);
