// The picture of the network. What is seen is decided by the server; here it is drawn, and looked at.
(() => {
  const data = TG.data("network-data");
  const place = document.getElementById("picture"), part = document.getElementById("part");
  const still = matchMedia("(prefers-reduced-motion: reduce)"), dark = matchMedia("(prefers-color-scheme: dark)");
  const MANY = 9000; // lines a picture that is moved can have
  const count = data.keys.length, edges = data.source.length;
  const recalled = new Set(data.recalled);
  const size = data.kind.map((kind, n) => ["target", "objective"].includes(data.kinds[kind]) ? 16 : Math.min(8 + Math.floor(Math.sqrt(data.degree[n]) * 2), 20));
  let colours = TG.palette(), shown = TG.data("shown"), seen = new Uint8Array(count).fill(1), near = null, hovered = -1, moving = false;

  for (const svg of document.querySelectorAll(".shape")) {
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", TG.outline(svg.dataset.shape, 7.5));
    svg.append(path);
  }

  const neighbours = node => {
    const found = new Set([node]);
    for (let e = 0; e < edges; e++) {
      if (data.source[e] === node) found.add(data.goal[e]);
      else if (data.goal[e] === node) found.add(data.source[e]);
    }
    return found;
  };
  // Lines in a few heaps, each drawn at once: those named in the text, others, and those of what is looked at.
  let heaps = [];
  const sort = () => {
    const without = new Set(shown.without), centre = hovered >= 0 ? hovered : shown.focus;
    const named = [], others = [], lit = [], way = new Set();
    shown.way.forEach((node, n) => { if (n) way.add(`${shown.way[n - 1]} ${node}`).add(`${node} ${shown.way[n - 1]}`); });
    for (let e = 0; e < edges; e++) {
      const a = data.source[e], b = data.goal[e];
      if (!seen[a] || !seen[b] || without.has(data.dimension[e])) continue;
      if (a === centre || b === centre || way.has(`${a} ${b}`)) lit.push(e);
      else (data.basis[e] ? others : named).push(e);
    }
    const few = named.length + others.length > MANY;
    document.getElementById("few").hidden = !few;
    heaps = [[few ? [] : others, "curve-implied", centre >= 0 ? 0.1 : 0.4, 0.8, [5, 4]],
      [named.slice(0, MANY), "curve", centre >= 0 ? 0.12 : few ? 0.22 : 0.6, few ? 0.8 : 1.3, []], [lit, "accent", 1, 1.8, []]];
  };
  const lines = context => {
    for (const [mine, colour, opacity, width, dashes] of heaps) {
      if (moving && mine.length > 3000) continue;
      context.globalAlpha = opacity;
      context.strokeStyle = colours[colour];
      context.lineWidth = width;
      context.setLineDash(mine.length > 3000 ? [] : dashes);
      for (let from = 0; from < mine.length; from += 400) {
        context.beginPath();
        for (const e of mine.slice(from, from + 400)) {
          context.moveTo(data.x[data.source[e]], data.y[data.source[e]]);
          context.lineTo(data.x[data.goal[e]], data.y[data.goal[e]]);
        }
        context.stroke();
      }
    }
    context.setLineDash([]);
    context.globalAlpha = 1;
  };

  const mood = n => (n === shown.focus ? "chosen" : n === hovered ? "hovered" : near && !near.has(n) && !shown.way.includes(n) ? "dim" : "");
  let scale = 1;
  const renderer = n => {
    const kind = data.kinds[data.kind[n]], state = data.state[n], r = size[n];
    return ({ ctx, x, y }) => ({
      drawNode() {
        if (r * scale < 5) {
          // Too small for shapes and signs: a dot in the colours of its state.
          const dress = TG.dress(colours, kind, state);
          ctx.globalAlpha = mood(n) === "dim" ? 0.25 : 1;
          ctx.fillStyle = state >= 3 ? dress.line : dress.fill;
          ctx.strokeStyle = dress.line;
          ctx.lineWidth = 1.5;
          ctx.fillRect(x - r, y - r * 0.7, 2 * r, 1.4 * r);
          if (r * scale > 2.5) ctx.strokeRect(x - r, y - r * 0.7, 2 * r, 1.4 * r);
          ctx.globalAlpha = 1;
          return;
        }
        ctx.save();
        ctx.translate(x, y);
        TG.drawNode(ctx, { kind, state, size: r, text: data.codes[n], recalled: recalled.has(n) }, colours, mood(n));
        ctx.restore();
      },
      nodeDimensions: { width: r * 2.4, height: r * 2 },
    });
  };
  const nodes = new vis.DataSet(data.keys.map((key, n) => ({ id: n, x: data.x[n], y: data.y[n], shape: "custom", ctxRenderer: renderer(n), physics: false })));
  const picture = new vis.Network(place, { nodes, edges: [] }, { physics: { enabled: false }, layout: { improvedLayout: false },
    interaction: { hover: count < 1000, keyboard: false, tooltipDelay: 3600000, dragNodes: false } });
  for (const element of place.querySelectorAll("[tabindex]")) element.removeAttribute("tabindex");
  picture.on("beforeDrawing", context => { scale = picture.getScale(); lines(context); });
  picture.on("afterDrawing", context => {
    if (moving && count > 600) return;
    const labels = [], occupied = [];
    for (let n = 0; n < count; n++) {
      if (!seen[n] || mood(n) === "dim") continue;
      const kind = data.kinds[data.kind[n]], numbered = kind === "target" || kind === "objective", wide = kind === "target" ? 1.25 : 1, r = size[n];
      if (r * scale < 3 && mood(n) === "") continue;
      occupied.push({ left: data.x[n] - r * wide, right: data.x[n] + r * wide, top: data.y[n] - r * 0.8, bottom: data.y[n] + r * 0.8, major: data.degree[n] >= 11 || numbered });
      const focus = mood(n) !== "" || near?.has(n) || shown.way.includes(n);
      if (numbered && !focus) continue;
      labels.push({ x: data.x[n], y: data.y[n], below: r, text: data.names[n], must: mood(n) !== "" || shown.way.includes(n), heavy: data.degree[n] >= 11,
        weight: (mood(n) ? 1000 : 0) + (data.state[n] >= 3 ? 200 : 0) + data.degree[n], colour: data.state[n] >= 3 ? TG.dress(colours, kind, data.state[n]).text : colours.ink });
      if (labels.length > 500) break;
    }
    TG.placeLabels(context, scale, labels, colours.ground, occupied, TG.inView(picture, place));
  });

  const refresh = () => {
    const before = seen;
    seen = new Uint8Array(count).fill(shown.nodes === null ? 1 : 0);
    for (const n of shown.nodes ?? []) seen[n] = 1;
    const changed = [];
    for (let n = 0; n < count; n++) if (before[n] !== seen[n]) changed.push({ id: n, hidden: !seen[n] });
    if (changed.length) nodes.update(changed);
    look();
    picture.redraw();
  };
  const look = () => {
    const centre = hovered >= 0 ? hovered : shown.focus;
    near = centre >= 0 ? neighbours(centre) : shown.way.length ? new Set(shown.way) : null;
    sort();
  };
  // All that is shown, with room for the names at its sides, which the library's own fit leaves out.
  const fit = () => {
    const nodes = shown.nodes === null || !shown.nodes.length ? [...seen.keys()] : shown.nodes;
    let left = Infinity, right = -Infinity, top = Infinity, bottom = -Infinity;
    for (const n of nodes) {
      left = Math.min(left, data.x[n]); right = Math.max(right, data.x[n]);
      top = Math.min(top, data.y[n]); bottom = Math.max(bottom, data.y[n]);
    }
    if (!nodes.length) return;
    const scale = Math.min(place.clientWidth / (right - left + 170), place.clientHeight / (bottom - top + 130), 1.6);
    picture.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale, animation: false });
  };

  // Going somewhere in the network: the address changes, and what the server says of it takes the place of what stood there.
  let asked = 0;
  const go = async (address, push = true) => {
    const url = new URL(address, location.href), mine = ++asked;
    if (push) history.pushState(null, "", url);
    const from = new URL(url);
    from.pathname += "/part";
    const answer = await fetch(from);
    // Somebody has gone on meanwhile.
    if (mine !== asked) return;
    if (!answer.ok) { location.href = url.href; return; }
    const read = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (mine !== asked) return;
    part.replaceChildren(...[...read.body.childNodes].map(node => document.adoptNode(node)));
    const before = JSON.stringify(shown.nodes);
    shown = TG.data("shown");
    hovered = -1;
    refresh();
    if (JSON.stringify(shown.nodes) !== before) fit();
    part.scrollTop = 0;
  };
  const changed = change => {
    const url = new URL(location.href);
    for (const [name, value] of Object.entries(change)) {
      if (value === null) url.searchParams.delete(name); else url.searchParams.set(name, value);
    }
    return url;
  };
  document.addEventListener("click", event => {
    const link = event.target.closest("a[data-go]");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    go(link.href).then(() => document.getElementById("details").focus());
  });
  document.getElementById("choose").addEventListener("submit", event => {
    event.preventDefault();
    const url = new URL(location.pathname, location.href);
    for (const [name, value] of new FormData(event.target)) if (value) url.searchParams.append(name, value);
    go(url);
  });
  document.getElementById("choose").addEventListener("change", event => event.target.form.requestSubmit());
  picture.on("click", ({ nodes: found }) => go(changed({ focus: found.length ? data.keys[found[0]] : null })));
  picture.on("doubleClick", ({ nodes: found }) => {
    if (!found.length) return;
    const url = changed({ focus: data.keys[found[0]] });
    if (!url.searchParams.getAll("open").includes(data.keys[found[0]])) url.searchParams.append("open", data.keys[found[0]]);
    go(url);
  });
  picture.on("hoverNode", ({ node }) => { hovered = node; look(); });
  picture.on("blurNode", () => { hovered = -1; look(); picture.redraw(); });
  let rest = 0;
  const move = () => { moving = true; clearTimeout(rest); rest = setTimeout(() => { moving = false; picture.redraw(); }, 180); };
  for (const name of ["dragging", "zoom"]) picture.on(name, move);
  addEventListener("popstate", () => go(location.href, false));
  document.addEventListener("keydown", event => {
    if (event.key === "Escape" && shown.focus >= 0 && !document.querySelector("dialog[open]")) go(changed({ focus: null }));
  });
  const zoom = by => picture.moveTo({ scale: picture.getScale() * by, animation: still.matches ? false : { duration: 150 } });
  document.getElementById("closer").addEventListener("click", () => zoom(1.4));
  document.getElementById("farther").addEventListener("click", () => zoom(1 / 1.4));
  document.getElementById("fit").addEventListener("click", fit);
  dark.addEventListener("change", () => { colours = TG.palette(); picture.redraw(); });
  refresh();
  fit();
  picture.once("afterDrawing", () => { document.documentElement.dataset.drawn = Math.round(performance.now()); });
  picture.redraw();
  TG.picture = picture;
})();
