// What every page of the explorer can do besides being read: keys, and word of a server that is gone or has newer data.
"use strict";
(() => {
  document.documentElement.classList.add("scripted");
  const body = document.body;
  const KEYS_OFF = "targetgraph-keys-off";
  const kept = {
    get: name => { try { return localStorage.getItem(name); } catch { return null; } },
    set: (name, value) => { try { localStorage.setItem(name, value); } catch { /* nothing is kept then */ } },
  };

  // Single keys: `/`, `?`, and `g` followed by the key of a page. They can be turned off (WCAG 2.1.4).
  const dialog = document.getElementById("keys");
  const on = document.getElementById("keys-on");
  on.checked = kept.get(KEYS_OFF) !== "yes";
  on.addEventListener("change", () => kept.set(KEYS_OFF, on.checked ? "no" : "yes"));
  const writing = element => element.matches("input, textarea, select, [contenteditable]:not([contenteditable=false])");
  let waiting = 0;
  document.addEventListener("keydown", event => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || writing(event.target) || !on.checked) return;
    if (event.key === "/") {
      event.preventDefault();
      const search = document.getElementById("search-all");
      search.focus();
      search.select();
    } else if (event.key === "?") {
      event.preventDefault();
      if (!dialog.open) dialog.showModal();
    } else if (dialog.open) {
      return;
    } else if (event.key === "g" && Date.now() - waiting > 1500) {
      waiting = Date.now();
    } else if (Date.now() - waiting <= 1500) {
      waiting = 0;
      const link = document.querySelector(`nav.pages a[data-key="${CSS.escape(event.key)}"]`);
      if (link) { event.preventDefault(); link.click(); }
    }
  });

  // Whether the server still answers, and with the same data.
  const announce = document.getElementById("announce");
  let gone = false;
  function say(text, again) {
    announce.replaceChildren(document.createTextNode(text));
    if (again) {
      const link = document.createElement("a");
      link.href = location.href;
      link.textContent = announce.dataset.reload;
      announce.append(" ", link);
    }
    announce.hidden = false;
  }
  async function look() {
    if (document.hidden || !body.dataset.version) return;
    try {
      const answer = await fetch(body.dataset.alive, { cache: "no-store" });
      const said = await answer.json();
      if (gone) say(announce.dataset.back, true);
      else if (said.version && said.version !== body.dataset.version) say(announce.dataset.newer, true);
      gone = false;
    } catch {
      gone = true;
      say(announce.dataset.gone, false);
    }
  }
  setInterval(look, 15000);
  window.addEventListener("explorer:look", look);
})();
