"""Records for tests, each complete and with as few words as possible."""

from datetime import UTC, datetime, timedelta

from summarizer.decisions import Decided, Decision, Draft, Suggestion, Verdict, Version
from summarizer.items import Evidence, Item, Kind, MadeBy, Side, Stakeholder
from summarizer.records import Deal, Job, Person, SideCorrection, Sow, SowSection, StoredSource, Work
from summarizer.signed import Became, Column, Comparison, Row, RowNote, Said, Signed, SignedSow
from summarizer.sources import sha256
from summarizer.stores import Store

MONDAY = datetime(2026, 3, 2, 9, 30, 0, 123456, tzinfo=UTC)


def person(id: str = "ana", *, name: str = "Ana", groups: tuple[str, ...] = ()) -> Person:
    return Person(id=id, name=name, work=Work.REP, email=f"{id}@harbor.example", groups=groups)


def deal(id: str = "d1", *, minutes: int = 0, name: str = "Portal", client: str = "Northline") -> Deal:
    return Deal(
        id=id,
        crm_deal_id=id,
        name=name,
        client=client,
        vendor="Harbor Works",
        created_by="ana",
        created_at=MONDAY + timedelta(minutes=minutes),
    )


def correction(*, deal: str = "d1", who: str = "ana@north.example", side: Side | None = Side.CLIENT) -> SideCorrection:
    return SideCorrection(deal=deal, who=who, side=side, by="ana", at=MONDAY)


def source(id: str = "s1", *, deal: str = "d1", text: str = "We need credentials – by 20 March 🚚.") -> StoredSource:
    original = text.encode()
    return StoredSource(
        id=id,
        deal=deal,
        name="thread.txt",
        media_type="text/plain",
        original=original,
        sha256=sha256(original),
        text=text,
        created_by="ana",
        created_at=MONDAY,
    )


def job(id: str = "j1", *, deal: str = "d1", minutes: int = 0) -> Job:
    return Job(
        id=id,
        deal=deal,
        sources=("s1",),
        base_version=0,
        created_by="ana",
        created_at=MONDAY + timedelta(minutes=minutes),
    )


def item(id: str = "i1") -> Item:
    evidence = Evidence(source="s1", message=1, start=0, end=7, quote="We need")
    return Item(id=id, kind=Kind.DEPENDENCY, text="API credentials", evidence=(evidence,), due=MONDAY.date())


def suggestion(id: str = "g1", *, handoff: str, minutes: int = 0) -> Suggestion:
    return Suggestion(
        id=id,
        handoff=handoff,
        base_version=0,
        draft=Draft(
            items=(item(),),
            stakeholders=(Stakeholder(id="p1", name="Tom Becker"),),
            made_by=MadeBy(engine="embedded", model="rules", prompt="sha256:0", seconds=0.25),
        ),
        sources=("s1",),
        created_at=MONDAY + timedelta(minutes=minutes),
    )


def accepted(item_id: str = "i1") -> Decision:
    return Decision(item=item_id, verdict=Verdict.ACCEPTED, by="ben", at=MONDAY)


def edited(item_id: str = "i1") -> Decision:
    return Decision(item=item_id, verdict=Verdict.EDITED, by="ben", at=MONDAY, reason="dates", edited=item(item_id))


def added_person(item_id: str = "a1") -> Decision:
    person = Stakeholder(id=item_id, name="Ada Stone")
    return Decision(item=item_id, verdict=Verdict.ADDED, by="ben", at=MONDAY, edited=person)


def version(number: int = 1, *, suggestion: str = "g1") -> Version:
    entry = Decided[Item](
        item=item(f"{number}.1"), suggestion=suggestion, verdict=Verdict.ACCEPTED, decided_by="ben", decided_at=MONDAY
    )
    return Version(
        number=number, items=(entry,), suggestion=suggestion, committed_by="ben", committed_at=MONDAY, note="first"
    )


def sow(
    id: str = "w1",
    *,
    text: str = "Scope\nA portal.",
    minutes: int = 0,
    series: str | None = None,
    version: int = 1,
    readers: tuple[str, ...] = (),
) -> Sow:
    return Sow(
        id=id,
        name=f"{id}.md",
        sha256=sha256(text.encode()),
        size=len(text.encode()),
        series=series or id,
        version=version,
        readers=readers,
        original=text.encode(),
        media_type="text/markdown",
        text=text,
        created_by="ana",
        created_at=MONDAY + timedelta(minutes=minutes),
    )


def section(id: str = "w1-0", *, sow: str = "w1", position: int = 0) -> SowSection:
    return SowSection(id=id, sow=sow, position=position, heading="Scope", start=0, end=15, text="Scope\nA portal.")


def store_suggestion(store: Store, id: str = "g1") -> str:
    """File a suggestion on the handoff of deal “d1”, which is made when it is missing; the handoff's id."""
    handoff = store.handoffs.of_deal("d1")
    store.suggestions.add(suggestion(id, handoff=handoff.id))
    return handoff.id


def signed_sow(id: str = "n1", *, deal: str = "d1", text: str = "Scope\nSix sites.", minutes: int = 0) -> SignedSow:
    return SignedSow(
        id=id,
        deal=deal,
        name=f"{id}.md",
        media_type="text/markdown",
        sha256=sha256(text.encode()),
        size=len(text.encode()),
        original=text.encode(),
        text=text,
        created_by="ana",
        created_at=MONDAY + timedelta(minutes=minutes),
    )


def row(id: str = "r1") -> Row:
    signed = Signed(start=6, end=16, quote="Six sites.", heading="Scope", value=(6, 9))
    said = Said(evidence=item().evidence[0], by="Ana", at=MONDAY, looks_like=Kind.SCOPE)
    return Row(id=id, column=Column.DIFFERENT, said=said, signed=signed)


def comparison(id: str = "c1", *, signed_sow: str = "n1", deal: str = "d1", minutes: int = 0) -> Comparison:
    at = MONDAY + timedelta(minutes=minutes)
    return Comparison(id=id, deal=deal, signed_sow=signed_sow, sha256="5e", created_by="ana", created_at=at)


def row_note(comparison: str = "c1", *, became: Became = Became.FINDING, suggestion: str | None = None) -> RowNote:
    evidence = item().evidence
    return RowNote(
        comparison=comparison,
        row="r1",
        became=became,
        text="Six sites were signed",
        evidence=evidence,
        suggestion=suggestion,
        by="ben",
        at=MONDAY,
    )
