"""What a draft left out."""

from summarizer.coverage import MOST, left_out
from summarizer.items import Evidence, Item, Kind, LeftOut, Side
from summarizer.sources import Form, Message, Passage, Role, Source

PROMISE = "We will migrate the archive."
PRICE = "The fee is £12,500, fixed."
CHAT = "How was the boat?"


def source(*lines: str, role: Role = Role.NEW) -> Source:
    """One message of the vendor with a passage a line."""
    text = "\n".join(lines)
    starts = [sum(len(line) + 1 for line in lines[:index]) for index in range(len(lines))]
    passages = [
        Passage(start=start, end=start + len(line), role=role, message=1)
        for start, line in zip(starts, lines, strict=True)
    ]
    message = Message(number=1, start=0, end=len(text), side=Side.VENDOR)
    return Source(id="s1", name="x", text=text, form=Form.SALES_NOTES, messages=(message,), passages=tuple(passages))


def test_a_promise_that_no_item_cites_is_left_out() -> None:
    assert left_out([source(CHAT, PROMISE)], []) == [
        LeftOut(source="s1", message=1, start=18, end=46, quote=PROMISE, looks_like=Kind.SCOPE)
    ]


def test_what_an_item_cites_is_not_left_out() -> None:
    cited = Evidence(source="s1", message=1, start=3, end=7, quote="will")
    items = [Item(id="i1", kind=Kind.SCOPE, text="Migrate the archive", evidence=(cited,))]
    assert [entry.quote for entry in left_out([source(PROMISE, PRICE)], items)] == [PRICE]


def test_an_item_of_another_source_covers_nothing_here() -> None:
    cited = Evidence(source="s2", message=1, start=0, end=2, quote="We")
    items = [Item(id="i1", kind=Kind.SCOPE, text="Migrate the archive", evidence=(cited,))]
    assert len(left_out([source(PROMISE)], items)) == 1


def test_quotations_and_signatures_are_never_left_out() -> None:
    assert [left_out([source(PROMISE, role=role)], []) for role in Role if role is not Role.NEW] == [[], [], [], []]


def test_no_more_than_a_person_reads() -> None:
    assert len(left_out([source(*[PROMISE] * 100)], [])) == MOST
