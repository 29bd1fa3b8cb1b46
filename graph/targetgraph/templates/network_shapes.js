"use strict";
// The shapes of nodes: one outline a kind, for the canvas and the legend; hatched and dashed where something is missing.
TG.outline = (kind, r) => {
  const corners = (n, from, radius = r) => Array.from({ length: n }, (_, i) => {
    const angle = from + (i * 2 * Math.PI) / n;
    return `${(radius * Math.cos(angle)).toFixed(2)} ${(radius * Math.sin(angle)).toFixed(2)}`;
  });
  const polygon = points => `M${points.join("L")}Z`;
  switch (kind) {
    case "target": return `M${-1.25 * r} ${-0.75 * r}h${2.5 * r}v${1.5 * r}h${-2.5 * r}z`;
    case "objective": return polygon(corners(6, 0, r * 1.1));
    case "sector": return `M${-0.88 * r} ${-0.88 * r}h${1.76 * r}v${1.76 * r}h${-1.76 * r}z`;
    case "stage": return polygon(corners(4, 0, r * 1.2));
    case "goal": return polygon(corners(3, -Math.PI / 2, r * 1.2));
    case "indicator": return polygon(corners(3, Math.PI / 2, r * 1.1));
    default: return `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
  }
};

TG.palette = () => Object.fromEntries(["ground", "panel", "ink", "quiet", "rule", "accent", "blue-1", "blue-2", "blue-3", "blue-4", "on-blue-4", "on-blue-1",
  "implied", "implied-ground", "implied-line", "catch", "catch-ground", "catch-line", "gap", "gap-ground", "gap-hatch",
  "curve", "curve-implied", "focus"].map(name => [name, TG.colour(name)]));

// Fill, line, text and dashes of a node in a state.
TG.dress = (colours, kind, state) => {
  if (state === 8) return { fill: colours["gap-ground"], line: colours.gap, text: colours.gap, dash: [4, 3], hatch: colours["gap-hatch"], sign: "○" };
  if (state === 3) return { fill: colours["catch-ground"], line: colours["catch-line"], text: colours.catch, dash: [4, 3], sign: "☂" };
  if (state >= 4 && state <= 7) return { fill: colours.panel, line: colours.quiet, text: colours.quiet, dash: [1, 3], sign: "" };
  if (state === 2) return { fill: colours["implied-ground"], line: colours["implied-line"], text: colours.implied, dash: [3, 2], sign: "◇" };
  if (kind === "target") return { fill: colours["blue-4"], line: colours["blue-4"], text: colours["on-blue-4"], dash: [], sign: "" };
  if (kind === "objective") return { fill: colours["blue-2"], line: colours["blue-3"], text: colours.ink, dash: [], sign: "" };
  return { fill: colours["blue-1"], line: colours["blue-3"], text: colours["on-blue-1"], dash: [], sign: "" };
};

// Draw one node at the origin of the context.
TG.drawNode = (context, { kind, state, size, text, recalled }, colours, mood) => {
  const dress = TG.dress(colours, kind, state), outline = new Path2D(TG.outline(kind, size));
  context.globalAlpha = mood === "dim" ? 0.18 : 1;
  context.fillStyle = dress.fill;
  context.fill(outline);
  if (dress.hatch) {
    context.save();
    context.clip(outline);
    context.strokeStyle = dress.hatch;
    context.lineWidth = 1.2;
    context.beginPath();
    for (let x = -3 * size; x < 3 * size; x += 4.5) { context.moveTo(x, 2 * size); context.lineTo(x + 4 * size, -2 * size); }
    context.stroke();
    context.restore();
  }
  context.setLineDash(dress.dash);
  context.lineWidth = 1.5;
  context.strokeStyle = dress.line;
  context.stroke(outline);
  context.setLineDash([]);
  if (mood === "chosen" || mood === "hovered") {
    context.lineWidth = mood === "chosen" ? 3 : 2;
    context.strokeStyle = colours.focus;
    context.stroke(new Path2D(TG.outline(kind, size + 4)));
  }
  context.fillStyle = dress.text;
  context.textAlign = "center";
  context.textBaseline = "middle";
  const inside = kind === "target" || kind === "objective" ? text : dress.sign;
  if (inside) {
    context.font = `${kind === "target" || kind === "objective" ? "600 " : ""}${(size * (inside.length > 2 ? 0.8 : 0.95)).toFixed(1)}px sans-serif`;
    context.fillText(inside, 0, kind === "goal" ? size * 0.2 : kind === "indicator" ? -size * 0.2 : 0.5);
  }
  const corner = kind === "target" ? (dress.sign || "") + (recalled ? "?" : "") : "";
  if (corner) {
    context.font = `700 ${(size * 0.7).toFixed(1)}px sans-serif`;
    context.fillStyle = state === 3 ? colours.catch : colours.ink;
    context.textAlign = "left";
    context.fillText(corner, size * 1.32, -size * 0.55);
  }
  context.globalAlpha = 1;
};
