// The guided tour: shows the step that the fragment of the address names, until it is ended (button or Escape).
"use strict";
(() => {
  const tour = document.getElementById("tour");
  // Without this script the tour is read as a text, on the page of help.
  document.querySelectorAll("[data-tour]").forEach(link => { link.href = link.dataset.tour; });
  const end = () => { tour.hidden = true; history.replaceState(null, "", location.pathname + location.search); };
  function show() {
    const name = location.hash.slice(1);
    const step = [...tour.querySelectorAll("[data-step]")].find(s => s.dataset.step === name);
    tour.querySelectorAll("[data-step]").forEach(s => { s.hidden = s !== step; });
    tour.hidden = !step;
    if (step) document.getElementById("tour-title").focus();
  }
  tour.querySelectorAll("[data-end]").forEach(button => button.addEventListener("click", end));
  document.addEventListener("keydown", event => { if (event.key === "Escape" && !tour.hidden && !event.defaultPrevented) end(); });
  window.addEventListener("hashchange", show);
  show();
})();
