"""Cases, items and runs for the tests of the eval suite, with as few words as possible."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from eval.cases import Case, CaseDeal, CaseFolder, Gold, GoldItem, GoldStakeholder, Trap
from eval.running import Session, choose
from eval.runs import CaseResult, Run
from summarizer.items import Evidence, Item, Kind, MadeBy, Side
from summarizer.ports import Answer, Brief, Candidate, Notice
from summarizer.records import DealType
from summarizer.sources import Form

TEXT = """From: Moira Finn <moira@velmere.example>
To: Owen Hart <owen@brackwater.example>
Date: Mon, 2 Mar 2026 09:14
Subject: Dashboards

Hi Owen,

We wanted eight dashboards, five is plenty now.
I send you the list of shops by 20 March.

Moira
"""
FIVE = "five is plenty now"
SHOPS = "I send you the list of shops by 20 March."


def gold(
    kind: Kind = Kind.SCOPE, *must: Sequence[str], id: str = "g1", evidence: str = FIVE, owner: str | None = None
) -> GoldItem:
    rows = tuple(tuple(row) for row in must) or (("five", "5"),)
    text = " ".join(row[0] for row in rows)
    due = date(2026, 3, 20) if kind is Kind.DEPENDENCY else None
    return GoldItem(id=id, kind=kind, text=text, evidence=(evidence,), must=rows, owner=owner, due=due)


def trap(*must: Sequence[str], undone: bool = True) -> Trap:
    rows = tuple(tuple(row) for row in must) or (("eight", "8"),)
    undone_by = (FIVE,) if undone else ()
    return Trap(
        claim="Eight dashboards", not_kind=(Kind.SCOPE,), must=rows, stands=("eight dashboards",), undone_by=undone_by
    )


def case(
    id: str = "c1", *, items: Sequence[GoldItem] | None = None, text: str = TEXT, messy: Sequence[str] = ()
) -> Case:
    labelled = (
        gold(),
        gold(Kind.DEPENDENCY, ["list of shops"], id="g2", evidence=SHOPS, owner="Moira Finn"),
    )
    return Case(
        id=id,
        deal=CaseDeal(name="Dashboards", client="Velmere", vendor="Brackwater", deal_type=DealType.IMPLEMENTATION),
        form=Form.EMAIL_THREAD,
        pasted=text,
        messy=tuple(messy),
        gold=Gold(
            items=labelled if items is None else tuple(items),
            stakeholders=(
                GoldStakeholder(name="Moira Finn", side=Side.CLIENT, email="moira@velmere.example"),
                GoldStakeholder(name="Owen Hart", side=Side.VENDOR),
            ),
            traps=(trap(),),
        ),
    )


def item(
    kind: Kind = Kind.SCOPE,
    text: str = "Build five dashboards",
    *,
    id: str = "i1",
    quote: str | None = FIVE,
    owner: str | None = None,
    due: date | None = None,
    confidence: float | None = None,
) -> Item:
    start = TEXT.index(quote) if quote else 0
    evidence = (Evidence(message=1, start=start, end=start + len(quote), quote=quote),) if quote else ()
    return Item(id=id, kind=kind, text=text, evidence=evidence, owner=owner, due=due, confidence=confidence)


def result(
    id: str = "c1", counts: Mapping[str, float] | None = None, *, problem: str | None = None, sha256: str = "0"
) -> CaseResult:
    return CaseResult(
        id=id,
        sha256=sha256,
        form=Form.EMAIL_THREAD,
        deal_type=DealType.OTHER,
        length="short",
        messy=(),
        words=400,
        problem=problem,
        seconds=None if problem else 0.5,
        counts=dict(counts or {}),
    )


def run(*results: CaseResult, tokens_in: int = 0) -> Run:
    return Run(
        made_at=datetime(2026, 3, 2, tzinfo=UTC),
        engine="scripted",
        model="script",
        prompt="sha256:0",
        cases="test",
        cases_sha256="0",
        asked=len(results),
        results=tuple(each.model_copy(update={"tokens_in": tokens_in}) for each in results),
    )


class Talker:
    """An engine that proposes the passages that hold one of its words, and fails on request."""

    name = "scripted"

    def __init__(self, *, kind: Kind = Kind.DEPENDENCY, word: str = "list of shops", model: str = "script") -> None:
        self._kind, self._word, self._model = kind, word, model
        self.fail: Exception | None = None
        self.notice: str | None = None

    def draft(self, brief: Brief) -> Iterator[Answer]:
        """One candidate a passage with the word."""
        if self.fail:
            raise self.fail
        for passage in brief.passages:
            if self._word in passage.text:
                yield Candidate(self._kind, passage.text, (passage.number,), confidence=0.8)
        if self.notice:
            yield Notice(self.notice)
        yield MadeBy(engine="scripted", model=self._model, prompt="sha256:0", tokens_in=1000, tokens_out=10)


def session(*cases: Case, engine: Talker | None = None) -> Session:
    folder = CaseFolder("some", Path("some"), cases)
    return Session(choose(folder), engine or Talker())
