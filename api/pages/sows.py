"""Past SOWs: the library, one of them beside its sections, and the search for wording."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, TypeVar
from urllib.parse import urlencode

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse

from api.pages.shell import Here, page
from api.routes.sows import found_by
from summarizer.items import Precedent
from summarizer.matching import Span, extract, matches
from summarizer.records import ANY_SOW, DealType, Outcome, SectionKind, Slice, Sow, SowCard, SowFilter, SowSection

PAGE_SIZE = 50
MOST_HITS = 10
_UNDERLINE = re.compile(r" *(?:=+|-+) *(?:\n|$)")
_RULES = re.compile(r"[|]|[-=]{3,}")
C = TypeVar("C", bound=StrEnum)


@dataclass(frozen=True)
class Choices:
    """What can be said of a SOW."""

    deal_types: list[DealType]
    outcomes: list[Outcome]
    groups: tuple[str, ...]
    """Those of the person, who may restrict a SOW to them."""


@dataclass(frozen=True)
class SowsPage:
    """The library."""

    rows: Sequence[SowCard]
    search: str
    wanted: SowFilter
    years: list[int]
    older: str | None
    """Address of the next page; `None` on the last."""
    waiting: int
    """Tasks of the index that are still to be done."""
    choices: Choices

    @property
    def filtered(self) -> bool:
        """Whether anything but the whole library is asked for."""
        return bool(self.search) or self.wanted != ANY_SOW


@dataclass(frozen=True)
class Words:
    """A stretch of text, and whether it is what was searched."""

    text: str
    found: bool


@dataclass(frozen=True)
class SectionRow:
    """A section as it is read: its heading's line, and what stands under it."""

    place: int
    """Its number in the SOW, from 0."""
    begins: int
    """Number of the section that it goes on from, where a long one was cut; else its own."""
    heading: str
    kind: SectionKind | None
    titles: list[str]
    """The headings at its top, outermost first; empty for what was cut off a long section."""
    words: list[Words]


@dataclass(frozen=True)
class SowPage:
    """One version of a past SOW with its sections."""

    sow: Sow
    newest: SowCard
    versions: list[SowCard]
    sections: list[SectionRow]
    kinds: list[tuple[SectionKind, int]]
    """What its sections settle, with how many do."""
    by: str
    asked: str
    """The words that led here; empty without a search."""
    search: str
    """Address of that search."""
    choices: Choices


@dataclass(frozen=True)
class Hit:
    """A section that was found."""

    sow: SowCard
    place: int
    heading: str
    kind: SectionKind | None
    words: list[Words]
    cut: tuple[bool, bool]
    """Whether the section goes on before and behind the words that are shown."""
    by_meaning: bool
    """Whether it holds none of the words."""


@dataclass(frozen=True)
class SearchPage:
    """What a search for wording found."""

    asked: str
    wanted: SowFilter
    """In which SOWs."""
    query: str
    """Both, as addresses hold them."""
    hits: list[Hit]
    waiting: int
    years: list[int]
    choices: Choices

    @property
    def narrowed(self) -> bool:
        """Whether only some SOWs are searched."""
        return self.wanted != ANY_SOW


def add_to(router: APIRouter) -> None:
    """Add the pages of this module."""
    router.get("/sows")(sows)
    router.get("/sows/search")(search)
    router.get("/sows/{sow_id}")(sow)


def wanted_of(deal_type: str = "", year: str = "", outcome: str = "") -> SowFilter:
    """What a form asks for; what a filter cannot mean is passed over."""
    number = int(year) if re.fullmatch(r"[0-9]{4}", year) else None
    return SowFilter(deal_type=_chosen(DealType, deal_type), year=number, outcome=_chosen(Outcome, outcome))


Wanted = Annotated[SowFilter, Depends(wanted_of)]


def sows(ctx: Here, wanted: Wanted, search: str = "", page_token: str | None = None) -> HTMLResponse:
    """The past SOWs that fit, last added first."""
    search = search.strip()
    groups = ctx.person.groups
    found = ctx.store.sows.page(Slice(size=PAGE_SIZE, after=page_token), search=search, wanted=wanted, groups=groups)
    asked = {"search": search, **wanted.model_dump(exclude_none=True), "page_token": found.next or ""}
    content = SowsPage(
        rows=found.rows,
        search=search,
        wanted=wanted,
        years=ctx.store.sows.years(groups=groups),
        older=f"/sows?{urlencode({name: value for name, value in asked.items() if value})}" if found.next else None,
        waiting=ctx.store.sows.waiting(),
        choices=_choices(ctx),
    )
    return page(ctx, "sows", content, here="sows")


