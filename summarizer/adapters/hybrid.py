"""The index of past SOWs as callers see it: likeness in Chroma and words in memory, joined."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from summarizer.adapters.lexical import LexicalPrecedents, Matches
from summarizer.adapters.precedents import ChromaPrecedents, Likeness
from summarizer.ports import Hit
from summarizer.records import SowSection
from summarizer.retrieval import Candidate, diverse, fits, passages, ranked, share_of_sections

CANDIDATES = 200
"""Sections that their words bring in."""


class HybridPrecedents:
    """What `summarizer.ports.PrecedentIndex` asks for. Threads may share it."""

    def __init__(self, dense: ChromaPrecedents, lexical: LexicalPrecedents) -> None:
        self._dense = dense
        self._lexical = lexical

    def put(self, workspace: str, sections: Sequence[SowSection]) -> None:
        """Add or replace the sections, by their id. Raises ConfigurationError."""
        self._dense.put(workspace, sections)

    def drop(self, workspace: str, section_ids: Sequence[str]) -> None:
        """Forget these sections; unknown ids are no error. Raises ConfigurationError."""
        self._dense.drop(workspace, section_ids)

    def search(self, workspace: str, text: str, *, most: int, among: Collection[str]) -> list[Hit]:
        """The sections of these SOWs that fit the text best, few of one SOW. Raises ConfigurationError."""
        asked = passages(text)
        if not asked or not among or most < 1:
            return []
        known = frozenset(among)
        matches = self._lexical.search(workspace, text, among=known)
        few = 2 * len(known) < len(matches.index.sows)
        alike = self._dense.nearest(workspace, asked, among=known, few=few)
        share = share_of_sections(len(asked))
        best = ranked(_candidates(matches, alike, share=share), share=share)
        return list(_hits(diverse(best, most=most), matches, alike))

    def count(self, workspace: str) -> int:
        """How many sections the index holds."""
        return self._dense.count(workspace)

    def ids(self, workspace: str) -> set[str]:
        """Of all sections that the index holds."""
        return self._dense.ids(workspace)


def _candidates(matches: Matches, alike: Mapping[str, Likeness], *, share: float) -> list[Candidate]:
    """What either way of looking brings in, seen by both. What the database does not know is left out."""
    shares = _shares(alike)
    wanted = matches.best(CANDIDATES, share=share) | alike.keys()
    return [
        Candidate(each.section, each.sow, each.words, each.whole, shares.get(each.section, 0.0))
        for each in matches.of(wanted)
    ]


def _shares(alike: Mapping[str, Likeness]) -> dict[str, float]:
    """From 0 for what is least alike of what was found to 1: cosines mean something else in each embedder."""
    cosines = [each.cosine for each in alike.values()]
    least, best = min(cosines, default=0.0), max(cosines, default=0.0)
    return {section: (each.cosine - least) / (best - least) if best > least else 1.0 for section, each in alike.items()}


def _hits(rows: Sequence[tuple[Candidate, float]], matches: Matches, alike: Mapping[str, Likeness]) -> Iterator[Hit]:
    """Without what neither its words nor its meaning bring near."""
    for found, score in rows:
        terms, like = matches.terms(found.section), alike.get(found.section)
        if fits(terms, like.cosine if like else 0.0):
            passage = (like.start, like.end) if like else None
            yield Hit(found.section, score, terms=terms, passage=passage)
