"""What becomes of a mail that was sent to the service: which deals it is for, and whether its sender may give sources.

A mail is input that nobody vouches for. It is taken in at least once: whoever fetches it puts it into its tray only
after the transaction here has ended, and a mail that comes again changes nothing.
"""

import logging
import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from email import policy
from email.errors import InvalidHeaderDefect
from email.headerregistry import Address
from email.message import Message
from email.parser import BytesHeaderParser
from enum import StrEnum
from typing import TypeAlias

from summarizer.errors import ConfigurationError, InvalidInput
from summarizer.ports import Documents
from summarizer.records import Deal, Person
from summarizer.service import Desk, ask_for_draft, give_source, who_acts
from summarizer.stores import Store

logger = logging.getLogger(__name__)

Head: TypeAlias = "Message[str, str]"

_DELIVERED = ("Delivered-To", "X-Original-To", "Envelope-To")
"""What the receiving server writes: to whom this copy was sent."""
_ADDRESSED = ("To", "Cc")
_LOCAL_PART = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]"
_ENCODED_WORD = re.compile(r"""=\?(?:[^?<>@"()\\]*\?[bq]\?[^?<>@"()\\]*\?=)?""", re.IGNORECASE)
"""Also the beginning of one that could hide an address, a comment or a quotation, and must not be decoded either."""
_OWN_NAME = re.compile(r"""^'?([^\s'<>@"(),:;\\]+@[^\s'<>@"(),:;\\]+)'?\s*<\1>""", re.IGNORECASE)
"""An address that stands as the name before itself."""
_LONGEST_TITLE = 200


class Tray(StrEnum):
    """Where a mail is put when it has been dealt with."""

    PROCESSED = "Processed"
    """It is a source of a deal."""
    UNMATCHED = "Unmatched"
    """It names no deal, or its sender may not give sources."""
    FAILED = "Failed"
    """It cannot be read."""


@dataclass(frozen=True)
class Rules:
    """Which mails become sources."""

    address: str
    """The address that deals are added to, as in `deals+4711@firm.example`."""
    senders: Sequence[str] = ()
    """Who may give sources beside the people of the workspace: addresses, or domains as `@firm.example`."""
    draft: bool = False
    """Whether a new source is drafted at once."""


@dataclass(frozen=True)
class Reception:
    """What mails are received with."""

    begin: Callable[[], AbstractContextManager[Store]]
    """Opens a transaction in the workspace."""
    documents: Documents
    rules: Rules


@dataclass(frozen=True)
class Filed:
    """What became of a mail."""

    tray: Tray
    why: str
    """For the log: addresses and ids, never what the mail says."""


def receive(reception: Reception, mail: bytes) -> Filed:
    """Make the mail a source of each deal that it names, in one transaction, and say where to put it.

    The same mail again is the same source. Raises ConfigurationError, such as DatabaseUnavailable, and nothing else:
    whatever one mail does to a parser, the others still go on.
    """
    try:
        with reception.begin() as store:
            return _received(store, mail, reception)
    except ConfigurationError:
        raise
    except InvalidInput as error:
        return Filed(Tray.FAILED, f"{error.title()}: {error.detail}")
    except Exception as error:
        logger.exception("a mail of %s bytes could not be read", len(mail))
        return Filed(Tray.FAILED, type(error).__name__)


def _received(store: Store, mail: bytes, reception: Reception) -> Filed:
    head, rules = read_head(mail), reception.rules
    sender, people = sender_of(head), store.people.all()
    if sender is None or not may_give(sender, people, rules.senders):
        return Filed(Tray.UNMATCHED, f"{sender or 'an unclear sender'} may not give sources")
    named = {reference: _deal(store, reference) for reference in references(head, rules.address)}
    deals = {deal.id: deal for deal in named.values() if deal}
    if not deals:
        return Filed(Tray.UNMATCHED, f"it names no deal{''.join(f', {reference} is none' for reference in named)}")
    desk = Desk(store, _person(sender, people))
    for deal_id in deals:
        _give(desk, deal_id, mail, title=title_of(head, sender), reception=reception)
    return Filed(Tray.PROCESSED, f"{sender} gave it to {', '.join(deals)}{_unknown(named)}")


def _unknown(named: dict[str, Deal | None]) -> str:
    return "".join(f"; there is no deal {reference}" for reference, deal in named.items() if deal is None)