def _chosen(kind: type[C], value: str) -> C | None:
    return next((each for each in kind if each == value), None)


def _choices(ctx: Here) -> Choices:
    return Choices(list(DealType), list(Outcome), ctx.person.groups)


def sow(sow_id: str, ctx: Here, wanted: Wanted, q: str = "") -> HTMLResponse:
    """A version of a past SOW, section by section; words that were searched are marked. Raises NotFound."""
    found = ctx.store.sows.get(sow_id, groups=ctx.person.groups)
    versions = ctx.store.sows.versions(found.id, groups=ctx.person.groups)
    sections = ctx.store.sows.sections(found.id)
    rows = _rows(sections, q)
    heads = [each.kind for each in rows if each.begins == each.place]
    content = SowPage(
        sow=found,
        newest=versions[0],
        versions=versions,
        sections=rows,
        kinds=[(kind, heads.count(kind)) for kind in SectionKind if kind in heads],
        by=ctx.name_of(found.created_by),
        asked=q,
        search=f"/sows/search?{_query(q, wanted)}",
        choices=_choices(ctx),
    )
    return page(ctx, "sow", content, here="sows")


def _rows(sections: Sequence[SowSection], asked: str) -> list[SectionRow]:
    rows: list[SectionRow] = []
    for section in sections:
        titles, body = _parted(section)
        goes_on = bool(rows) and not titles and (rows[-1].heading, rows[-1].kind) == (section.heading, section.kind)
        begins = rows[-1].begins if goes_on else section.position
        words = _marked(body, matches(body, asked))
        rows.append(SectionRow(section.position, begins, section.heading, section.kind, titles, words))
    return rows


def _parted(section: SowSection) -> tuple[list[str], str]:
    """The headings at the top of the section without their marks, and what stands under them, to the letter."""
    above, heading, below = section.text.partition(section.heading)
    rest_of_line, _, body = below.partition("\n")
    if not heading or any(character.isalnum() for character in rest_of_line + above.rpartition("\n")[2]):
        return [], section.text
    underline = _UNDERLINE.match(body)
    titles = [line.strip("#*_= \t-") for line in above.splitlines()] + [heading]
    return [title for title in titles if title], body[underline.end() if underline else 0 :].lstrip("\n")


def _marked(text: str, found: Sequence[Span]) -> list[Words]:
    """The text in stretches that were found and stretches that were not."""
    words, place = [], 0
    for start, end in found:
        words += [Words(text[place:start], False), Words(text[start:end], True)]
        place = end
    return [each for each in (*words, Words(text[place:], False)) if each.text]


def search(ctx: Here, wanted: Wanted, q: str = "") -> HTMLResponse:
    """The sections that are nearest to the words, best first, with the words marked."""
    asked, groups = q.strip(), ctx.person.groups
    found = found_by(ctx, asked, most=MOST_HITS, wanted=wanted) if asked else []
    known = ctx.store.sows.sections_by_id([each.section_id for each in found], groups=groups)
    content = SearchPage(
        asked=asked,
        wanted=wanted,
        query=_query(asked, wanted),
        hits=[_hit(each, *known[each.section_id], asked) for each in found if each.section_id in known],
        waiting=ctx.store.sows.waiting(),
        years=ctx.store.sows.years(groups=groups),
        choices=_choices(ctx),
    )
    return page(ctx, "sow_search", content, here="sows")


def _query(asked: str, wanted: SowFilter) -> str:
    return urlencode({"q": asked, **wanted.model_dump(exclude_none=True)})


def _hit(precedent: Precedent, sow: SowCard, section: SowSection, asked: str) -> Hit:
    """What is shown of a section: where most of the words stand, else what is nearest in meaning."""
    body = _plain(_parted(section)[1])
    found = matches(body, asked)
    if found or precedent.passage is None:
        start, end = extract(body, found)
        inside = [(first - start, last - start) for first, last in found if start <= first and last <= end]
        words, cut = _marked(body[start:end], inside), (start > 0, end < len(body))
    else:
        words, cut = _nearest(section, precedent.passage)
    return Hit(sow, section.position, section.heading, section.kind, words, cut, by_meaning=not found)


def _nearest(section: SowSection, passage: Span) -> tuple[list[Words], tuple[bool, bool]]:
    """The passage without the heading that the page shows above it, unless it is nothing else; and where it is cut."""
    start, end = passage
    under = len(section.text) - len(_parted(section)[1])
    first = under if under < end else 0
    start = max(start, first)
    return [Words(_plain(section.text[start:end]), False)], (start > first, end < len(section.text))


def _plain(text: str) -> str:
    """The text in one line, without what tables are drawn with."""
    return " ".join(_RULES.sub(" ", text).split())
