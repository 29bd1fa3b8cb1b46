// Suggestions under the search field: a combobox with a list (WAI-ARIA Authoring Practices). Without it the form does the same.
"use strict";
(() => {
  const form = document.querySelector("form.search");
  const input = document.getElementById("search-all");
  const list = document.createElement("ul");
  list.id = "suggestions";
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels[0].textContent);
  list.hidden = true;
  form.append(list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) {
    input.setAttribute(name, value);
  }
  let chosen = -1, asked = 0, waiting = 0, first = false;
  // What is shown can be that of fewer letters, until the answer for all of them is there: nothing is chosen from it.
  const isCurrent = () => !list.hidden && list.dataset.of === input.value.trim();

  function close() {
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }
  function mark(number) {
    chosen = number;
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === chosen)));
    if (chosen < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", list.children[chosen].id);
      list.children[chosen].scrollIntoView({ block: "nearest" });
    }
  }
  function show(found, text) {
    list.dataset.of = text;
    list.replaceChildren(...found.map((thing, i) => {
      const item = document.createElement("li");
      item.id = `suggestion-${i}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.dataset.href = thing.href;
      const name = document.createElement("bdi");
      name.lang = thing.lang;
      name.dir = thing.dir;
      name.textContent = thing.text;
      const kind = document.createElement("span");
      kind.className = "quiet";
      kind.textContent = [thing.kind, thing.matched].filter(Boolean).join(" · ");
      if (thing.code) item.append(`${thing.code} `);
      item.append(name, " ", kind);
      item.addEventListener("mousedown", event => { event.preventDefault(); location.assign(thing.href); });
      return item;
    }));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(Boolean(found.length)));
    mark(first && found.length ? 0 : -1);
    first = false;
  }
  async function ask() {
    const text = input.value.trim(), mine = ++asked;
    if (!text) { close(); return; }
    const values = new URLSearchParams(new FormData(form));
    try {
      const answer = await fetch(`${form.dataset.suggest}?${values}`);
      if (mine === asked && answer.ok && document.activeElement === input) show(await answer.json(), text);
    } catch { close(); }
  }
  input.addEventListener("input", () => { mark(-1); first = false; clearTimeout(waiting); waiting = setTimeout(ask, 120); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", event => {
    const count = isCurrent() ? list.children.length : 0;
    if (event.key === "Escape" && !list.hidden) { event.preventDefault(); clearTimeout(waiting); asked++; close(); }
    else if (event.key === "ArrowDown" && !list.hidden && !count) { event.preventDefault(); first = true; }
    else if (event.key === "ArrowDown" && count) { event.preventDefault(); mark((chosen + 1) % count); }
    else if (event.key === "ArrowUp" && count) { event.preventDefault(); mark((chosen <= 0 ? count : chosen) - 1); }
    else if (event.key === "Enter" && count && chosen >= 0) { event.preventDefault(); location.assign(list.children[chosen].dataset.href); }
  });
})();
