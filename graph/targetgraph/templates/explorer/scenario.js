// Fields of the form that say nothing stay out of the address; a button copies it.
"use strict";
(() => {
  const form = document.querySelector("form.suppose");
  form?.addEventListener("submit", () => {
    for (const field of form.elements) if (field.name && !field.value) field.disabled = true;
  });
  addEventListener("pageshow", () => { for (const field of form?.elements ?? []) field.disabled = false; });
  const share = document.querySelector(".share code");
  if (share) share.textContent = new URL(share.textContent, location.href).href;
})();
