// A view as PNG, made here from its SVG, and printing. Without this the link to the PNG leads to the SVG.
"use strict";
(() => {
  const MOST = 16000; // pixels a side that browsers draw
  async function save(link) {
    const image = new Image();
    image.src = link.href;
    await image.decode();
    const scale = Math.min(2, MOST / Math.max(image.naturalWidth, image.naturalHeight));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(image.naturalWidth * scale);
    canvas.height = Math.round(image.naturalHeight * scale);
    const context = canvas.getContext("2d");
    context.fillStyle = "#ffffff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise(done => canvas.toBlob(done, "image/png"));
    const address = URL.createObjectURL(blob);
    const saved = document.createElement("a");
    saved.href = address;
    saved.download = link.dataset.name;
    saved.click();
    setTimeout(() => URL.revokeObjectURL(address), 30000);
  }
  document.addEventListener("click", event => {
    const link = event.target.closest("a.png");
    if (link && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      save(link).catch(() => { location.href = link.href; });
    }
    if (event.target.closest("button.print")) window.print();
  });
  // Choices of a form marked so are taken at once; its button is for who has no script.
  for (const form of document.querySelectorAll("form.at-once")) {
    form.addEventListener("change", event => { if (event.target.matches("select, input[type=checkbox], input[type=radio]")) form.requestSubmit(); });
  }
})();
