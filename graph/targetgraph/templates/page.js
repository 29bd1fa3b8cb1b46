"use strict";
// What every page's script uses: making elements out of text, and the state kept in the address.
const TG = {};
document.documentElement.classList.add("scripted");

TG.data = id => JSON.parse(document.getElementById(id).textContent);
TG.find = (selector, within = document) => within.querySelector(selector);
TG.all = (selector, within = document) => [...within.querySelectorAll(selector)];

// Elements are made of text only; nothing in the data is ever read as markup.
TG.make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.filter(child => child !== null && child !== ""));
  return element;
};

// An address becomes a link only when it leads to the web.
TG.address = (iri, text = iri) =>
  /^https?:\/\//i.test(iri) ? TG.make("a", { href: iri, rel: "noopener noreferrer" }, text) : TG.make("span", {}, text);

TG.colour = name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

TG.state = {
  kept: new URLSearchParams(location.hash.slice(1)),
  listeners: [],
  get(name, otherwise = "") { return this.kept.get(name) ?? otherwise; },
  set(changes, replace = false) {
    const before = this.kept.toString();
    for (const [name, value] of Object.entries(changes)) {
      if (value === "" || value === null) this.kept.delete(name); else this.kept.set(name, value);
    }
    const after = this.kept.toString();
    if (after === before) return;
    try {
      history[replace ? "replaceState" : "pushState"](null, "", `#${after}`);
    } catch { /* a sandboxed frame has no address of its own; the page works all the same */ }
    this.tell();
  },
  tell() { for (const listener of this.listeners) listener(); },
  onChange(listener) { this.listeners.push(listener); },
};
TG.reread = () => {
  // A leap to a place in the page is no state.
  if (location.hash === "#main") return;
  const now = new URLSearchParams(location.hash.slice(1));
  if (now.toString() === TG.state.kept.toString()) return;
  TG.state.kept = now;
  TG.state.tell();
};
addEventListener("popstate", TG.reread);
addEventListener("hashchange", TG.reread);

TG.typing = event => /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
