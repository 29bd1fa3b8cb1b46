"use strict";
// What is added from page to page is remembered here, in this browser; the address of the briefing always holds all of it.
(() => {
  const tools = document.getElementById("tools");
  const key = "targetgraph-briefing";
  const read = () => {
    try {
      const found = JSON.parse(localStorage.getItem(key) || "[]");
      return Array.isArray(found) ? found.filter(item => typeof item === "string").slice(0, 40) : [];
    } catch {
      return [];
    }
  };
  const address = new URL(location.href);
  const here = [...address.searchParams.getAll("item"), ...address.searchParams.getAll("add")].filter(Boolean);
  if (address.searchParams.has("add")) {
    const all = [...new Set([...(address.searchParams.has("item") ? [] : read()), ...here])];
    address.searchParams.delete("add");
    address.searchParams.delete("item");
    for (const item of all) address.searchParams.append("item", item);
    localStorage.setItem(key, JSON.stringify(all));
    if (all.length > here.length) { location.replace(address); return; }
    history.replaceState(null, "", address);
  } else if (here.length) {
    localStorage.setItem(key, JSON.stringify(here));
  } else {
    const earlier = read();
    const line = document.getElementById("earlier");
    if (earlier.length) {
      for (const item of earlier) address.searchParams.append("item", item);
      const link = line.querySelector("a");
      link.href = address;
      link.textContent = tools.dataset.on.replace("{n}", earlier.length);
      line.hidden = false;
    }
  }
  const print = document.getElementById("print");
  if (print) {
    print.hidden = false;
    print.addEventListener("click", () => window.print());
  }
})();
