// Outline, marked document and facts, all made of text nodes. Python counts code points, the browser UTF-16 units: `units` maps one to the other.

function units(text) {
  const map = [];
  let at = 0;
  for (const point of text) {
    map.push(at);
    at += point.length;
  }
  map.push(at);
  return map;
}

// Pieces of the text between all edges of facts, each with the facts that cover it, the shortest first.
function pieces(facts, doubtful, pages, length) {
  const edges = new Set([0, length]);
  for (const { start, end } of facts) edges.add(start).add(end);
  for (const [start] of pages) edges.add(start);
  for (const [start, end] of doubtful) edges.add(start).add(end);
  const sorted = [...edges].filter((edge) => edge <= length).sort((a, b) => a - b);
  const opens = new Map();
  for (const fact of facts) {
    if (!opens.has(fact.start)) opens.set(fact.start, []);
    opens.get(fact.start).push(fact);
  }
  let open = [];
  let doubt = 0;
  return sorted.slice(0, -1).map((start, index) => {
    const end = sorted[index + 1];
    open = open.filter((fact) => fact.end > start).concat(opens.get(start) || []);
    while (doubt < doubtful.length && doubtful[doubt][1] <= start) doubt += 1;
    const doubted = doubt < doubtful.length && doubtful[doubt][0] <= start;
    const covering = open.filter((fact) => fact.end > fact.start).sort((a, b) => a.end - a.start - (b.end - b.start));
    return { start, end, facts: covering, doubted };
  });
}

function draw(root, data, state) {
  const map = units(data.text);
  state.cut = (fact) => data.text.slice(map[fact.start], map[fact.end]).replace(/\s+/g, " ").trim();
  const body = document.createDocumentFragment();
  state.marks = new Map();
  state.under = new WeakMap();
  const pages = new Map(data.pages);
  for (const piece of pieces(data.facts, data.doubtful, data.pages, map.length - 1)) {
    if (pages.has(piece.start)) {
      const page = element("span", "page", ""); // its number is drawn by the style sheet: no character of the text is moved
      page.dataset.page = pages.get(piece.start);
      body.append(page);
    }
    const words = document.createTextNode(data.text.slice(map[piece.start], map[piece.end]));
    if (!piece.facts.length && !piece.doubted) {
      body.append(words);
      continue;
    }
    const mark = document.createElement("mark");
    mark.append(words);
    mark.dataset.start = piece.start;
    if (piece.doubted) mark.classList.add("doubt");
    for (const fact of piece.facts) {
      mark.classList.add(`k-${fact.kind}`);
      if (!state.marks.has(fact.id)) {
        state.marks.set(fact.id, []);
        mark.tabIndex = 0;
      }
      state.marks.get(fact.id).push(mark);
    }
    mark.title = [...piece.facts.map((fact) => fact.tip), ...(piece.doubted ? [data.words.doubtful] : [])].join("\n");
    state.under.set(mark, piece.facts);
    body.append(mark);
  }
  root.replaceChildren(body);
}

// Clicking words again goes to the next fact that covers them.
function next(facts, active) {
  const at = facts.findIndex((fact) => fact.id === active);
  return facts[(at + 1) % facts.length];
}

function element(name, className, words) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (words) made.textContent = words;
  return made;
}

// Scrolls a pane, never the page: the reader keeps its place.
function reveal(pane, target) {
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const offset = target.getBoundingClientRect().top - pane.getBoundingClientRect().top;
  pane.scrollTo({ top: pane.scrollTop + offset - pane.clientHeight / 3, behavior: calm ? "auto" : "smooth" });
}

function light(panes, state, active) {
  for (const lit of panes.layout.querySelectorAll(".lit")) lit.classList.remove("lit");
  const marks = state.marks.get(active) || [];
  for (const mark of marks) mark.classList.add("lit");
  if (marks.length) reveal(panes.doc, marks[0]);
  const entry = state.entries.get(active);
  if (entry) {
    entry.classList.add("lit");
    reveal(panes.facts, entry);
  }
}

// The facts grouped by provision; an entry opens its particulars when it is lit.
function list(pane, data, state) {
  const body = document.createDocumentFragment();
  state.entries = new Map();
  let group = null;
  for (const fact of data.facts) {
    if (fact.group !== group) {
      group = fact.group;
      body.append(element("h4", "", group));
    }
    const entry = element("button", `fact k-${fact.kind}`);
    entry.type = "button";
    entry.append(element("span", "what", fact.title), element("span", "quote", state.cut(fact)));
    const said = element("span", "said");
    for (const [name, value] of fact.said) said.append(element("span", "name", name), element("span", "value", value));
    entry.append(said);
    entry.dataset.fact = fact.id;
    state.entries.set(fact.id, entry);
    body.append(entry);
  }
  pane.replaceChildren(body);
}

function outline(pane, data, doc) {
  const body = document.createDocumentFragment();
  const inner = element("details");
  inner.open = pane.clientWidth > 0 && window.matchMedia("(min-width: 60rem)").matches;
  inner.append(element("summary", "", data.words.outline));
  for (const part of data.outline) {
    const entry = element("button", "part");
    entry.type = "button";
    entry.style.paddingLeft = `${0.4 + 0.8 * part.depth}rem`;
    entry.append(element("b", "", part.label), document.createTextNode(` ${part.words}`));
    entry.addEventListener("click", () => go(doc, part.start));
    inner.append(entry);
  }
  body.append(inner);
  pane.replaceChildren(body);
}

