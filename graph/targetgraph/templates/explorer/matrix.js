// Arrow keys through the cells, and a cell that opens in place. Without this each cell is a button of a form.
"use strict";
(() => {
  const form = document.querySelector("form.cells");
  const place = document.getElementById("cell-place");
  if (!form) return;
  const table = form.querySelector("table");
  const rows = [...table.querySelectorAll("tbody tr")].map(row => [...row.querySelectorAll("button")]);
  const where = new Map();
  rows.forEach((row, y) => row.forEach((button, x) => where.set(button, [y, x])));
  table.setAttribute("role", "grid");
  form.querySelector(".scroll").removeAttribute("tabindex");
  const stop = button => {
    for (const other of table.querySelectorAll("button[tabindex='0']")) other.tabIndex = -1;
    button.tabIndex = 0;
  };
  for (const button of where.keys()) button.tabIndex = -1;
  if (rows[0]?.[0]) stop(table.querySelector("td.open button") ?? rows[0][0]);

  table.addEventListener("keydown", event => {
    const at = where.get(event.target);
    if (!at) return;
    const [y, x] = at;
    const to = { ArrowUp: [y - 1, x], ArrowDown: [y + 1, x], ArrowLeft: [y, x - 1], ArrowRight: [y, x + 1],
      Home: [event.ctrlKey ? 0 : y, 0], End: [event.ctrlKey ? rows.length - 1 : y, rows[y].length - 1] }[event.key];
    if (!to) return;
    event.preventDefault();
    const next = rows[to[0]]?.[to[1]];
    if (next) { stop(next); next.focus(); }
  });

  const address = value => {
    const found = new URL(location.href);
    found.hash = "";
    if (value) found.searchParams.set("cell", value); else found.searchParams.delete("cell");
    return found;
  };
  async function show(value, focus) {
    for (const cell of table.querySelectorAll("td.open")) cell.classList.remove("open");
    if (!value) { place.replaceChildren(); return; }
    const button = [...where.keys()].find(b => b.value === value);
    button?.closest("td").classList.add("open");
    const part = address(value);
    part.pathname += "/cell";
    const answer = await fetch(part);
    const read = new DOMParser().parseFromString(await answer.text(), "text/html");
    const section = read.getElementById("cell") ?? read.querySelector(".page-state");
    place.replaceChildren(document.adoptNode(section));
    if (focus) { section.focus(); section.scrollIntoView({ block: "nearest" }); }
  }
  form.addEventListener("submit", event => {
    const button = event.submitter;
    if (!button) return;
    event.preventDefault();
    stop(button);
    history.pushState(null, "", address(button.value));
    show(button.value, true).catch(() => form.submit());
  });
  place.addEventListener("click", event => {
    if (!event.target.closest(".close a")) return;
    event.preventDefault();
    close();
  });
  function close() {
    const open = table.querySelector("td.open button");
    history.pushState(null, "", address(""));
    show("");
    open?.focus();
  }
  document.addEventListener("keydown", event => {
    if (event.key === "Escape" && place.firstElementChild && !document.querySelector("dialog[open]")) close();
  });
  addEventListener("popstate", () => show(new URL(location.href).searchParams.get("cell"), false));
})();
