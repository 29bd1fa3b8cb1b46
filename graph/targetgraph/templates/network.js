"use strict";
// The picture and the list are two faces of one state: search, kinds, bases, mark and the chosen node.
(() => {
  const { nodes, edges } = TG.data("picture-data");
  const { rows, ends, gaps, states, links: told } = TG.data("data");
  const links = told.map((link, n) => ({ ...link, from: ends[n][0], to: ends[n][1] }));
  const panel = TG.find("#details"), search = TG.find("#search"), mark = TG.find("#mark"), only = TG.find("#only-gaps");
  const listed = new Map(TG.all("#nodes tr").map(row => [row.dataset.key, row]));
  const still = matchMedia("(prefers-reduced-motion: reduce)"), dark = matchMedia("(prefers-color-scheme: dark)");
  let colours = TG.palette(), shown = new Set(), near = new Set(), hovered = "";

  for (const svg of TG.all(".shape")) {
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", TG.outline(svg.dataset.shape, 7.5));
    svg.append(path);
  }

  const chosen = () => (rows[TG.state.get("node")] ? TG.state.get("node") : "");
  const stateOf = row => (row.kind === "target" ? row.states[mark.value] ?? 0 : row.state);
  const lacks = row => stateOf(row) >= 2 && !(row.umbrella && row.degree);
  const moodOf = key => (key === chosen() ? "chosen" : key === hovered ? "hovered" : near.size && !near.has(key) ? "dim" : "");

  // vis-network draws each node through this, so that patterns and signs show, not colour alone.
  const renderer = ({ ctx, id, x, y }) => {
    const row = rows[id], size = sizes.get(id);
    const node = { kind: row.kind, state: stateOf(row), size, text: row.short, recalled: row.recalled };
    return {
      drawNode() { ctx.save(); ctx.translate(x, y); TG.drawNode(ctx, node, colours, moodOf(id)); ctx.restore(); },
      nodeDimensions: { width: size * 2.4, height: size * 2 },
    };
  };
  const sizes = new Map(nodes.map(node => [node.id, node.size]));
  const edgeLook = edge => {
    const key = edge.basis === "named" ? "curve" : "curve-implied";
    const on = near.size && (edge.from === centre() || edge.to === centre());
    const opacity = near.size ? (on ? 1 : 0.06) : edge.basis === "named" ? 0.6 : 0.35;
    return { color: { color: colours[on ? "accent" : key], highlight: colours.accent, hover: colours.accent, opacity }, width: on ? 1.8 : edge.width };
  };
  const centre = () => hovered || chosen();

  const things = new vis.DataSet(nodes.map(node => ({ ...node, shape: "custom", ctxRenderer: renderer, label: undefined, color: undefined, font: undefined })));
  const ties = new vis.DataSet(edges.map(({ id, from, to, basis, dashes, width }) => ({ id, from, to, basis, dashes: dashes ? [5, 4] : false, width, baseWidth: width })));
  const picture = new vis.Network(TG.find("#picture"), { nodes: things, edges: ties }, { ...TG.data("options"), interaction: { ...TG.data("options").interaction, selectConnectedEdges: false } });
  // The list is the way in for the keyboard; the canvas would be a stop that does nothing.
  for (const element of TG.all("#picture [tabindex]")) element.removeAttribute("tabindex");

  picture.on("afterDrawing", context => {
    const scale = picture.getScale(), at = picture.getPositions([...shown]);
    const labels = [], occupied = [];
    for (const key of shown) {
      const row = rows[key], size = sizes.get(key), { x, y } = at[key], mood = moodOf(key);
      const wide = row.kind === "target" ? 1.25 : 1;
      if (mood === "dim") continue;
      occupied.push({ left: x - size * wide, right: x + size * wide, top: y - size * 0.8, bottom: y + size * 0.8, major: row.degree >= 11 || row.kind === "target" || row.kind === "objective" });
      const focus = mood === "chosen" || mood === "hovered" || near.has(key);
      if ((row.kind === "target" || row.kind === "objective") && !focus) continue;
      labels.push({ x, y, below: size, text: focus && row.kind !== "objective" ? row.name : row.short === row.label ? row.label : row.name, must: mood === "chosen" || mood === "hovered", heavy: row.degree >= 11,
        weight: (mood ? 1000 : 0) + (stateOf(row) >= 3 ? 200 : 0) + row.degree, colour: stateOf(row) >= 3 ? TG.dress(colours, row.kind, stateOf(row)).text : colours.ink });
    }
    TG.placeLabels(context, scale, labels, colours.ground, occupied, TG.inView(picture, TG.find("#picture")));
  });

  const matches = row => {
    const wanted = TG.state.get("q").toLocaleLowerCase().trim();
    return !wanted || `${row.name} ${row.code}`.toLocaleLowerCase().includes(wanted);
  };
  const offered = name => (TG.state.get(name) ? TG.state.get(name).split(",") : null);

  const refresh = () => {
    const kinds = offered("kinds"), bases = offered("bases"), gapsOnly = TG.state.get("only") === "gaps";
    const visible = edge => !bases || bases.includes(edge.basis);
    shown = new Set(Object.keys(rows).filter(key => {
      const row = rows[key];
      return (!kinds || kinds.includes(row.kind)) && matches(row) && (!gapsOnly || lacks(row));
    }));
    const key = centre();
    near = new Set();
    if (key && shown.has(key)) {
      near.add(key);
      for (const edge of edges) if (visible(edge) && (edge.from === key || edge.to === key)) near.add(edge.from).add(edge.to);
    }
    things.update(nodes.map(node => ({ id: node.id, hidden: !shown.has(node.id) })));
    ties.update(edges.map(edge => ({ id: edge.id, hidden: !visible(edge) || !shown.has(edge.from) || !shown.has(edge.to), ...edgeLook(edge) })));
    for (const [name, row] of listed) row.hidden = !shown.has(name);
    TG.find("#shown").textContent = `${shown.size} of ${listed.size}`;
    TG.find("#told").textContent = shown.size ? "" : "Nothing fits the search and the filters.";
    keepOneStop();
  };

  // The list: one stop for Tab, arrow keys within.
  const buttons = () => [...listed.values()].filter(row => !row.hidden).map(row => TG.find("button", row));
  const keepOneStop = () => {
    const mine = buttons(), now = document.activeElement?.classList.contains("node") ? document.activeElement : null;
    const stop = mine.includes(now) ? now : mine.find(b => b.closest("tr").dataset.key === chosen()) ?? mine[0];
    for (const row of listed.values()) TG.find("button", row).tabIndex = -1;
    if (stop) stop.tabIndex = 0;
  };
  const hover = key => { if (hovered !== key) { hovered = key; refresh(); } };

  const tell = key => {
    const row = rows[key], mine = links.filter(link => link.from === key || link.to === key), state = states[stateOf(row)];
    const said = row.kind === "target" ? `${mark.selectedOptions[0]?.text ?? ""}: ${state.symbol} ${state.word}` : `${state.symbol} ${state.word}: ${state.meaning}`;
    TG.tell(panel, { title: row.name, iri: row.iri, state: row.kind === "objective" ? "" : said, summary: row.summary, recalled: row.recalled,
      gaps: row.gaps.map(n => gaps[n]), links: mine, from: "" });
    // What is at the other end, whichever end this is.
    TG.all(".claim strong", panel).forEach((strong, n) => {
      const link = mine[n], there = link.from === key ? link.to : link.from;
      const rolled = link.from === key && link.concept !== rows[there].label && !rows[there].name.endsWith(link.concept);
      strong.replaceChildren(TG.make("a", { href: `#node=${encodeURIComponent(there)}`, class: "go", "data-key": there }, rows[there].name), rolled ? `: ${link.concept}` : "");
    });
    const close = TG.make("button", { type: "button", class: "plain close" }, "Close");
    close.addEventListener("click", clear);
    panel.prepend(close);
  };

  const clear = () => {
    const key = chosen();
    TG.state.set({ node: "" });
    if (key && listed.get(key) && !listed.get(key).hidden) TG.find("button", listed.get(key)).focus();
  };

  let open = null;
  const apply = () => {
    const kinds = offered("kinds"), bases = offered("bases"), key = chosen();
    if (search.value !== TG.state.get("q")) search.value = TG.state.get("q");
    for (const box of TG.all("[name=kind]")) box.checked = !kinds || kinds.includes(box.value);
    for (const box of TG.all("[name=basis]")) box.checked = !bases || bases.includes(box.value);
    if (TG.all("option", mark).some(option => option.value === TG.state.get("mark"))) mark.value = TG.state.get("mark");
    else mark.selectedIndex = 0;
    only.checked = TG.state.get("only") === "gaps";
    panel.hidden = !key;
    for (const [name, row] of listed) row.classList.toggle("chosen", name === key);
    const now = key ? `${key} ${mark.value}` : null;
    if (key && open !== now) { tell(key); listed.get(key).scrollIntoView({ block: "nearest" }); }
    open = now;
    refresh();
  };

  panel.addEventListener("click", event => {
    const link = event.target.closest("a.go");
    if (!link) return;
    event.preventDefault();
    choose(link.dataset.key);
  });
  const choose = key => TG.state.set({ node: key === chosen() ? "" : key });
  TG.find("#nodes").addEventListener("click", event => {
    const row = event.target.closest("tr");
    if (row) choose(row.dataset.key);
  });
  TG.find("#nodes").addEventListener("keydown", event => {
    const mine = buttons(), at = mine.indexOf(event.target);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: mine.length - 1, PageDown: Math.min(at + 10, mine.length - 1), PageUp: Math.max(at - 10, 0) }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    mine[to]?.focus();
  });
  TG.find("#nodes").addEventListener("focusin", event => hover(event.target.matches(":focus-visible") ? event.target.closest("tr").dataset.key : ""));
  TG.find("#nodes").addEventListener("focusout", () => hover(""));
  picture.on("click", ({ nodes: hit }) => { if (hit.length) choose(hit[0]); else TG.state.set({ node: "" }); });
  picture.on("hoverNode", ({ node }) => hover(node));
  picture.on("blurNode", () => hover(""));

  const ticked = name => { const boxes = TG.all(`[name=${name}]`), on = boxes.filter(b => b.checked); return on.length === boxes.length ? "" : on.map(b => b.value).join(",") || "none"; };
  search.addEventListener("input", () => TG.state.set({ q: search.value }, true));
  for (const box of TG.all("[name=kind]")) box.addEventListener("change", () => TG.state.set({ kinds: ticked("kind") }));
  for (const box of TG.all("[name=basis]")) box.addEventListener("change", () => TG.state.set({ bases: ticked("basis") }));
  mark.addEventListener("change", () => TG.state.set({ mark: mark.selectedIndex ? mark.value : "" }));
  only.addEventListener("change", () => TG.state.set({ only: only.checked ? "gaps" : "" }));
  TG.find("#clear").addEventListener("click", () => TG.state.set({ node: "", q: "", kinds: "", bases: "", only: "", mark: "" }));
  document.addEventListener("keydown", event => {
    if (event.key === "/" && !TG.typing(event)) { event.preventDefault(); search.focus(); search.select(); }
    if (event.key === "Escape") { if (chosen()) clear(); else TG.state.set({ q: "" }); }
  });
  search.addEventListener("keydown", event => {
    if (event.key === "Enter" && buttons().length) choose(buttons()[0].closest("tr").dataset.key);
    if (event.key === "ArrowDown") { event.preventDefault(); buttons()[0]?.focus(); }
  });

  const move = still.matches ? false : { duration: 200, easingFunction: "easeInOutQuad" };
  const zoom = by => picture.moveTo({ scale: picture.getScale() * by, animation: move });
  TG.find("#closer").addEventListener("click", () => zoom(1.4));
  TG.find("#farther").addEventListener("click", () => zoom(1 / 1.4));
  TG.find("#whole").addEventListener("click", () => picture.fit({ animation: move }));
  dark.addEventListener("change", () => { colours = TG.palette(); refresh(); picture.redraw(); });
  for (const event of ["beforeprint", "afterprint"]) addEventListener(event, () => { picture.redraw(); picture.fit({ animation: false }); });
  new ResizeObserver(() => picture.fit({ animation: false })).observe(TG.find("#picture"));

  TG.state.onChange(apply);
  apply();
  TG.picture = picture;
})();
