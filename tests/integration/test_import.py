"""`sow add` on folders: real files, generated ones and broken ones, killed anywhere, stopped by Ctrl-C, repeated."""

import random
import re
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from signal import SIGINT, SIGKILL, default_int_handler
from signal import signal as handle

import pytest
from sqlalchemy.exc import SQLAlchemyError

from api.settings import Settings
from api.wiring import open_services
from summarizer.adapters.database.store import Database
from summarizer.adapters.documents import FileDocuments
from summarizer.adapters.postgres import running
from summarizer.errors import InvalidInput, SummarizerError
from summarizer.indexing import Drift, find_drift
from summarizer.library import Arrival, SowFile, add_sow
from summarizer.reading.limits import Limits
from summarizer.records import Slice, SowCard
from summarizer.service import Desk
from summarizer.stores import Store
from tests import making
from tests.conftest import WORKSPACE
from tests.integration.processes import ROOT, command, environment
from tests.integration.test_documents import real
from tests.making_files import docx, paragraph, pdf

DOCUMENTS = FileDocuments(Limits())
MANY = 80
NAMED = {error.__name__ for error in InvalidInput.__subclasses__()} | {"UnpacksTooLarge"}
HEADINGS = ("Scope", "Out of scope", "Assumptions", "Client responsibilities", "Milestones", "Fees", "Größe: 10 %", "")
WORDS = "the supplier will build five dashboards for Tarn by 20 March 2026 and no training £48,000 naïve 🚚".split()


def arrivals(database: Database, files: list[tuple[str, bytes]]) -> Counter[str]:
    """What became of each file, by name: of its arrival, or of the problem."""
    found: Counter[str] = Counter()
    for name, content in files:
        try:
            with database.begin(WORKSPACE) as store:
                how = add_sow(Desk(store, making.person()), SowFile(name, content), documents=DOCUMENTS).how
            found[how.value] += 1
        except SummarizerError as error:
            found[type(error).__name__] += 1
    return found


def test_all_real_sows_are_imported_or_refused_by_name_and_again_change_nothing(database: Database) -> None:
    paths = [path for folder in ("sows/gov", "sows/grants/applications") for path in real(folder)]
    files = [(str(path), path.read_bytes()) for path in paths]
    found = arrivals(database, files)
    assert (len(files), set(found) - NAMED) == (543, {Arrival.ADDED.value})
    assert found[Arrival.ADDED.value] >= 540
    again = arrivals(database, [each for each in files if not each[0].endswith((".docx", ".pdf"))])
    assert set(again) - NAMED == {Arrival.UNCHANGED.value}


def generated(count: int) -> Iterator[tuple[str, bytes]]:
    """SOWs of all kinds, a fifth of them damaged: cut off, with bytes changed, of another kind than their name says."""
    chance = random.Random(5)
    for number in range(count):
        kind = chance.choices(("md", "txt", "html", "docx", "pdf"), weights=(45, 20, 25, 6, 4))[0]
        content = _written(kind, chance)
        if number % 5 == 0:
            content = chance.choice((_cut, _noisy, _nothing))(content, chance)
        named = chance.choice(("md", "docx", "pdf", "html", "rtf")) if number % 25 == 0 else kind
        yield f"folder {number % 7}/SOW {number}.{named}", content


def _written(kind: str, chance: random.Random) -> bytes:
    parts = [(chance.choice(HEADINGS), " ".join(chance.choices(WORDS, k=chance.randrange(200)))) for _ in range(6)]
    if kind == "docx":
        return docx("".join(paragraph(head, style="Heading1") + paragraph(body) for head, body in parts))
    if kind == "pdf":
        lines = [line for head, body in parts for line in ((18, head), (11, body[:80]))]
        return pdf([(size, words.encode("latin-1", "ignore").decode("latin-1")) for size, words in lines])
    form = "<h2>{}</h2><p>{}</p>" if kind == "html" else "## {}\n\n{}\n\n"
    text = "".join(form.format(head, body) for head, body in parts)
    return text.encode(chance.choice(("utf-8", "utf-8", "utf-16", "utf-8-sig")))


def _cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def _noisy(content: bytes, chance: random.Random) -> bytes:
    noisy = bytearray(content)
    for _ in range(len(noisy) // 20):
        noisy[chance.randrange(len(noisy))] = chance.randrange(256)
    return bytes(noisy)


def _nothing(_content: bytes, chance: random.Random) -> bytes:
    return chance.choice((b"", b" \n\t", b"\0" * 500, chance.randbytes(3000)))


def test_generated_sows_are_imported_or_refused_by_name(database: Database) -> None:
    found = arrivals(database, list(generated(500)))
    assert set(found) - NAMED <= {Arrival.ADDED.value, Arrival.UNCHANGED.value}
    assert (found.total(), found[Arrival.ADDED.value] >= 400) == (500, True)


# --- the command -----------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Many SOWs, in folders, so that a signal meets the import at work."""
    made = tmp_path / "past sows"
    for number in range(MANY):
        path = made / f"client {number % 4}" / f"sow {number}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# Scope\n\nWe build {number} dashboards.\n\n# Fees\n\n{number} thousand.\n", "utf-8")
    return made