def _give(desk: Desk, deal_id: str, mail: bytes, *, title: str, reception: Reception) -> None:
    """The mail, and what is attached to it, as sources of the deal, unless it has the mail already."""
    if any(same_mail(source.original, mail) for source in desk.store.sources.of_deal(deal_id)):
        return
    give_source(desk, deal_id, name=title, content=mail, documents=reception.documents, file_name="mail.eml")
    if reception.rules.draft:
        ask_for_draft(desk, deal_id)


def _deal(store: Store, reference: str) -> Deal | None:
    """`None` when there is no such deal, and when it cannot be told which one is meant."""
    found = store.deals.named(reference)
    exact = [deal for deal in found if reference in {deal.id, deal.crm_deal_id}]
    candidates = exact or found
    return candidates[0] if len(candidates) == 1 else None


def _person(sender: str, people: Sequence[Person]) -> Person:
    """The sender; the first sales rep where that is nobody of the workspace."""
    known = next((person for person in people if (person.email or "").casefold() == sender), None)
    return known or who_acts(people, None)


# --- reading a head --------------------------------------------------------------------------------------------------


def read_head(content: bytes) -> Head:
    """The header fields of a mail as written; it takes any bytes."""
    return BytesHeaderParser(policy=policy.compat32).parsebytes(content)


def sender_of(head: Head) -> str | None:
    """The one address in From, in lower case; `None` when there is none, or more than one to choose from.

    Nor is there one in a field that is malformed beyond the obsolete forms, of which the parser reads the first address
    only: a server that vouched for the sender may have read another. Names are left encoded, for no address is.

    >>> sender_of(read_head(b"From: Robin Vale <Robin@Harbor.example>"))
    'robin@harbor.example'
    >>> sender_of(read_head(b'From: "robin@harbor.example" <eve@elsewhere.example>'))
    'eve@elsewhere.example'
    >>> sender_of(read_head(b"From: robin@harbor.example <eve@elsewhere.example>"))
    """
    fields = [policy.default.header_factory("From", _plain(value)) for value in head.get_all("From") or []]
    addresses: list[Address] = [address for field in fields for address in field.addresses]
    malformed = any(isinstance(defect, InvalidHeaderDefect) for field in fields for defect in field.defects)
    if malformed or len(addresses) != 1 or not (addresses[0].username and addresses[0].domain):
        return None
    return addresses[0].addr_spec.casefold()


def may_give(sender: str, people: Iterable[Person], senders: Iterable[str]) -> bool:
    """Whether mail from this address may become a source: it is a person's, or it or its domain is listed."""
    listed = {each.casefold() for each in senders}
    addresses = {person.email.casefold() for person in people if person.email}
    return sender in addresses | listed or f"@{sender.rpartition('@')[2]}" in listed


def references(head: Head, address: str) -> list[str]:
    """What the mail's addresses name after the plus sign, each once: where it was delivered, else to whom it was sent.

    >>> references(read_head(b"To: Deals+4711@firm.example, robin@firm.example"), "deals@firm.example")
    ['4711']
    """
    local, _, domain = address.partition("@")
    pattern = re.compile(
        rf"(?<!{_LOCAL_PART}){re.escape(local)}\+({_LOCAL_PART}+)@{re.escape(domain)}(?![\w-]|\.\w)", re.IGNORECASE
    )
    delivered, addressed = (
        [found for name in names for value in head.get_all(name) or [] for found in pattern.findall(str(value))]
        for names in (_DELIVERED, _ADDRESSED)
    )
    return list(dict.fromkeys(delivered or addressed))


def title_of(head: Head, sender: str) -> str:
    """The subject as a name for the source; says whose mail it is where there is none."""
    subject = str(policy.default.header_factory("Subject", _one_line(head["Subject"] or "")))
    printable = "".join(letter for letter in subject if letter.isprintable())
    return " ".join(printable.split())[:_LONGEST_TITLE] or f"Mail from {sender}"


def same_mail(one: bytes, other: bytes) -> bool:
    """Whether it is the same mail, if perhaps by another way: the same Message-ID and the same body."""
    return one == other or (_body(one) == _body(other) and _message_id(one) == _message_id(other) != "")


def _message_id(content: bytes) -> str:
    return _one_line(read_head(content)["Message-ID"] or "")


def _body(content: bytes) -> bytes:
    return re.split(rb"\r?\n\r?\n", content, maxsplit=1)[-1]


def _plain(value: object) -> str:
    """A From without what many mail programs get wrong about names, which tells nothing about the address."""
    return _OWN_NAME.sub(r"<\1>", _ENCODED_WORD.sub("_", _one_line(value)))


def _one_line(value: object) -> str:
    """Unfolded, with single blanks."""
    return " ".join(str(value).split())
