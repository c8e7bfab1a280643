"""The mailbox as it is set, and the process that watches it."""

import logging
from collections import Counter
from contextlib import suppress
from functools import partial

from rich.console import Console

from api.lifecycle import end_on_sigterm, log_to_terminal
from api.settings import Settings
from api.wiring import Services, open_services
from summarizer.adapters.mailbox import Account, Take, take_all, watch
from summarizer.adapters.postgres import running
from summarizer.errors import ConfigurationError
from summarizer.mail_intake import Reception, Rules, Tray, receive

logger = logging.getLogger(__name__)


def mailbox_account(settings: Settings) -> Account:
    """Raises ConfigurationError when a setting is missing without which no mail can be taken in."""
    local, at, domain = settings.mailbox_address.partition("@")
    if not settings.mailbox_host or not (local and at and domain):
        raise ConfigurationError(
            "To take in mail, set SUMMARIZER_MAILBOX_HOST to the IMAP server and SUMMARIZER_MAILBOX_ADDRESS to the "
            "mailbox's address, such as deals@yourfirm.example."
        )
    return Account(
        host=settings.mailbox_host,
        port=settings.mailbox_port,
        tls=settings.mailbox_tls,
        user=settings.mailbox_user or settings.mailbox_address,
        password=settings.mailbox_password.get_secret_value(),
        folder=settings.mailbox_folder,
        limit=settings.max_file_bytes,
    )


def mailbox_rules(settings: Settings) -> Rules:
    """Which mails become sources."""
    senders = [sender.strip() for sender in settings.mailbox_senders.split(",") if sender.strip()]
    return Rules(settings.mailbox_address, senders=senders, draft=settings.mailbox_draft)


def run_mailbox(settings: Settings, *, once: bool) -> None:
    """Take in what is there, and unless `once` whatever comes until SIGINT or SIGTERM. Raises ConfigurationError."""
    log_to_terminal(settings)
    end_on_sigterm()
    account = mailbox_account(settings)
    if not (once or settings.database_url or running(settings.data)):
        raise ConfigurationError(
            "Watching would keep the server out of the data folder. Start `summarizer serve` first, set "
            "SUMMARIZER_DATABASE_URL, or look into the mailbox now and then with --once."
        )
    with open_services(settings, beside=True) as services:
        if once:
            _take_in_once(services, account)
            return
        Console().print(f"Watching {account.folder} of {account.user}. Ctrl-C stops it.")
        with suppress(KeyboardInterrupt):
            watch(account, _taking(services, Counter()))


def _take_in_once(services: Services, account: Account) -> None:
    counts: Counter[Tray] = Counter()
    take_all(account, _taking(services, counts))
    if services.alone:
        services.queue.work_until_idle()
    Console().print(", ".join(f"{counts[tray]} {tray}" for tray in Tray))


def _taking(services: Services, counts: Counter[Tray]) -> Take:
    """Takes a mail in, logs what became of it, and counts it."""
    begin = partial(services.database.begin, services.settings.workspace)
    reception = Reception(begin, services.documents, mailbox_rules(services.settings))

    def take(mail: bytes) -> Tray:
        filed = receive(reception, mail)
        why = "".join(filter(str.isprintable, filed.why))  # an address may hold what a terminal obeys
        logger.log(logging.INFO if filed.tray is Tray.PROCESSED else logging.WARNING, "%s: %s", filed.tray, why)
        counts[filed.tray] += 1
        return filed.tray

    return take
