"""The lines that measure retrieval are our own, and each is answered by a stretch of a file that is there."""

import json
import os
from typing import Any

import pytest

from eval.retrieval_sets import FOLDER, KNOWN_ITEMS
from summarizer.reading.files import render

ROWS: list[dict[str, Any]] = [json.loads(line) for line in KNOWN_ITEMS.read_text("utf-8").splitlines()]


def test_there_are_150_different_lines() -> None:
    assert len({row["line"] for row in ROWS}) == len({(row["file"], row["start"]) for row in ROWS}) == 150


def test_each_line_names_a_stretch_of_its_file_and_is_not_copied_from_it() -> None:
    root = FOLDER / "gov"
    if not root.is_dir():
        assert os.environ.get("CI") != "true", f"{root} is missing"
        pytest.skip(f"{root} is missing")
    for row in ROWS:
        path = root / row["file"]
        text = render(path.name, path.read_bytes()).text
        stretch = text[row["start"] : row["end"]]
        assert stretch == stretch.strip() != ""
        assert row["line"].lower() not in text.lower()
