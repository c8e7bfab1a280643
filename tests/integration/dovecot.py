"""A Dovecot of our own: an IMAP server with its own configuration, folders and port, as root or as anybody."""

import grp
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest
from imapclient import IMAPClient

from summarizer.adapters.mailbox import Account
from tests.integration.processes import eventually, free_port

PASSWORD = "secret"
CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
protocols = imap
listen = 127.0.0.1
disable_plaintext_auth = no
auth_failure_delay = 0
mail_location = maildir:{folder}/mail/%n
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%n
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
namespace inbox {{
  inbox = yes
  prefix = {prefix}
}}
{more}
"""


@dataclass
class Dovecot:
    """A running server, which lets in anybody who knows the password."""

    binary: str
    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None
    users: Iterator[int] = field(default_factory=count)

    def start(self) -> None:
        self.process = subprocess.Popen([self.binary, "-F", "-c", str(self.folder / "conf")])
        eventually(self._answers, seconds=10)

    def stop(self) -> None:
        """All connections break."""
        if self.process:
            self.process.terminate()
            self.process.wait(timeout=10)

    def account(self, limit: int = 100_000) -> Account:
        """An empty mailbox that nobody else uses."""
        user = f"deals{next(self.users)}@harbor.example"
        return Account(host="127.0.0.1", port=self.port, tls="none", user=user, password=PASSWORD, limit=limit)

    def maildir(self, account: Account) -> Path:
        """Where the server keeps the mails of the account."""
        return self.folder / "mail" / account.user.partition("@")[0]

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                return connection.recv(4) == b"* OK"
        except OSError:
            return False


@contextmanager
def client(account: Account) -> Iterator[IMAPClient]:
    """Somebody else who looks into the mailbox."""
    with IMAPClient(account.host, account.port, ssl=False, timeout=10) as connected:
        connected.login(account.user, account.password)
        yield connected


def deliver(account: Account, *mails: bytes) -> None:
    with client(account) as connected:
        for mail in mails:
            connected.append("INBOX", mail)


def contents(account: Account) -> dict[str, int]:
    """How many mails each folder holds; empty ones are left out."""
    with client(account) as connected:
        found = {
            name: connected.folder_status(name, ["MESSAGES"])[b"MESSAGES"] for *_, name in connected.list_folders()
        }
    return {name: number for name, number in found.items() if number}


@contextmanager
def dovecot(*, prefix: str = "", more: str = "ssl = no") -> Iterator[Dovecot]:
    """Start one and stop it; skips the test where there is none, unless CI promises one."""
    binary = _binary()
    # Not in tmp_path: a socket's path is short, and Dovecot's other users must be able to reach the folder.
    folder = Path(tempfile.mkdtemp(prefix="dovecot"))
    server = Dovecot(binary, folder, free_port())
    try:
        _configure(server, prefix=prefix, more=more)
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)


def _binary() -> str:
    found = shutil.which("dovecot", path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/usr/local/sbin")
    if found:
        return found
    reason = "there is no Dovecot here: apt-get install dovecot-imapd"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def _configure(server: Dovecot, *, prefix: str, more: str) -> None:
    (server.folder / "mail").mkdir()
    server.folder.chmod(0o755)
    own = pwd.getpwuid(os.getuid())
    if own.pw_uid == 0:
        internal, login, mail = pwd.getpwnam("dovecot"), "dovenull", pwd.getpwnam("nobody")
        os.chown(server.folder / "mail", mail.pw_uid, mail.pw_gid)
    else:
        internal, login, mail = own, own.pw_name, own
    (server.folder / "conf").write_text(
        CONFIGURATION.format(
            folder=server.folder,
            internal=internal.pw_name,
            group=grp.getgrgid(internal.pw_gid).gr_name,
            login=login,
            uid=mail.pw_uid,
            gid=mail.pw_gid,
            password=PASSWORD,
            port=server.port,
            prefix=prefix,
            more=more,
        )
    )