// Scrolls to a character of the text, whatever marks lie around it.
function go(doc, start) {
  const walker = document.createTreeWalker(doc, NodeFilter.SHOW_TEXT);
  let left = start;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const points = [...node.data].length;
    if (left < points) {
      const range = document.createRange();
      range.setStart(node, [...node.data].slice(0, left).join("").length);
      range.setEnd(node, node.data.length);
      reveal(doc, range);
      return;
    }
    left -= points;
  }
}

function selection(root, text) {
  const chosen = root.getRootNode().getSelection ? root.getRootNode().getSelection() : window.getSelection();
  if (!chosen || !chosen.rangeCount || chosen.isCollapsed || !root.contains(chosen.getRangeAt(0).startContainer)) return null;
  const range = chosen.getRangeAt(0);
  const before = document.createRange();
  before.selectNodeContents(root);
  before.setEnd(range.startContainer, range.startOffset);
  const start = [...before.toString()].length;
  return [start, start + [...range.toString()].length];
}

const KINDS = ["header", "recipient", "citation", "task", "date", "figure", "measure"];

// The fact in hand, kept beside the panes: a run of the page may mount them anew before it knows of the last click.
const choice = { version: "", active: null, pending: null, sent: 0 };
// One listener for good: a key pressed between two runs, when the panes have none, still finds the last ones.
const keys = { layout: null, press: null };
document.addEventListener("keydown", (event) => keys.layout?.isConnected && keys.press(event));

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const panes = {};
  for (const name of ["layout", "outline", "doc", "facts"]) panes[name] = parentElement.querySelector(`.${name}`);
  const state = (panes.layout.atlas = panes.layout.atlas || { drawn: "" });
  panes.doc.lang = "vi";
  panes.doc.setAttribute("aria-label", data.words.document);
  panes.facts.setAttribute("aria-label", data.words.facts);
  state.shown = new Set(data.shown);
  // The words light up at once; the address follows, and answers to earlier clicks are not drawn any more.
  const pick = (id) => {
    Object.assign(choice, { active: id, pending: id, sent: Date.now() });
    light(panes, state, id);
    setTriggerValue("picked", id);
  };
  if (state.drawn !== data.version) {
    draw(panes.doc, data, state);
    list(panes.facts, data, state);
    outline(panes.outline, data, panes.doc);
    panes.doc.scrollTop = 0;
    state.drawn = data.version;
    if (choice.version !== data.version) Object.assign(choice, { version: data.version, active: null, pending: null });
    if (choice.active) light(panes, state, choice.active);
  }
  for (const kind of KINDS) panes.layout.classList.toggle(`hide-${kind}`, !state.shown.has(kind));
  if (choice.pending === data.active || Date.now() - choice.sent > 4000) choice.pending = null;
  if (choice.active !== data.active && !choice.pending) {
    choice.active = data.active;
    light(panes, state, data.active);
    if (!data.active && data.at >= 0) go(panes.doc, data.at);
  }
  const onKey = (event) => {
    const typing = event.composedPath().some((node) => /^(INPUT|TEXTAREA|SELECT)$/.test(node.tagName || "") || node.isContentEditable);
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "[" || event.key === "]") setTriggerValue("stepped", event.key === "[" ? "previous" : "next");
    if (event.key === "n" || event.key === "p") {
      const visible = data.facts.filter((fact) => state.shown.has(fact.kind));
      if (!visible.length) return;
      const at = visible.findIndex((fact) => fact.id === choice.active);
      const step = event.key === "n" ? at + 1 : at < 0 ? visible.length - 1 : at - 1;
      pick(visible[(step + visible.length) % visible.length].id);
    }
  };
  const onUp = () => {
    const span = selection(panes.doc, data.text);
    if (span && span[1] > span[0]) setTriggerValue("selected", span);
  };
  // One listener a pane: a long document has thousands of marks.
  const onMark = (event) => {
    const mark = event.target.closest("mark");
    const facts = ((mark && state.under.get(mark)) || []).filter((fact) => state.shown.has(fact.kind));
    const meant = event.type === "click" ? String(window.getSelection()) === "" : event.key === "Enter";
    if (facts.length && meant) pick(next(facts, choice.active).id);
  };
  const onFact = (event) => {
    const entry = event.target.closest(".fact");
    if (entry) pick(entry.dataset.fact);
  };
  panes.doc.addEventListener("click", onMark);
  panes.doc.addEventListener("keydown", onMark);
  panes.facts.addEventListener("click", onFact);
  Object.assign(keys, { layout: panes.layout, press: onKey });
  panes.doc.addEventListener("mouseup", onUp);
  return () => {
    panes.doc.removeEventListener("click", onMark);
    panes.doc.removeEventListener("keydown", onMark);
    panes.facts.removeEventListener("click", onFact);
    panes.doc.removeEventListener("mouseup", onUp);
  };
}
