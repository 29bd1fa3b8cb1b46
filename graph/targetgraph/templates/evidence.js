"use strict";
// Details of one thing: what it lacks, and the links behind it with their evidence.
TG.claim = (link, from) => {
  const other = from === "target" ? link.concept : `${link.target} ${link.target_label}`;
  const line = TG.make("p", {}, TG.make("strong", {}, from === "pair" ? `${link.target} → ${link.concept}` : other), " ",
    TG.make("span", { class: `badge ${link.basis}` }, link.basis), " ");
  if (link.role) line.append(TG.make("span", { class: "badge" }, link.role), " ");
  line.append(TG.make("span", { class: `badge ${link.verification}` }, link.verification));
  const about = [`${link.relation}, confidence ${link.confidence}`];
  if (link.recalled) about.push("wording of the target not checked against the official text");
  if (link.caveat) about.push(link.caveat);
  const item = TG.make("li", { class: "claim" }, line, TG.make("p", { class: "said" }, about.join("; ")));
  if (link.quote) item.append(TG.make("p", {}, TG.make("q", {}, link.quote)));
  if (link.rationale) item.append(TG.make("p", {}, link.rationale));
  if (link.iri) item.append(TG.make("p", { class: "iri" }, TG.address(link.iri)));
  return item;
};

TG.lack = gap => TG.make("li", { class: "lack" },
  TG.make("p", {}, gap.sentence), TG.make("p", {}, gap.because),
  TG.make("p", { class: "said" }, `Certainty ${gap.certainty}: ${gap.reason}. Severity ${gap.severity}. `,
    `Shown by: targetgraph query ${gap.query}`),
  TG.make("p", { class: "iri" }, TG.address(gap.iri)));

TG.section = (title, items) => items.length
  ? [TG.make("h3", {}, `${title} (${items.length})`), TG.make("ul", {}, ...items)] : [];

// thing: {title, iri, state, summary, recalled, gaps, links, from, note}
TG.tell = (panel, thing) => {
  const head = [TG.make("h2", { tabindex: "-1" }, thing.title)];
  if (thing.iri) head.push(TG.make("p", { class: "iri" }, TG.address(thing.iri)));
  if (thing.state) head.push(TG.make("p", {}, thing.state));
  if (thing.recalled) {
    head.push(TG.make("p", {}, TG.make("span", { class: "badge recalled" }, "recalled"),
      " The wording was not checked against the official text."));
  }
  if (thing.summary) head.push(TG.make("p", {}, thing.summary));
  if (thing.note) head.push(TG.make("p", { class: "said" }, thing.note));
  panel.replaceChildren(...head,
    ...TG.section("What it lacks", thing.gaps.map(TG.lack)),
    ...TG.section("Links", thing.links.map(link => TG.claim(link, thing.from))));
  panel.scrollTop = 0;
};
