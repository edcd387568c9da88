(() => {
"use strict";
// The further pages: language and theme, kept in the address; tables that sort and filter.

const root = document.documentElement;
const given = new URLSearchParams(location.hash.slice(1));
const chosen = { lang: given.get("lang"), theme: given.get("theme") };

function show() {
  root.lang = chosen.lang === "en" ? "en" : "zh-Hans";
  root.dataset.theme = chosen.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
}

function choose(key, value) {
  chosen[key] = value;
  history.replaceState(null, "", `#${Object.entries(chosen).filter(([, v]) => v).map(([k, v]) => `${k}=${v}`).join("&")}`);
  show();
}

document.getElementById("language").addEventListener("click", () => {
  choose("lang", root.lang === "en" ? "zh" : "en");
  fillTable();
});
document.getElementById("theme").addEventListener("click", () => choose("theme", root.dataset.theme === "dark" ? "light" : "dark"));
show();

const source = document.getElementById("data");
const fillTable = () => source && fill();
if (!source) return;

// A table: rows of cells; a cell is a text, a text and the node it leads to, or a text in both languages.

const STEP = 200;
const table = JSON.parse(source.textContent);
const body = document.querySelector("#table tbody");
const textOf = (cell) => String(Array.isArray(cell) ? cell[0] : cell.zh === undefined ? cell : cell[chosen.lang === "en" ? "en" : "zh"]);
const keys = table.rows.map((row) => row.map((cell) => (cell.zh === undefined ? textOf(cell) : `${cell.zh} ${cell.en}`)).join("\n").toLowerCase());
let order = table.rows.map((_, row) => row);
let shown = STEP;
let sorted = { column: -1, down: false };

function cellElement(cell) {
  const element = document.createElement("td");
  const inner = document.createElement("bdi");
  inner.textContent = textOf(cell);
  if (inner.textContent.length <= 10) element.className = "short";
  if (Array.isArray(cell)) {
    const link = document.createElement("a");
    link.href = `../index.html#node=${encodeURIComponent(cell[1])}`;
    link.append(inner);
    element.append(link);
  } else element.append(inner);
  return element;
}

function rowElement(row) {
  const element = document.createElement("tr");
  element.append(...table.rows[row].map(cellElement));
  return element;
}

function fill() {
  body.replaceChildren(...order.slice(0, shown).map(rowElement));
  document.getElementById("more").hidden = order.length <= shown;
  document.getElementById("rows").textContent = `${order.length} / ${table.rows.length}`;
}

const compare = new Intl.Collator("zh-Hans-CN-u-co-pinyin", { numeric: true }).compare;

function arrange() {
  const words = document.getElementById("filter").value.toLowerCase().split(/\s+/u).filter(Boolean);
  order = table.rows.map((_, row) => row).filter((row) => words.every((word) => keys[row].includes(word)));
  const { column, down } = sorted;
  if (column >= 0) order.sort((a, b) => (down ? -1 : 1) * compare(textOf(table.rows[a][column]), textOf(table.rows[b][column])) || a - b);
  shown = STEP;
  fill();
}

document.querySelectorAll("#table th").forEach((head, column, heads) => {
  head.querySelector("button").addEventListener("click", () => {
    sorted = { column, down: sorted.column === column && !sorted.down };
    for (const other of heads) other.setAttribute("aria-sort", "none");
    head.setAttribute("aria-sort", sorted.down ? "descending" : "ascending");
    arrange();
  });
});
document.getElementById("filter").addEventListener("input", arrange);
document.getElementById("more").addEventListener("click", () => {
  shown += STEP;
  fill();
});
fill();
})();
