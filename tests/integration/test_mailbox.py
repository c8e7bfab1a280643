"""Mail that is taken in from a real IMAP server, into a real database."""

import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from functools import partial
from pathlib import Path

import pytest

from api.diagnosis import Check, examine
from api.mail import mailbox_account
from api.settings import Settings
from summarizer.adapters.database.store import Database
from summarizer.adapters.documents import FileDocuments
from summarizer.adapters.mailbox import Account, Mailbox, opened, take_all
from summarizer.adapters.postgres import Cluster
from summarizer.errors import ConfigurationError, MailboxUnavailable
from summarizer.mail_intake import Filed, Reception, Rules, Tray, receive
from summarizer.reading.limits import Limits
from summarizer.records import StoredSource
from summarizer.stores import Store
from tests.conftest import WORKSPACE
from tests.integration.conftest import THREAD
from tests.integration.dovecot import Dovecot, client, contents, deliver, dovecot
from tests.integration.processes import ROOT, command, environment, eventually
from tests.making import deal, person

ADDRESS = "deals@harbor.example"
OLD_SERVER = "ssl = no\nimap_capability = IMAP4rev1 LITERAL+ NAMESPACE"


def mail(
    *, to: str = "deals+d1@harbor.example", sender: str = "ana@harbor.example", number: int = 1, body: str = THREAD
) -> bytes:
    message = EmailMessage()
    message["From"] = f"Ana <{sender}>"
    message["To"] = to
    message["Subject"] = "Fwd: Dashboards"
    message["Message-ID"] = f"<{number}@harbor.example>"
    message.set_content(body)
    return message.as_bytes()


@pytest.fixture(scope="module")
def imap() -> Iterator[Dovecot]:
    with dovecot() as started:
        yield started


@dataclass
class Office:
    """A workspace with Ana and two deals, and a mailbox of its own."""

    database: Database
    account: Account

    def take(self, letter: bytes, *, draft: bool = False) -> Tray:
        rules = Rules(ADDRESS, senders=["@partner.example"], draft=draft)
        begin = partial(self.database.begin, WORKSPACE)
        return receive(Reception(begin, FileDocuments(Limits(file_bytes=self.account.limit)), rules), letter).tray

    def work_off(self, take: Callable[[bytes], Tray] | None = None) -> int:
        """Deal with all that is there; how many mails it was."""
        with opened(self.account) as mailbox:
            return mailbox.work_off(take or self.take)

    def sources(self, deal_id: str = "d1") -> list[StoredSource]:
        with self.database.begin(WORKSPACE) as store:
            return store.sources.of_deal(deal_id)

    def texts(self) -> dict[str, list[bytes]]:
        """What each deal was given, to the byte."""
        return {deal_id: [source.original for source in self.sources(deal_id)] for deal_id in ("d1", "d2")}

    def jobs(self) -> int:
        with self.database.begin(WORKSPACE) as store:
            return len(store.jobs.of_deal("d1"))


def office_at(server: Dovecot, database: Database) -> Office:
    with database.begin(WORKSPACE) as store:
        store.people.add(person())
        store.deals.add(deal("d1"))
        store.deals.add(deal("d2").model_copy(update={"crm": "hubspot", "crm_deal_id": "4711"}))
    return Office(database, server.account())


@pytest.fixture
def office(imap: Dovecot, database: Database) -> Office:
    return office_at(imap, database)


def test_a_forwarded_thread_becomes_a_source_of_the_deal_that_it_names(office: Office) -> None:
    sent = mail(to="Deals <deals+4711@harbor.example>").replace(b"\n", b"\r\n")
    deliver(office.account, sent)
    assert office.work_off() == 1
    assert office.texts() == {"d1": [], "d2": [sent]}
    source = office.sources("d2")[0]
    assert (source.name, source.media_type, source.created_by) == ("Fwd: Dashboards", "message/rfc822", "ana")
    assert "We want five dashboards on top of the warehouse." in source.text
    assert contents(office.account) == {"Processed": 1}


def test_what_is_attached_becomes_a_source_too(office: Office) -> None:
    message = message_from_bytes(mail(), policy=default)
    assert isinstance(message, EmailMessage)
    message.add_attachment("The API keys come by 20 March.", filename="note.txt")
    deliver(office.account, bytes(message), bytes(message))
    office.work_off(partial(office.take, draft=True))
    thread, note = office.sources()
    assert (thread.parent, note.parent, note.name) == (None, thread.id, "note.txt")
    assert office.jobs() == 1


def test_the_same_mail_twice_is_one_source(office: Office) -> None:
    other_way = b"Delivered-To: deals+d1@harbor.example\n" + mail()
    deliver(office.account, mail(), mail(), other_way)
    assert office.work_off() == 3
    assert len(office.sources()) == 1
    assert contents(office.account) == {"Processed": 3}