def importing(data: Path, folder: Path) -> "subprocess.Popen[str]":
    pipe = subprocess.PIPE
    given = command("sow", "add", str(folder))
    return subprocess.Popen(given, env=environment(data), cwd=ROOT, stdout=pipe, stderr=pipe, text=True)


def finished(data: Path, folder: Path) -> str:
    """What a whole import says."""
    with importing(data, folder) as process:
        said, problems = process.communicate(timeout=100)
    return said + problems


def ended_when(data: Path, folder: Path, holds: Callable[[Store], bool], *, signal: int) -> tuple[int, str]:
    """An import that gets the signal as soon as this holds; its status and what it says."""
    handle(SIGINT, default_int_handler)  # what runs in the background ignores it, and so would its children
    with importing(data, folder) as process:
        while process.poll() is None and not _holds(data, holds):
            time.sleep(0.002)
        process.send_signal(signal)
        said, problems = process.communicate(timeout=60)
    return process.returncode, said + problems


def _holds(data: Path, holds: Callable[[Store], bool]) -> bool:
    cluster = running(data)
    if cluster is None:
        return False
    database = Database(cluster.app_url, pool_size=1)
    try:
        with database.begin(Settings().workspace) as store:
            return holds(store)
    except (SummarizerError, SQLAlchemyError):  # it is starting still, or has no tables yet
        return False
    finally:
        database.dispose()


def count(store: Store) -> int:
    return len(store.sows.page(Slice(size=200)).rows)


def library(data: Path) -> tuple[list[tuple[str, int, str, list[str]]], Drift]:
    """All that the library holds, without what is drawn by chance, and how its index differs."""
    with open_services(Settings(data=data)) as services:
        with services.database.begin(services.settings.workspace) as store:
            rows = [(row, store.sows.sections(row.id)) for row in store.sows.page(Slice(size=200)).rows]
        return sorted(_kept(row, [each.text for each in found]) for row, found in rows), find_drift(
            services.workshop(services.settings.workspace)
        )


def _kept(row: SowCard, sections: list[str]) -> tuple[str, int, str, list[str]]:
    return row.name, row.version, row.sha256, sections


def test_an_import_that_is_killed_anywhere_and_run_again_ends_in_the_same_library(tmp_path: Path, folder: Path) -> None:
    for whole in (tmp_path / "whole", tmp_path / "killed"):
        if whole.name == "killed":
            for holds in (_always, _ten, _half, _indexing):
                ended_when(whole, folder, holds, signal=SIGKILL)
        assert "0 failed" in finished(whole, folder)
    expected, in_step = library(tmp_path / "whole")
    assert (len(expected), in_step) == (MANY, Drift({}, set()))
    assert library(tmp_path / "killed") == (expected, in_step)


def _always(_store: Store) -> bool:
    return True


def _ten(store: Store) -> bool:
    return count(store) >= 10


def _half(store: Store) -> bool:
    return count(store) >= MANY // 2


def _indexing(store: Store) -> bool:
    return count(store) == MANY and 0 < store.sows.waiting() < MANY - 2


def test_ctrl_c_keeps_what_is_done_and_the_same_command_goes_on(tmp_path: Path, folder: Path) -> None:
    status, said = ended_when(tmp_path / "data", folder, _ten, signal=SIGINT)
    assert (status, "The same command goes on" in said, "Traceback" in said) == (130, True, False)
    added, kept = map(int, re.findall(r"\d+", finished(tmp_path / "data", folder))[:2])
    assert (added + kept, 10 <= kept < MANY) == (MANY, True)
    assert f"0 added, {MANY} unchanged, 0 new versions, 0 failed." in finished(tmp_path / "data", folder)


def test_a_bad_file_is_named_with_its_reason_and_the_others_are_added(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for made in (first, second):
        made.mkdir()
        (made / "sow.md").write_text(f"# Scope\n\nThe {made.name} portal.\n", "utf-8")
    (first / "broken.docx").write_bytes(b"PK\x03\x04\x14\x00")
    (first / "empty.txt").write_bytes(b"")
    said = _said(tmp_path / "data", str(first), str(second))
    assert said.startswith("1 added, 0 unchanged, 0 new versions, 3 failed.")
    assert "broken.docx: The Word document cannot be read" in said
    assert "empty.txt: There is no text" in said
    assert "sow.md: Another file here is called sow.md, too." in said
    (first / "sow.md").write_text("# Scope\n\nAnother portal.\n", "utf-8")
    assert "1 new versions" in _said(tmp_path / "data", str(first / "sow.md"))


def _said(data: Path, *paths: str) -> str:
    given = command("sow", "add", *paths)
    done = subprocess.run(given, env=environment(data), cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr
