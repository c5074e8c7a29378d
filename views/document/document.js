// Marks of a document as text nodes. Python counts code points, the browser UTF-16 units: `units` maps one to the other.

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
function pieces(facts, doubtful, length) {
  const edges = new Set([0, length]);
  for (const { start, end } of facts) edges.add(start).add(end);
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

function draw(root, data, state, send) {
  const map = units(data.text);
  const body = document.createDocumentFragment();
  state.marks = new Map();
  state.order = [];
  for (const piece of pieces(data.facts, data.doubtful, map.length - 1)) {
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
        state.order.push(fact);
        mark.tabIndex = 0;
      }
      state.marks.get(fact.id).push(mark);
    }
    mark.title = piece.facts.map((fact) => fact.tip).join("\n");
    mark.addEventListener("click", () => {
      const visible = piece.facts.filter((fact) => state.shown.has(fact.kind));
      if (visible.length && String(window.getSelection()) === "") send("picked", next(visible, state.active).id);
    });
    mark.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && piece.facts.length) send("picked", next(piece.facts, state.active).id);
    });
    body.append(mark);
  }
  root.replaceChildren(body);
}

// Clicking words again goes to the next fact that covers them.
function next(facts, active) {
  const at = facts.findIndex((fact) => fact.id === active);
  return facts[(at + 1) % facts.length];
}

function light(root, state, active, scroll) {
  for (const mark of root.querySelectorAll("mark.lit")) mark.classList.remove("lit");
  const marks = state.marks.get(active) || [];
  for (const mark of marks) mark.classList.add("lit");
  if (marks.length && scroll) {
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    marks[0].scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
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

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".doc");
  const state = (root.atlas = root.atlas || { marks: new Map(), order: [], drawn: "", active: null });
  root.lang = "vi";
  root.setAttribute("aria-label", data.label);
  state.shown = new Set(data.shown);
  const drawn = `${data.text.length}:${data.text.slice(0, 200)}:${data.facts.map((fact) => fact.id).join("|")}`;
  if (state.drawn !== drawn) {
    draw(root, data, state, setTriggerValue);
    state.drawn = drawn;
    state.active = null;
  }
  for (const kind of ["header", "recipient", "citation", "task", "date", "figure", "measure"]) {
    root.classList.toggle(`hide-${kind}`, !state.shown.has(kind));
  }
  if (state.active !== data.active) {
    state.active = data.active;
    light(root, state, data.active, true);
  }
  const onKey = (event) => {
    const typing = event.composedPath().some((node) => /^(INPUT|TEXTAREA|SELECT)$/.test(node.tagName || "") || node.isContentEditable);
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "[" || event.key === "]") setTriggerValue("stepped", event.key === "[" ? "previous" : "next");
    if (event.key === "n" || event.key === "p") {
      const visible = state.order.filter((fact) => state.shown.has(fact.kind));
      if (!visible.length) return;
      const at = visible.findIndex((fact) => fact.id === state.active);
      const step = event.key === "n" ? at + 1 : at < 0 ? visible.length - 1 : at - 1;
      setTriggerValue("picked", visible[(step + visible.length) % visible.length].id);
    }
  };
  const onUp = () => {
    const span = selection(root, data.text);
    if (span && span[1] > span[0]) setTriggerValue("selected", span);
  };
  document.addEventListener("keydown", onKey);
  root.addEventListener("mouseup", onUp);
  return () => {
    document.removeEventListener("keydown", onKey);
    root.removeEventListener("mouseup", onUp);
  };
}
