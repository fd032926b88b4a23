"""Evidence ids to footnote numbers: in the order of first citing, the same in every rendering."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from foedus.errors import FoedusError
from foedus.report.document import Line, Note, Notes

if TYPE_CHECKING:
    from foedus.assessment.model import EvidenceItem


#: Characters from which an account of processing is worth referring to instead of repeating.
_LONG = 40


class Footnotes:
    """Hands out numbers while the document is written from top to bottom.

    Raises FoedusError when a part cites an id that the assessment's evidence does not hold: such a
    figure would have no way back to its source.
    """

    def __init__(self, evidence: Iterable[EvidenceItem]) -> None:
        self._known = {item.id: item for item in evidence}
        self._numbers: dict[str, int] = {}

    def __call__(self, ids: Iterable[str]) -> Notes:
        """The numbers of these ids, in ascending order."""
        for ident in ids:
            if ident not in self._known:
                raise FoedusError(
                    f"evidence {ident!r} is cited, but the assessment does not list it.",
                    "this is a fault of foedus; please report it with the command you ran",
                )
            self._numbers.setdefault(ident, len(self._numbers) + 1)
        return tuple(sorted({self._numbers[ident] for ident in ids}))

    def line(self, text: str, ids: Iterable[str] = (), *, strong: bool = False) -> Line:
        return Line(text, self(tuple(ids)), strong)

    def entries(self) -> tuple[Note, ...]:
        """The evidence list: cited entries by number, then those no figure cites directly."""
        cited = dict(self._numbers)
        for ident in self._known:
            self._numbers.setdefault(ident, len(self._numbers) + 1)
        order = sorted(self._numbers, key=self._numbers.__getitem__)
        said: dict[str, int] = {}

        def processing(ident: str) -> str | None:
            """The same long account of what was done is given once, and then referred to."""
            text = self._known[ident].processing
            if text is None or len(text) <= _LONG:
                return text
            first = said.setdefault(text, self._numbers[ident])
            return text if first == self._numbers[ident] else f"as for {first}"

        return tuple(
            Note(
                number=self._numbers[i],
                id=i,
                source=self._known[i].source,
                locator=self._known[i].locator,
                status=self._known[i].status,
                as_of=self._known[i].as_of,
                url=self._known[i].url,
                processing=processing(i),
                cited=i in cited,
            )
            for i in order
        )
