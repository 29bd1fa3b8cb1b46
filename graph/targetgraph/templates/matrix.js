"use strict";
// One matrix at a time, sorted and filtered; arrow keys through the cells; a cell opens to its links.
(() => {
  const { matrices, targets, reach, links, gaps, states } = TG.data("data");
  const panel = TG.find("#details"), which = TG.find("#which"), order = TG.find("#order"), only = TG.find("#only-gaps");
  const tables = TG.all("table.cells");
  const rowsOf = table => TG.all("tbody tr", table);
  const cellsOf = row => TG.all("td:not(.total)", row);
  const given = tables.map(rowsOf);

  const stateOf = cell => states.find(state => cell.classList.contains(`s-${state.name}`));
  const current = () => Math.max(matrices.findIndex(m => m.key === TG.state.get("matrix")), 0);

  // Targets behind a cell, each with its links; crossed cells take the targets that reach both sides.
  const behind = (m, row, column) => {
    if (m.row === "targets") return [[row, reach[m.column][`${row}:${column}`] ?? []]];
    const rows = m.row === "objectives" ? m.members[row] : targets.map((_, t) => t);
    return rows.map(t => {
      const across = reach[m.column][`${t}:${column}`] ?? [];
      if (m.row === "objectives") return [t, across];
      const down = reach[m.row][`${t}:${row}`] ?? [];
      return [t, down.length && across.length ? [...down, ...across] : []];
    }).filter(([, numbers]) => numbers.length);
  };

  const open = (cell, m, row, column) => {
    const found = behind(m, row, column), state = stateOf(cell);
    const numbers = [...new Set(found.flatMap(([, mine]) => mine))];
    const target = m.row === "targets" ? targets[row] : null;
    // Of what the row and the column lack, only what this matrix is about.
    const about = [...m.rows[row][2], ...m.columns[column][2]].map(n => gaps[n])
      .filter(gap => gap.dimension === m.column || gap.dimension === m.row);
    TG.tell(panel, {
      title: `${m.rows[row][1]} × ${m.columns[column][1]}`,
      iri: m.columns[column][0],
      state: `${state.symbol} ${state.word}: ${state.meaning}.`,
      recalled: Boolean(target?.recalled),
      note: m.counted === "targets" ? `Targets: ${found.map(([t]) => targets[t].code).join(", ") || "none"}` : "",
      gaps: about, links: numbers.map(n => links[n]), from: "pair",
    });
    const close = TG.make("button", { type: "button", class: "plain close" }, "Close");
    close.addEventListener("click", shut);
    panel.prepend(close);
  };

  const cellAt = text => {
    const [row, column] = text.split(",").map(Number);
    const line = given[current()][row];
    return line ? cellsOf(line)[column] : undefined;
  };

  const shut = () => {
    const cell = cellAt(TG.state.get("cell"));
    TG.state.set({ cell: "" });
    if (cell) rove(cell);
  };

  // One stop for Tab in each table; arrow keys move it.
  const rove = cell => {
    const table = cell.closest("table");
    for (const other of TG.all("td[tabindex='0']", table)) other.tabIndex = -1;
    cell.tabIndex = 0;
    cell.focus();
  };

  const move = (cell, key, far) => {
    const rows = rowsOf(cell.closest("table")).filter(row => !row.hidden);
    const y = rows.indexOf(cell.parentElement), x = cellsOf(cell.parentElement).indexOf(cell);
    const width = cellsOf(rows[y]).length;
    const to = { ArrowUp: [y - 1, x], ArrowDown: [y + 1, x], ArrowLeft: [y, x - 1], ArrowRight: [y, x + 1],
      Home: [far ? 0 : y, 0], End: [far ? rows.length - 1 : y, width - 1] }[key];
    const next = to && rows[to[0]] ? cellsOf(rows[to[0]])[to[1]] : undefined;
    if (next) rove(next);
    return Boolean(to);
  };

  const choose = cell => {
    const row = cell.parentElement.dataset.row, column = cellsOf(cell.parentElement).indexOf(cell);
    const chosen = `${row},${column}`;
    TG.state.set({ cell: TG.state.get("cell") === chosen ? "" : chosen });
  };

  tables.forEach(table => {
    table.setAttribute("role", "grid");
    table.parentElement.removeAttribute("tabindex");
    for (const cell of TG.all("tbody td:not(.total)", table)) cell.tabIndex = -1;
    const first = TG.find("tbody td:not(.total)", table);
    if (first) first.tabIndex = 0;
    table.addEventListener("click", event => {
      const cell = event.target.closest("tbody td:not(.total)");
      if (cell) { rove(cell); choose(cell); }
    });
    table.addEventListener("keydown", event => {
      const cell = event.target.closest("tbody td:not(.total)");
      if (!cell) return;
      if (event.key === "Enter" || event.key === " ") { choose(cell); event.preventDefault(); }
      else if (move(cell, event.key, event.ctrlKey)) event.preventDefault();
    });
  });

  const apply = () => {
    const now = current(), byGaps = TG.state.get("order") === "gaps", gapsOnly = TG.state.get("only") === "gaps";
    which.value = matrices[now].key;
    order.value = byGaps ? "gaps" : "";
    only.checked = gapsOnly;
    tables.forEach((table, n) => {
      table.closest(".matrix").hidden = n !== now;
      const rows = byGaps ? [...given[n]].sort((a, b) => b.dataset.gaps - a.dataset.gaps) : given[n];
      TG.find("tbody", table).append(...rows);
      for (const row of rows) row.hidden = gapsOnly && row.dataset.gaps === "0";
    });
    for (const cell of TG.all("td.open")) cell.classList.remove("open");
    const cell = TG.state.get("cell") ? cellAt(TG.state.get("cell")) : undefined;
    panel.hidden = !cell;
    if (!cell) return;
    cell.classList.add("open");
    if (panel.dataset.shown !== TG.state.get("cell")) cell.scrollIntoView({ block: "center", inline: "nearest" });
    panel.dataset.shown = TG.state.get("cell");
    open(cell, matrices[now], Number(cell.parentElement.dataset.row), cellsOf(cell.parentElement).indexOf(cell));
  };

  which.addEventListener("change", () => TG.state.set({ matrix: which.value, cell: "" }));
  order.addEventListener("change", () => TG.state.set({ order: order.value }));
  only.addEventListener("change", () => TG.state.set({ only: only.checked ? "gaps" : "" }));
  document.addEventListener("keydown", event => { if (event.key === "Escape" && !panel.hidden) shut(); });
  TG.state.onChange(apply);
  apply();
})();
