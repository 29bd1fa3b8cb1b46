"""PyLD's processor, which remembers how it shortened an address.

The algorithm for shortening one (JSON-LD 1.1 API, section 6, IRI compaction) goes through all terms of the context. A
document of ours mentions the same addresses again and again; working each out anew was more than a third of its time.
"""

from __future__ import annotations

from typing import Any

from pyld.jsonld import JsonLdProcessor  # type: ignore[import-untyped]  # it ships no types


class RememberingProcessor(JsonLdProcessor):  # type: ignore[misc]  # of a class without types
    """For one document: what is the same context, address and way of asking gets the same answer.

    The step is not of PyLD's public interface. In a PyLD that has no such step, this one is not called, and nothing is
    remembered; what is made is the same either way.
    """

    def __init__(self) -> None:
        super().__init__()
        # By the context's identity: the contexts are held, so that none takes the place of another.
        self._shortened: dict[int, tuple[object, dict[tuple[object, ...], Any]]] = {}

    def _compact_iri(self, active_ctx: Any, iri: Any, value: Any = None, *more: Any, **options: Any) -> Any:
        if value is not None:  # then the answer depends on the value too
            return super()._compact_iri(active_ctx, iri, value, *more, **options)
        _, known = self._shortened.setdefault(id(active_ctx), (active_ctx, {}))
        asked = (iri, *more, *sorted(options.items()))
        if asked not in known:
            known[asked] = super()._compact_iri(active_ctx, iri, None, *more, **options)
        return known[asked]
