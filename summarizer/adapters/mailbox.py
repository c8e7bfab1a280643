"""A mailbox that is watched over IMAP: each mail is handed on once it is there, then put into a tray.

Nothing is deleted, and no mail is marked as read. A mail that is in no tray is one that has not been dealt with.
"""

import logging
import ssl
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal, NoReturn

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError, LoginError

from summarizer.errors import DatabaseUnavailable, MailboxUnavailable
from summarizer.mail_intake import Tray

logger = logging.getLogger(__name__)

TIMEOUT_S = 30
"""For a connection, and for each answer of the server."""
IDLE_S = 60
"""After so many seconds without news the server is asked: it closes the gap between looking and listening, and finds
out that a connection is dead."""
LONGEST_PAUSE_S = 60
BEGINNING = b"BODY[]<0>"
ANY_KEYWORD = b"\\*"


@dataclass(frozen=True)
class Account:
    """Where the mailbox is."""

    host: str
    user: str
    password: str
    limit: int
    """Bytes of the largest mail; of a longer one only the beginning is fetched, one byte more than this."""
    port: int | None = None
    """`None` for 993 with `ssl`, else 143."""
    tls: Literal["ssl", "starttls", "none"] = "ssl"
    """The server's certificate is verified in either way."""
    folder: str = "INBOX"
    poll_s: float = 30
    """Seconds between two looks into a mailbox whose server cannot IDLE."""


Take = Callable[[bytes], Tray]
"""Deals with a mail for good, then says into which tray it goes."""


class Mailbox:
    """An open folder. Its methods raise IMAPClientError and OSError; `opened` gives them a name."""

    def __init__(self, client: IMAPClient, account: Account, troubled: set[int]) -> None:
        """`troubled` holds UIDs of mails that could not be fetched; it is kept up to date."""
        self._client: Any = client
        self._account = account
        self._troubled = troubled
        self.idles: bool = client.has_capability("IDLE")
        """Whether the server tells by itself that there is mail."""
        self.moves: bool = client.has_capability("MOVE")
        """Whether trays are folders; else they are keywords on mails that stay where they are."""
        self._folders = _folders(client) if self.moves else {}
        self._select()

    def waiting(self) -> list[int]:
        """UIDs of the mails that are in no tray: oldest first, but last those that made trouble."""
        self._client.noop()
        unmarked = [word for tray in Tray for word in ("UNKEYWORD", _keyword(tray))]
        found = self._client.search(["UNDELETED", *([] if self.moves else unmarked)])
        return sorted(found, key=lambda uid: (uid in self._troubled, uid))

    def work_off(self, take: Take) -> int:
        """Deal with all that waits, and with what comes meanwhile; how many mails it was."""
        seen: set[int] = set()
        while fresh := [uid for uid in self.waiting() if uid not in seen]:
            for uid in fresh:
                self._deal_with(uid, take)
            seen.update(fresh)
        return len(seen)

    def follow(self, take: Take) -> NoReturn:
        """Deal with all that waits and with whatever comes."""
        while True:
            self.work_off(take)
            self._await_mail()

    def _deal_with(self, uid: int, take: Take) -> None:
        mail = self._fetch(uid)
        if mail is not None:
            self._put(uid, take(mail))

    def _fetch(self, uid: int) -> bytes | None:
        """`None` when somebody has removed it."""
        part = f"BODY.PEEK[]<0.{self._account.limit + 1}>"
        self._troubled.add(uid)
        found: dict[bytes, bytes | None] = self._client.fetch([uid], [part]).get(uid, {})
        self._troubled.discard(uid)
        return (found[BEGINNING] or b"") if BEGINNING in found else None

    def _put(self, uid: int, tray: Tray) -> None:
        if self.moves:
            self._client.move([uid], self._folders[tray])
        else:
            self._client.add_flags([uid], [_keyword(tray)], silent=True)

    def _await_mail(self) -> None:
        if not self.idles:
            time.sleep(self._account.poll_s)
            return
        self._client.idle()
        try:
            self._client.idle_check(timeout=IDLE_S)
        finally:
            self._client.idle_done()

    def _select(self) -> None:
        allowed = self._client.select_folder(self._account.folder).get(b"PERMANENTFLAGS", ())
        if not self.moves and ANY_KEYWORD not in allowed:
            raise MailboxUnavailable(
                f"{self._account.host} neither moves mails (RFC 6851) nor lets them be marked with keywords, "
                "so that nobody could tell which have been dealt with."
            )


def _keyword(tray: Tray) -> str:
    return f"Summarizer-{tray}"


def _folders(client: Any) -> dict[Tray, str]:
    """The folder of each tray, in the account's own namespace; made where it is missing."""
    personal: Sequence[tuple[str, str]] = client.namespace().personal if client.has_capability("NAMESPACE") else ()
    prefix = personal[0][0] if personal else ""
    folders = {tray: f"{prefix}{tray}" for tray in Tray}
    for folder in folders.values():
        if not client.folder_exists(folder):
            client.create_folder(folder)
    return folders


@contextmanager
def opened(account: Account, troubled: set[int] | None = None) -> Iterator[Mailbox]:
    """The mailbox, logged in. Raises MailboxUnavailable, also when it gets lost within the block.

    `troubled` is carried from one connection to the next: a server may hang up over one mail, and the others go first.
    """
    logging.getLogger("imapclient").setLevel(logging.WARNING)  # it would write whole mails into a debug log
    where = f"{account.host}, folder {account.folder}"
    try:
        with _connected(account) as client:
            client.login(account.user, account.password)
            yield Mailbox(client, account, set() if troubled is None else troubled)
    except LoginError as error:
        raise MailboxUnavailable(f"{account.host} does not let {account.user} in: {error}") from error
    except (IMAPClientError, OSError) as error:
        raise MailboxUnavailable(f"{where}: {error}") from error


@contextmanager
def _connected(account: Account) -> Iterator[IMAPClient]:
    verified = ssl.create_default_context()
    with IMAPClient(
        account.host, account.port, ssl=account.tls == "ssl", ssl_context=verified, timeout=TIMEOUT_S
    ) as client:
        if account.tls == "starttls":
            client.starttls(verified)
        yield client


def take_all(account: Account, take: Take) -> None:
    """Deal with what is there. Raises MailboxUnavailable when that cannot be done, after all that can be."""
    troubled: set[int] = set()
    while True:
        known = frozenset(troubled)
        try:
            with opened(account, troubled) as mailbox:
                mailbox.work_off(take)
                return
        except MailboxUnavailable:
            if troubled <= known:
                raise


def watch(account: Account, take: Take) -> NoReturn:
    """Deal with what is there and with whatever comes, until the process is told to end.

    A lost server is tried again after a second, then less and less often, up to once a minute; what came meanwhile is
    still there. Raises MailboxUnavailable only when the mailbox cannot be opened at the start.
    """
    with opened(account) as mailbox:
        logger.info("watching %s for mail by %s", account.folder, "IDLE" if mailbox.idles else "polling")
    pause, troubled = 0, set[int]()
    while True:
        began = time.monotonic()
        try:
            with opened(account, troubled) as mailbox:
                mailbox.follow(take)
        except (MailboxUnavailable, DatabaseUnavailable) as error:
            lasted = time.monotonic() - began > LONGEST_PAUSE_S
            pause = 1 if lasted else min(max(1, pause * 2), LONGEST_PAUSE_S)
            logger.warning("trying again in %s s: %s", pause, error.detail)
            time.sleep(pause)
