"use strict";
// Draws the curves between the boxes, and follows what is pointed at, focused or chosen.
(() => {
  const { curves, items, links, gaps } = TG.data("data");
  const map = TG.find("#map"), svg = TG.find("#curves"), panel = TG.find("#details");
  const boxes = new Map(TG.all(".box").map(box => [box.dataset.key, box]));
  const NS = "http://www.w3.org/2000/svg";
  const IMPLIED = 2;
  let paths = [], pointed = "", focused = "";

  // A curve leaves a box where it looks at the other one; boxes folded away have none.
  const draw = () => {
    const frame = map.getBoundingClientRect();
    const sides = new Map();
    for (const [key, box] of boxes) {
      const r = box.getBoundingClientRect();
      if (r.width) sides.set(key, { left: r.left - frame.left, right: r.right - frame.left, y: r.top - frame.top + r.height / 2 });
    }
    paths = [];
    for (const [target, item, state, , missing] of curves) {
      const a = sides.get(target), b = sides.get(item);
      if (!a || !b) continue;
      const [from, to] = a.left < b.left ? [a, b] : [b, a];
      const bend = Math.max((to.left - from.right) * 0.5, 24);
      const path = document.createElementNS(NS, "path");
      path.setAttribute("d", `M${from.right} ${from.y}C${from.right + bend} ${from.y} ${to.left - bend} ${to.y} ${to.left} ${to.y}`);
      path.setAttribute("class", missing ? (state === IMPLIED ? "missing weak" : "missing") : state === IMPLIED ? "implied" : "named");
      paths.push([path, target, item, missing]);
    }
    // What is missing lies on top, what is implied at the bottom.
    const depth = ([path]) => ["implied", "named", "missing"].findIndex(name => path.classList.contains(name));
    paths.sort((one, other) => depth(one) - depth(other));
    svg.replaceChildren(...paths.map(([path]) => path));
    light();
  };

  // What is pointed at is lit, else what has the focus, else what was chosen.
  const point = key => {
    if (pointed === key && key) return;
    pointed = key;
    light();
  };
  const light = () => {
    const key = pointed || focused || TG.state.get("focus");
    const on = new Set([key]);
    for (const [path, target, item] of paths) {
      const mine = target === key || item === key;
      path.classList.toggle("on", mine);
      if (mine) on.add(target).add(item);
    }
    map.classList.toggle("focused", boxes.has(key));
    svg.classList.toggle("focused", boxes.has(key));
    for (const [name, box] of boxes) {
      box.classList.toggle("on", on.has(name));
      box.classList.toggle("centre", name === key);
    }
  };

  const words = { 0: "Named by a target.", 1: "Named, but less often than obliged.", 2: "By implication only: no target names it.",
    3: "Reached only through a catch-all: everybody, hence nobody.", 4: "Every link rests on words in brackets.",
    5: "Every link was made against a wording since replaced.", 6: "Not applicable.", 7: "Not assessed: nobody has looked.", 8: "Reached by no target." };

  const tell = key => {
    const item = items[key];
    const mine = curves.filter(([target, other]) => target === key || other === key);
    const isTarget = key.startsWith("t-");
    const lacking = mine.filter(([, , , , missing]) => missing).map(([target, other]) => isTarget ? items[other].label : target.slice(2));
    TG.tell(panel, {
      title: item.ghost ? `⌀ ${item.label} (${lacking.length})` : item.code ? `${item.code} ${item.label}` : item.label,
      iri: item.iri, summary: item.summary, recalled: item.recalled,
      state: item.ghost ? `Targets: ${lacking.join(", ")}` : isTarget ? lacking.map(text => `⌀ ${text}`).join(" · ") : words[item.state],
      gaps: item.gaps.map(n => gaps[n]),
      links: [...new Set(mine.flatMap(([, , , numbers]) => numbers))].map(n => links[n]),
      from: isTarget ? "target" : "concept",
    });
    panel.prepend(TG.make("button", { type: "button", class: "plain close" }, "Close"));
    TG.find(".close", panel).addEventListener("click", clear);
  };

  const clear = () => {
    const key = TG.state.get("focus");
    TG.state.set({ focus: "" });
    boxes.get(key)?.focus();
    focused = "";
    light();
  };

  const apply = () => {
    const key = boxes.has(TG.state.get("focus")) ? TG.state.get("focus") : "";
    const flags = { all: TG.state.get("all") === "1", implied: TG.state.get("implied") !== "0", missing: TG.state.get("missing") !== "0" };
    TG.find("#show-folded").checked = flags.all;
    TG.find("#show-implied").checked = flags.implied;
    TG.find("#show-missing").checked = flags.missing;
    const folded = key && boxes.get(key).parentElement.classList.contains("folded");
    map.classList.toggle("all", flags.all || Boolean(folded));
    map.classList.toggle("no-implied", !flags.implied);
    map.classList.toggle("no-missing", !flags.missing);
    for (const [name, box] of boxes) box.setAttribute("aria-pressed", String(name === key));
    panel.hidden = !key;
    if (key && panel.dataset.shown !== key) {
      tell(key);
      // The sheet at the bottom must not hide what it tells of.
      if (boxes.get(key).getBoundingClientRect().bottom > panel.getBoundingClientRect().top) boxes.get(key).scrollIntoView({ block: "center" });
    }
    panel.dataset.shown = key;
    draw();
  };

  for (const [key, box] of boxes) {
    box.addEventListener("click", () => TG.state.set({ focus: TG.state.get("focus") === key ? "" : key }));
    // A box that merely scrolls under the pointer is not pointed at; hence moves, not entering.
    box.addEventListener("pointermove", () => point(key));
    box.addEventListener("pointerleave", () => point(""));
    box.addEventListener("focus", () => { focused = box.matches(":focus-visible") ? key : ""; point(""); });
    box.addEventListener("blur", () => { focused = ""; point(""); });
  }
  // Arrow keys go up and down a column and across columns; Tab goes through everything.
  map.addEventListener("keydown", event => {
    const box = event.target.closest(".box");
    const step = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[event.key];
    if (!box || !step) return;
    event.preventDefault();
    const columns = TG.all(".column").map(column => TG.all(".box", column).filter(b => b.offsetParent));
    const x = columns.findIndex(column => column.includes(box)), y = columns[x].indexOf(box);
    if (step[1]) return columns[x][y + step[1]]?.focus();
    const top = box.getBoundingClientRect().top, beside = columns[x + step[0]] ?? [];
    const away = b => Math.abs(b.getBoundingClientRect().top - top);
    beside.reduce((best, b) => (!best || away(b) < away(best) ? b : best), null)?.focus();
  });
  document.addEventListener("keydown", event => { if (event.key === "Escape") clear(); });
  TG.find("#clear").addEventListener("click", () => TG.state.set({ focus: "" }));
  const flag = (id, name, on, off) => TG.find(id).addEventListener("change", event => TG.state.set({ [name]: event.target.checked ? on : off }));
  flag("#show-folded", "all", "1", "");
  flag("#show-implied", "implied", "", "0");
  flag("#show-missing", "missing", "", "0");
  for (const button of TG.all(".unfold")) button.addEventListener("click", () => TG.state.set({ all: "1" }));

  TG.state.onChange(apply);
  new ResizeObserver(draw).observe(map);
  for (const event of ["beforeprint", "afterprint"]) addEventListener(event, draw);
  matchMedia("print").addEventListener("change", draw);
  apply();
})();