def test_what_names_no_deal_and_what_strangers_send_is_put_aside(office: Office) -> None:
    unknown, stranger = mail(to="deals+d9@harbor.example"), mail(sender="eve@elsewhere.example")
    nobody = b"To: deals+d1@harbor.example\n\nWe want it all.\n"
    deliver(office.account, unknown, mail(to=ADDRESS), stranger, nobody)
    office.work_off()
    assert office.texts() == {"d1": [], "d2": []}
    assert contents(office.account) == {"Unmatched": 4}


def test_somebody_who_is_listed_gives_in_the_name_of_the_first_sales_rep(office: Office) -> None:
    deliver(office.account, mail(sender="ben@partner.example"))
    office.work_off()
    assert [source.created_by for source in office.sources()] == ["ana"]


def test_what_cannot_be_read_is_put_aside_and_the_others_go_on(office: Office) -> None:
    office.account = replace(office.account, limit=5_000)
    head = b"From: ana@harbor.example\nTo: deals+d1@harbor.example\n"
    torn = (
        head
        + b'Content-Type: multipart/mixed; boundary="\xff\n\n--x\nContent-Type: text/plain; charset=\xe9\n\n\xff\xfe'
    )
    deliver(office.account, mail(body="word " * 10_000), torn, b"\xff\n\n\n", mail())
    assert office.work_off() == 4
    assert mail().replace(b"\n", b"\r\n") in office.texts()["d1"]
    assert contents(office.account)["Failed"] >= 1
    assert "INBOX" not in contents(office.account)


def test_a_mail_over_which_the_server_hangs_up_does_not_stop_the_others(imap: Dovecot, office: Office) -> None:
    deliver(office.account, *(mail(number=number, body=f"Number {number}.") for number in (1, 2, 3)))
    first = min((imap.maildir(office.account) / "new").iterdir())
    first.chmod(0)
    with pytest.raises(MailboxUnavailable, match="FETCH"):
        take_all(office.account, office.take)
    assert contents(office.account) == {"INBOX": 1, "Processed": 2}
    next((imap.maildir(office.account) / "cur").iterdir()).chmod(0o600)
    take_all(office.account, office.take)
    assert contents(office.account) == {"Processed": 3}


def test_a_parser_that_breaks_puts_one_mail_aside() -> None:
    @contextmanager
    def broken() -> Iterator[Store]:
        raise RecursionError
        yield

    reception = Reception(broken, FileDocuments(Limits()), Rules(ADDRESS))
    assert receive(reception, mail()) == Filed(Tray.FAILED, "RecursionError")


def test_a_crash_between_storing_and_moving_neither_loses_nor_doubles(office: Office) -> None:
    def crash(letter: bytes) -> Tray:
        office.take(letter, draft=True)
        raise KeyboardInterrupt

    deliver(office.account, mail())
    with pytest.raises(KeyboardInterrupt):
        office.work_off(crash)
    assert contents(office.account) == {"INBOX": 1}
    assert office.work_off(partial(office.take, draft=True)) == 1
    assert (len(office.sources()), office.jobs()) == (1, 1)
    assert contents(office.account) == {"Processed": 1}


def test_no_mail_is_marked_as_read_or_deleted(office: Office) -> None:
    deliver(office.account, mail())
    with client(office.account) as other:
        other.select_folder("INBOX")
        other.append("INBOX", mail(number=2), flags=[b"\\Deleted"])
    assert office.work_off() == 1
    assert contents(office.account) == {"INBOX": 1, "Processed": 1}
    with client(office.account) as other:
        other.select_folder("Processed")
        assert other.search("UNSEEN")


def test_a_server_that_cannot_move_mails_marks_them(database: Database) -> None:
    with dovecot(more=OLD_SERVER) as server:
        office = office_at(server, database)
        deliver(office.account, mail(), mail(to=ADDRESS, number=2))
        assert [office.work_off(), office.work_off()] == [2, 0]
        assert len(office.sources()) == 1
        with client(office.account) as other:
            other.select_folder("INBOX")
            assert [len(other.search(["KEYWORD", f"Summarizer-{tray}"])) for tray in Tray] == [1, 1, 0]


def test_a_server_that_cannot_idle_is_asked_now_and_then(database: Database) -> None:
    class Enough(Exception):
        pass

    def take(letter: bytes) -> Tray:
        raise Enough

    with dovecot(more=OLD_SERVER) as server:
        account = replace(server.account(), poll_s=0.05)
        arriving = threading.Timer(0.5, deliver, (account, mail()))
        arriving.start()
        with opened(account) as mailbox:
            assert (mailbox.idles, mailbox.moves) == (False, False)
            with pytest.raises(Enough):
                mailbox.follow(take)
        arriving.join()


