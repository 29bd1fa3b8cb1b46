"use strict";
// Labels of one size on the screen, whatever the zoom: the weightiest first, and none over another.
TG.wrap = (text, width = 19) => {
  const lines = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word.length > 2 * width ? `${word.slice(0, 2 * width)}…` : word);
  }
  return lines.length > 3 ? [...lines.slice(0, 2), `${lines[2]}…`] : lines;
};

// What of the picture its place shows, in the units of the picture.
TG.inView = (picture, place) => {
  const { x: left, y: top } = picture.DOMtoCanvas({ x: 0, y: 0 });
  const { x: right, y: bottom } = picture.DOMtoCanvas({ x: place.clientWidth, y: place.clientHeight });
  return { left, top, right, bottom };
};

// labels: [{x, y, below, text, weight, colour, dim}] in the units of the picture; `occupied` boxes stay free. A label stands
// whole within `view` or not at all, but for those that must be there.
TG.placeLabels = (context, scale, labels, ground, occupied, view) => {
  const size = 11.5 / scale, line = size * 1.08;
  const labelled = [], major = occupied.filter(b => b.major);
  const over = (boxes, box) => boxes.some(b => box.left < b.right && b.left < box.right && box.top < b.bottom && b.top < box.bottom);
  context.font = `${size}px "Segoe UI", "Noto Sans", "Liberation Sans", sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "top";
  context.lineJoin = "round";
  for (const label of [...labels].sort((a, b) => b.weight - a.weight)) {
    const lines = TG.wrap(label.text), gap = 1.5 / scale;
    const wide = Math.max(...lines.map(text => context.measureText(text).width)) / 2, high = lines.length * line;
    const spots = [[label.x, label.y + label.below + gap], [label.x, label.y - label.below - gap - high],
      [label.x + label.below + gap * 2 + wide, label.y - high / 2], [label.x - label.below - gap * 2 - wide, label.y - high / 2],
      [label.x + wide * 0.8, label.y + label.below], [label.x - wide * 0.8, label.y + label.below],
      [label.x + wide * 0.8, label.y - label.below - high], [label.x - wide * 0.8, label.y - label.below - high]];
    const everywhere = spots.map(([x, y]) => ({ x, y, left: x - wide, right: x + wide, top: y, bottom: y + high }));
    const boxes = everywhere.filter(b => b.left >= view.left && b.right <= view.right && b.top >= view.top && b.bottom <= view.bottom);
    // Nobody's label hides another; over a small node only what carries much of the picture may lie.
    const box = boxes.find(b => !over(labelled, b) && !over(occupied, b))
      ?? (label.heavy || label.must ? boxes.find(b => !over(labelled, b) && !over(major, b)) : null) ?? (label.must ? boxes[0] ?? everywhere[0] : null);
    if (!box) continue;
    labelled.push(box);
    lines.forEach((text, n) => {
      context.lineWidth = 3.5 / scale;
      context.strokeStyle = ground;
      context.strokeText(text, box.x, box.y + n * line);
      context.fillStyle = label.colour;
      context.fillText(text, box.x, box.y + n * line);
    });
  }
};
