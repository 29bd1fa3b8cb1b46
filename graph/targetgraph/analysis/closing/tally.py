"""What chosen links meet, kept up to date link by link."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from targetgraph.analysis.closing.candidate import Candidate
from targetgraph.analysis.closing.needs import Meeting, Need


class Tally:
    """Counts of what is met, and the gaps that are closed by it.

    A gap is closed when all its needs are met and, if it is about a meeting, one of the ways to bring it about is open.

    Parameters
    ----------
    found : candidates; the methods take their positions.
    needs, meetings : what has to be met.
    chosen : candidates to begin with.
    """

    def __init__(
        self, found: Sequence[Candidate], needs: Sequence[Need], meetings: Sequence[Meeting], chosen: Iterable[int] = ()
    ) -> None:
        self._found, self._needs = found, needs
        self._short = [need.demand for need in needs]
        # Of each gap how many needs and meetings are unmet, of each way how many parts, of each meeting how many whole ways.
        self._unmet: dict[int, int] = defaultdict(int)
        self._ways: dict[int, list[int]] = defaultdict(list)
        self._meeting: list[int] = []
        self._lacking: list[int] = []
        for need in needs:
            if not need.is_part:
                self._unmet[need.gap] += 1
        for number, meeting in enumerate(meetings):
            self._unmet[meeting.gap] += 1
            for way in meeting.ways:
                for part in way:
                    self._ways[part].append(len(self._lacking))
                self._meeting.append(number)
                self._lacking.append(len(way))
        self._whole = [sum(not way for way in meeting.ways) for meeting in meetings]
        self._gap_of = [meeting.gap for meeting in meetings]
        for meeting, whole in zip(meetings, self._whole, strict=True):
            self._unmet[meeting.gap] -= whole > 0
        for position in chosen:
            self.add(position)

    @property
    def closed(self) -> set[int]:
        """The gaps that are closed."""
        return {gap for gap, number in self._unmet.items() if not number}

    def is_open(self, need: int) -> bool:
        """Whether a need is not yet met."""
        return self._short[need] > 0

    def add(self, position: int) -> set[int]:
        """Take a link; returns the gaps that this closes."""
        return self._changed(position, -1)

    def remove(self, position: int) -> set[int]:
        """Give a link back; returns the gaps that this opens."""
        return self._changed(position, 1)

    def closing(self, positions: Iterable[int]) -> set[int]:
        """The gaps that links would close together; nothing is changed."""
        taken = list(positions)
        closed = {gap for position in taken for gap in self.add(position)}
        for position in reversed(taken):
            self.remove(position)
        return closed

    def _changed(self, position: int, by: int) -> set[int]:
        turned: set[int] = set()
        for need in self._found[position].needs:
            before = self._short[need] > 0
            self._short[need] += by
            after = self._short[need] > 0
            if before == after:
                continue
            if not self._needs[need].is_part:
                turned |= self._turn(self._needs[need].gap, by)
            for way in self._ways.get(need, ()):
                turned |= self._step(way, by)
        return turned

    def _step(self, way: int, by: int) -> set[int]:
        """One part of a way more or less."""
        was_whole = not self._lacking[way]
        self._lacking[way] += by
        is_whole = not self._lacking[way]
        if was_whole == is_whole:
            return set()
        meeting = self._meeting[way]
        before = self._whole[meeting]
        self._whole[meeting] -= by
        return self._turn(self._gap_of[meeting], by) if not before or not self._whole[meeting] else set()

    def _turn(self, gap: int, by: int) -> set[int]:
        """A need or meeting of a gap is met, or not any more; the gap, if that closes or opens it."""
        before = self._unmet[gap]
        self._unmet[gap] += by
        return {gap} if not before or not self._unmet[gap] else set()


def gaps_touched(
    found: Sequence[Candidate], needs: Sequence[Need], meetings: Sequence[Meeting]
) -> Iterator[frozenset[int]]:
    """For each candidate the gaps it could have a part in closing."""
    of_part: dict[int, set[int]] = defaultdict(set)
    for meeting in meetings:
        for way in meeting.ways:
            for part in way:
                of_part[part].add(meeting.gap)
    for candidate in found:
        yield frozenset(gap for n in candidate.needs for gap in (of_part[n] if needs[n].is_part else {needs[n].gap}))
