// Joins the parts: what happens when the view changes, the buttons of the head, and the keyboard.

function showTexts() {
  document.documentElement.lang = state.lang === "zh" ? "zh-Hans" : "en";
  document.documentElement.dataset.theme = state.theme;
  document.title = say("title");
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = say(element.dataset.text);
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", say(element.dataset.label));
    if (element.matches("button")) element.title = say(element.dataset.label);
  }
  for (const element of document.querySelectorAll("[data-hint]")) element.placeholder = say(element.dataset.hint);
  for (const button of document.querySelectorAll("button[data-layout]")) {
    button.setAttribute("aria-pressed", String(button.dataset.layout === state.layout));
  }
}

watch((before) => {
  view = currentView();
  showTexts();
  showFilters();
  showCount();
  showNotice();
  updateDrawing(before.layout !== state.layout || before === state);
  showPanel();
  if (before.layout !== state.layout) fit();
});

for (const button of document.querySelectorAll("button[data-layout]")) {
  button.addEventListener("click", () => change({ layout: button.dataset.layout }));
}
byId("back").addEventListener("click", () => history.back());
byId("forward").addEventListener("click", () => history.forward());
byId("theme").addEventListener("click", () => change({ theme: state.theme === "dark" ? "light" : "dark" }));
byId("language").addEventListener("click", () => change({ lang: state.lang === "zh" ? "en" : "zh" }));
byId("zoom-in").addEventListener("click", () => zoom(1.4));
byId("zoom-out").addEventListener("click", () => zoom(1 / 1.4));
byId("fit").addEventListener("click", () => fit(undefined, true));
addEventListener("popstate", followAddress);
addEventListener("hashchange", () => location.hash.slice(1) !== toHash(state) && followAddress());

// Keyboard

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** The nearest drawn node in a direction: how far along counts once, how far aside twice. */
function nearest(node, [dx, dy]) {
  const from = place(node);
  let [best, least] = [-1, Infinity];
  for (const other of view.nodes) {
    const { x, y } = place(other);
    const along = (x - from.x) * dx + (y - from.y) * dy;
    const aside = Math.abs((x - from.x) * dy) + Math.abs((y - from.y) * dx);
    if (other !== node && along > 0 && aside <= 1.5 * along && along + 2 * aside < least) [best, least] = [other, along + 2 * aside];
  }
  return best;
}

byId("graph").addEventListener("keydown", (event) => {
  if (event.key in ARROWS) {
    const next = state.node < 0 ? Math.min(...view.nodes) : nearest(state.node, ARROWS[event.key]);
    if (next >= 0 && Number.isFinite(next)) pick(next, { fly: true });
  } else if (event.key === "Enter") byId("panel").focus();
  else if (event.key === "+" || event.key === "=") zoom(1.4);
  else if (event.key === "-") zoom(1 / 1.4);
  else return;
  event.preventDefault();
});

addEventListener("keydown", (event) => {
  const typing = event.target.matches?.("input, select");
  if (event.key === "/" && !typing) {
    byId("query").focus();
    event.preventDefault();
  } else if (event.key === "Escape" && !typing) change({ node: -1, hops: 1, path: [] });
});

state = fromHash(location.hash);
tell(state);

// A notebook may give its frame a size only when it comes into sight.

function begin() {
  if (!byId("graph").clientWidth) return false;
  if (state.node >= 0 && state.layout === "map") fit([...view.focus.nodes]);
  else fit();
  return true;
}

if (!begin()) new ResizeObserver((_, observer) => begin() && observer.disconnect()).observe(byId("graph"));