def test_trays_stand_in_the_accounts_own_namespace(database: Database) -> None:
    with dovecot(prefix="INBOX.") as server:
        office = office_at(server, database)
        deliver(office.account, mail())
        office.work_off()
        assert contents(office.account) == {"INBOX.Processed": 1}


def refused(account: Account) -> str:
    with pytest.raises(MailboxUnavailable) as caught, opened(account) as mailbox:
        assert isinstance(mailbox, Mailbox)
    return caught.value.detail


def test_a_mailbox_that_cannot_be_opened_says_why(imap: Dovecot) -> None:
    account = imap.account()
    assert "does not let deals" in refused(replace(account, password="wrong"))
    assert "folder Nowhere" in refused(replace(account, folder="Nowhere"))
    assert "127.0.0.1" in refused(replace(account, port=9))
    assert "STARTTLS" in refused(replace(account, tls="starttls"))


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate that nobody has signed, and its key beside it."""
    made = tmp_path / "certificate.pem"
    subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2"]
    files = ["-keyout", str(made.with_suffix(".key")), "-out", str(made)]
    new = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    subprocess.run([*new, *subject, *files], check=True, capture_output=True)
    return made


def test_a_certificate_counts_only_if_somebody_vouches_for_it(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tls = f"ssl = yes\nssl_cert = <{certificate}\nssl_key = <{certificate.with_suffix('.key')}"
    with dovecot(more=tls) as server:
        account = replace(server.account(), tls="starttls")
        assert "certificate verify failed" in refused(account)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        with opened(account) as mailbox:
            assert mailbox.waiting() == []


# --- the command -----------------------------------------------------------------------------------------------------


def settings_for(office: Office, cluster: Cluster, **more: str) -> dict[str, str]:
    account = office.account
    return {
        "database_url": cluster.app_url,
        "owner_database_url": cluster.owner_url,
        "workspace": WORKSPACE,
        "mailbox_host": account.host,
        "mailbox_port": str(account.port),
        "mailbox_tls": account.tls,
        "mailbox_user": account.user,
        "mailbox_password": account.password,
        "mailbox_address": ADDRESS,
    } | more


def run(tmp_path: Path, settings: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*words), env=environment(tmp_path, **settings), cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_once_takes_in_what_is_there_and_asks_for_a_draft(office: Office, cluster: Cluster, tmp_path: Path) -> None:
    deliver(office.account, mail(), mail(to=ADDRESS, number=2))
    done = run(tmp_path, settings_for(office, cluster, mailbox_draft="true"), "mailbox", "--once")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "1 Processed, 1 Unmatched, 0 Failed"), done.stderr
    assert (len(office.sources()), office.jobs()) == (1, 1)


@pytest.mark.parametrize("address", ["", "deals", "@harbor.example"])
def test_a_mailbox_that_is_not_set_is_told_with_the_remedy(address: str) -> None:
    with pytest.raises(ConfigurationError, match="SUMMARIZER_MAILBOX_ADDRESS"):
        mailbox_account(Settings(mailbox_host="imap.harbor.example", mailbox_address=address))


def test_watching_beside_no_server_would_keep_it_out(office: Office, cluster: Cluster, tmp_path: Path) -> None:
    settings = settings_for(office, cluster)
    del settings["database_url"], settings["owner_database_url"]
    done = run(tmp_path, settings, "mailbox")
    assert done.returncode == 1
    assert "Start `summarizer serve` first" in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_mail_is_taken_in_as_it_comes_also_after_the_server_was_gone(
    database: Database, cluster: Cluster, tmp_path: Path
) -> None:
    with dovecot() as server:
        office = office_at(server, database)
        settings = settings_for(office, cluster)
        deliver(office.account, mail(number=1, body="One."))
        watching = subprocess.Popen(command("mailbox"), env=environment(tmp_path, **settings), cwd=ROOT)
        try:
            eventually(lambda: len(office.sources()) == 1, seconds=30)
            deliver(office.account, mail(number=2, body="Two."))
            eventually(lambda: len(office.sources()) == 2, seconds=3)
            server.stop()
            server.start()
            deliver(office.account, mail(number=3, body="Three."))
            eventually(lambda: len(office.sources()) == 3, seconds=10)
            watching.send_signal(signal.SIGTERM)
            assert watching.wait(timeout=10) == 0
        finally:
            watching.kill()
            watching.wait()


def test_doctor_looks_into_the_mailbox(office: Office, cluster: Cluster, tmp_path: Path) -> None:
    deliver(office.account, mail(), mail())
    settings = Settings.model_validate(settings_for(office, cluster, data=str(tmp_path)))
    found = next(check for check in examine(settings) if check.name == "Mailbox")
    told = "127.0.0.1 tells of new mail, trays are folders; 2 mails wait in INBOX"
    assert found == Check("Mailbox", True, told)
