// What is pointed at, or has the focus, stands out with everything it is tied to. On a narrow screen the lists are open.
"use strict";
(() => {
  const svg = document.getElementById("map-picture");
  const lists = document.querySelector("details.lists");
  if (lists && matchMedia("(max-width: 60rem)").matches) lists.open = true;
  if (!svg) return;
  const nodes = new Map([...svg.querySelectorAll(".node")].map(node => [node.dataset.key, node]));
  const paths = [...svg.querySelectorAll("path[data-t]")];
  let now = "";
  function light(key) {
    if (key === now) return;
    now = key;
    svg.classList.toggle("pointing", Boolean(key));
    const near = new Set([key]);
    for (const path of paths) {
      const mine = path.dataset.t === key || path.dataset.i === key;
      path.classList.toggle("lit", mine);
      if (mine) near.add(path.dataset.t).add(path.dataset.i);
    }
    for (const [name, node] of nodes) node.classList.toggle("lit", near.has(name));
  }
  const keyOf = event => event.target.closest?.(".node")?.dataset.key ?? "";
  svg.addEventListener("pointermove", event => light(keyOf(event)));
  svg.addEventListener("pointerleave", () => light(""));
  svg.addEventListener("focusin", event => light(keyOf(event)));
  svg.addEventListener("focusout", () => light(""));
  document.addEventListener("keydown", event => {
    const close = document.querySelector("#focus .close a");
    if (event.key === "Escape" && close && !document.querySelector("dialog[open]")) location.href = close.href;
  });
})();
