"""How SMART a target is, for its fact sheet."""

from __future__ import annotations

from targetgraph.analysis.description.record import Description
from targetgraph.pipeline.texts import reader
from targetgraph.reading.smart import judge
from targetgraph.records.smart import ABSENT, PARAPHRASE, WORDING, SmartReading
from targetgraph.web.explorer.visit import Visit


def smart_reading(visit: Visit, told: Description, paraphrase: str) -> SmartReading:
    """The verdicts on a target: on its wording where the text is held (English before other languages), else on the paraphrase.

    Parameters
    ----------
    told : what the graph says of the target.
    paraphrase : what stands in the place of a text that is not held; may be empty.
    """
    held = [(w.language or "en", "".join(s.text for s in w.stretches)) for w in told.sheet.wordings if w.stretches]
    held.sort(key=lambda pair: pair[0] != "en")
    language, text = held[0] if held else ("en", paraphrase)
    basis = WORDING if held else PARAPHRASE if paraphrase else ABSENT

    def make() -> SmartReading:
        return judge(visit.edition.compute("reader", reader), text, language, basis)

    return visit.edition.compute(("smart", told.iri), make)
