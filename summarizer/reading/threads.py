"""Any pasted text, read as messages and passages."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import chain

from summarizer.items import Side
from summarizer.reading.identities import identities
from summarizer.reading.lines import lines_of
from summarizer.reading.mails import mails
from summarizer.reading.notes import entries_of
from summarizer.reading.passages import passages_of
from summarizer.reading.people import Person, folded, natural
from summarizer.reading.repeats import with_repeats
from summarizer.reading.roles import repeated_endings, roles_of
from summarizer.reading.sides import Firms, domain, is_company
from summarizer.reading.stretches import Stretch, Style
from summarizer.reading.transcripts import turns_of
from summarizer.sources import Form, Message, Passage, Role, Source

_FORMS = {Style.MAIL: Form.EMAIL_THREAD, Style.TURN: Form.CALL_TRANSCRIPT, Style.NOTE: Form.SALES_NOTES}


def read(text: str, *, name: str = "", id: str = "", client: str | None = None, vendor: str | None = None) -> Source:
    """The source that a text is: its messages and passages, with their offsets. It reads any text and never raises.

    `client` and `vendor` are the names of the deal's firms; without them no message gets a side. Recipients are given
    as `Name <address>`, or whichever of the two is written. A text without words has no messages and no passages.

    >>> source = read("From: Ann Lee <ann@fenland.example>\\nSubject: Go\\n\\nWe start on 3 May.", client="Fenland Ltd")
    >>> source.messages[0].sender, str(source.messages[0].side), source.quote(source.passages[-1])
    ('Ann Lee', 'client', 'We start on 3 May.')
    """
    stretches = _stretches(text)
    passages = with_repeats(text, list(_passages(stretches)))
    messages = tuple(_messages(text, stretches, passages, Firms(client, vendor)))
    # Built without pydantic's check, which refuses the lone surrogates that a text may hold.
    return Source.model_construct(
        id=id, name=name, text=text, form=_form(stretches), messages=messages, passages=tuple(passages)
    )


def _stretches(text: str) -> list[Stretch]:
    mailed = mails(lines_of(text))
    spoken = chain.from_iterable(turns_of(each) for each in mailed)
    return [each for each in chain.from_iterable(entries_of(each) for each in spoken) if each.lines]


def _passages(stretches: list[Stretch]) -> Iterable[Passage]:
    boilerplate = repeated_endings(stretches)
    for number, stretch in enumerate(stretches, start=1):
        yield from passages_of(stretch, roles_of(stretch, boilerplate), number)


def _form(stretches: list[Stretch]) -> Form:
    styles = {each.style for each in stretches}
    if not styles:
        return Form.SALES_NOTES
    return _FORMS[styles.pop()] if len(styles) == 1 else Form.MIXED


def _messages(text: str, stretches: list[Stretch], passages: list[Passage], firms: Firms) -> Iterable[Message]:
    presented = _presentations(text, stretches, passages)
    senders = identities(stretches, presented)
    sides = _sides(senders, ["\n".join(presented.get(number, [])) for number in range(1, len(senders) + 1)], firms)
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
            side=sides.get(_key(sender)),
        )


def _key(sender: Person) -> str:
    return sender.email or folded(natural(sender.name or ""))


def _presentations(text: str, stretches: list[Stretch], passages: list[Passage]) -> dict[int, list[str]]:
    """Where each message, by its number, says who writes or speaks: the signature of a mail, the head of a turn."""
    found: dict[int, list[str]] = defaultdict(list)
    for passage in passages:
        role = Role.HEADER if stretches[passage.message - 1].style is Style.TURN else Role.SIGNATURE
        if passage.role is role:
            found[passage.message].append(text[passage.start : passage.end][:200])
    return found


def _sides(senders: list[Person], closings: list[str], firms: Firms) -> dict[str, Side]:
    """The side of each sender, by address or folded name, where it is sure."""
    sides: dict[str, Side] = {}
    for sender, closing in dict.fromkeys(zip(senders, closings, strict=True)):
        side = firms.of_address(sender.email) or firms.of_words(closing) or firms.of_words(sender.name or "")
        if side and _key(sender):
            sides.setdefault(_key(sender), side)
    for sender in set(senders):
        if _is_third(sender, sides):
            sides.setdefault(_key(sender), Side.THIRD_PARTY)
    return sides


def _is_third(sender: Person, sides: dict[str, Side]) -> bool:
    """Whether a sender writes from a firm that is neither the client's nor the vendor's, when both of these write."""
    theirs = {domain(key) for key in sides if "@" in key}
    return (
        {Side.CLIENT, Side.VENDOR} <= set(sides.values())
        and is_company(sender.email)
        and domain(sender.email) not in theirs
    )
