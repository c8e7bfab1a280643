"""Any pasted text, read as messages and passages."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain

from summarizer.day_order import months_come_first
from summarizer.items import Side
from summarizer.reading.captions import captions_of
from summarizer.reading.duplicates import as_quoted, duplicates
from summarizer.reading.identities import identities
from summarizer.reading.lines import lines_of
from summarizer.reading.mails import mails
from summarizer.reading.notes import entries_of
from summarizer.reading.openings import with_days
from summarizer.reading.parties import Known, corrections, key, sides_of
from summarizer.reading.passages import passages_of, width_of_turns
from summarizer.reading.people import Person
from summarizer.reading.repeats import with_repeats
from summarizer.reading.roles import repeated_endings, roles_of
from summarizer.reading.sides import Firms
from summarizer.reading.stretches import Stretch, Style
from summarizer.reading.timestamps import stamps_read
from summarizer.reading.transcripts import turns_of
from summarizer.sources import Form, Message, Passage, Role, Source

_FORMS = {Style.MAIL: Form.EMAIL_THREAD, Style.TURN: Form.CALL_TRANSCRIPT, Style.NOTE: Form.SALES_NOTES}


def read(
    text: str,
    *,
    name: str = "",
    id: str = "",
    client: str | None = None,
    vendor: str | None = None,
    sides: Mapping[str, Side] | None = None,
) -> Source:
    """The source that a text is: its messages and passages, with their offsets. It reads any text and never raises.

    `client` and `vendor` are the names of the deal's firms; without them no message gets a side, except those of people
    whom `sides` names: what a person has said of somebody, by address, else by name. It wins over what is worked out.
    Recipients are given as `Name <address>`, or whichever of the two is written. A text without words has no messages
    and no passages.

    >>> source = read("From: Ann Lee <ann@fenland.example>\\nSubject: Go\\n\\nWe start on 3 May.", client="Fenland Ltd")
    >>> source.messages[0].sender, str(source.messages[0].side), source.quote(source.passages[-1])
    ('Ann Lee', 'client', 'We start on 3 May.')
    """
    month_first = months_come_first(text)
    with stamps_read(month_first=bool(month_first)):
        stretches = _stretches(text)
    passages = list(_passages(stretches))
    presented = _presentations(text, stretches, passages)
    senders = identities(stretches, presented)
    copies = duplicates(text, stretches, passages, senders)
    passages = with_repeats(text, as_quoted(passages, copies))
    party = sides_of(stretches, senders, presented, Known(Firms(client, vendor), corrections(sides or {})))
    messages = tuple(_messages(stretches, senders, party, copies))
    # Built without pydantic's check, which refuses the lone surrogates that a text may hold.
    return Source.model_construct(
        id=id,
        name=name,
        text=text,
        form=_form(stretches),
        messages=messages,
        passages=tuple(passages),
        month_first=month_first,
    )


def _stretches(text: str) -> list[Stretch]:
    lines = lines_of(text)
    captioned = captions_of(lines)
    if captioned:
        return captioned
    mailed = mails(lines)
    spoken = with_days(list(chain.from_iterable(turns_of(each) for each in mailed)))
    return [each for each in chain.from_iterable(entries_of(each) for each in spoken) if each.lines]


def _passages(stretches: list[Stretch]) -> Iterable[Passage]:
    boilerplate = repeated_endings(stretches)
    turns = width_of_turns(stretches)
    for number, stretch in enumerate(stretches, start=1):
        yield from passages_of(stretch, roles_of(stretch, boilerplate), number, turns=turns)


def _form(stretches: list[Stretch]) -> Form:
    styles = {each.style for each in stretches}
    if not styles:
        return Form.SALES_NOTES
    return _FORMS[styles.pop()] if len(styles) == 1 else Form.MIXED


def _messages(
    stretches: list[Stretch], senders: list[Person], party: dict[str, Side], copies: dict[int, int]
) -> Iterable[Message]:
    for number, (stretch, sender) in enumerate(zip(stretches, senders, strict=True), start=1):
        envelope = stretch.envelope
        yield Message.model_construct(
            number=number,
            start=stretch.lines[0].start,
            end=stretch.lines[-1].end,
            sender=sender.name or sender.email,
            email=sender.email,
            to=tuple(each.label for each in envelope.recipients),
            sent=envelope.sent,
            subject=envelope.subject,
            side=party.get(key(sender)),
            duplicate_of=copies.get(number),
        )


def _presentations(text: str, stretches: list[Stretch], passages: list[Passage]) -> dict[int, list[str]]:
    """Where each message, by its number, says who writes or speaks: the signature of a mail, the head of a turn."""
    found: dict[int, list[str]] = defaultdict(list)
    for passage in passages:
        role = Role.HEADER if stretches[passage.message - 1].style is Style.TURN else Role.SIGNATURE
        if passage.role is role:
            found[passage.message].append(text[passage.start : passage.end][:200])
    return found
