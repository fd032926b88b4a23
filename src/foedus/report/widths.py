"""How wide each column of a terminal table is: figures are never cut, words broken last of all."""

from __future__ import annotations

from collections.abc import Sequence

#: Blanks between two columns.
GAP = 2


def column_widths(
    heads: Sequence[str], cells: Sequence[Sequence[str]], right: Sequence[bool], total: int
) -> list[int]:
    """A width in characters for each column, together with the gaps at most ``total``.

    ``cells`` holds one sequence a column. A column set to the right gets the room its longest cell
    needs; the others share what is left, first their longest word, then by need.
    """
    natural, least = [], []
    for head, column, fixed in zip(heads, cells, right, strict=True):
        longest = max(map(len, column), default=1)
        natural.append(max(longest, len(head)))
        least.append(max(_word(head), longest if fixed else max(map(_word, column), default=1), 1))
    room = total - GAP * (len(heads) - 1)
    if sum(natural) <= room:
        return natural
    if sum(least) > room:
        # Too narrow: break words, the longest first, and figures only when all else fails.
        return _shrunk(least, right, room)
    return _grown(least, natural, room)


def _word(text: str) -> int:
    return max((len(word) for word in text.split()), default=0)


def _shrunk(least: list[int], right: Sequence[bool], room: int) -> list[int]:
    widths = list(least)
    while sum(widths) > room:
        loose = [i for i, fixed in enumerate(right) if not fixed and widths[i] > 4]
        if not loose:
            loose = [i for i, width in enumerate(widths) if width > 1]
        if not loose:
            break
        widths[max(loose, key=lambda i: widths[i])] -= 1
    return widths


def _grown(least: list[int], natural: list[int], room: int) -> list[int]:
    widths = list(least)
    while sum(widths) < room:
        # The column that would otherwise need most lines grows first.
        wanting = [i for i, full in enumerate(natural) if widths[i] < full]
        if not wanting:
            break
        widths[max(wanting, key=lambda i: (natural[i] / widths[i], -i))] += 1
    return widths
