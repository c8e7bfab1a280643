"""What a bullet cannot do without, guessed from its own words: figures and telling words that stand in its evidence."""

import re
from collections.abc import Iterator, Sequence

from eval.cases import Must
from summarizer.dates import find_dates
from summarizer.figures import find_figures

_WORD = re.compile(r"[^\W\d_]{4,}")
_LITTLE = frozenset(
    "that this with from have will they them their there then than when what which where while would could "
    "should shall must does done each every before after until about into onto over under also only more most "
    "some such same other your ours client vendor provide provides deliver delivers make makes need needs "
    "within without between during per".split()
)
_STEM = 5
"""So many letters of a word are kept at least; its ending is left open."""
_ENDING = 3
_MOST_WORDS = 2


def must(text: str, evidence: Sequence[str]) -> Must:
    """One row for the first figure, and one for each of the two longest words that stand in the evidence, too.

    >>> must("Build five dashboards by June", ["five dashboards on top"])
    (('five', '5'), ('dashboa',))
    """
    figures = list(_figures(text, evidence))[:1]
    words = [(stem,) for stem in _stems(text, evidence)][:_MOST_WORDS]
    return (*figures, *words) or ((_longest(text),),)


def _figures(text: str, evidence: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The first way to write a figure is the text's own, the others are those of the evidence and the plain number."""
    dates = find_dates(text)
    for figure in find_figures(text):
        if any(each.start < figure.end and figure.start < each.end for each in dates):
            continue
        same = [
            (other.values & figure.values, quote[other.start : other.end].lower())
            for quote in evidence
            for other in find_figures(quote)
            if other.values & figure.values
        ]
        if same:
            plain = [f"{value:f}" for value in sorted(frozenset.intersection(*(values for values, _ in same)))]
            yield tuple(dict.fromkeys([text[figure.start : figure.end].lower(), *(words for _, words in same), *plain]))


def _stems(text: str, evidence: Sequence[str]) -> list[str]:
    said = " ".join(evidence).lower()
    words = {word: None for word in _WORD.findall(text.lower()) if word not in _LITTLE and word[:_STEM] in said}
    figures = " ".join(text[each.start : each.end].lower() for each in find_figures(text))
    return [_stem(word) for word in sorted(words, key=len, reverse=True) if word not in figures]


def _stem(word: str) -> str:
    return word[: max(_STEM, len(word) - _ENDING)]


def _longest(text: str) -> str:
    return max(text.lower().split(), key=len)
