// Dropping a file on the form, and following a build that is under way. Without it a button sends, and the page loads itself again.
"use strict";
(() => {
  const form = document.querySelector("form.drop");
  if (form) {
    const field = form.querySelector("input[type=file]");
    document.addEventListener("dragover", event => { event.preventDefault(); form.classList.add("over"); });
    document.addEventListener("dragleave", event => { if (!event.relatedTarget) form.classList.remove("over"); });
    document.addEventListener("drop", event => {
      event.preventDefault();
      form.classList.remove("over");
      if (event.dataTransfer.files.length) { field.files = event.dataTransfer.files; form.requestSubmit(); }
    });
  }
  const state = document.querySelector("[data-status]");
  if (state) {
    const step = document.getElementById("step");
    const look = async () => {
      try {
        const said = await (await fetch(state.dataset.status, { cache: "no-store" })).json();
        if (said.state !== "running") { location.reload(); return; }
        if (step.textContent !== said.step) step.textContent = said.step;
        if (said.seconds) document.getElementById("seconds").textContent = `${said.seconds} s`;
      } catch { window.dispatchEvent(new Event("explorer:look")); }
      setTimeout(look, 700);
    };
    setTimeout(look, 700);
  }
})();
