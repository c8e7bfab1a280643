"""Real and labelled mails, which stand beside the repository: what is new, and where the gold evidence lies."""

import json
import os
from pathlib import Path

import pytest

from eval.reading import measures
from eval.replies import ALL, OURS, cases, parsers, scores, signature_score
from summarizer.reading.threads import read

SHARED = Path(__file__).parents[2].parent / "shared" / "data"
REPLIES = SHARED / "email" / "replies"


@pytest.fixture(autouse=True)
def _given() -> None:
    if not SHARED.is_dir():
        assert os.environ.get("CI") != "true", f"{SHARED} is missing"
        pytest.skip(f"{SHARED} is missing")


def test_our_reading_of_replies_is_ahead_of_every_rival_that_is_installed() -> None:
    found, _ = parsers()
    table = scores(cases(REPLIES), found)
    own = table[ALL, OURS]
    assert (own.failed, own.cases) == ([], 129)
    assert own.exact >= 108
    for name in set(found) - {OURS}:
        rival = table[ALL, name]
        assert own.exact > rival.exact
        assert own.kept / own.expected > rival.kept / rival.expected
        assert own.kept / own.given > rival.kept / rival.given


def test_most_lines_of_signatures_are_found() -> None:
    hits, expected, given = signature_score(REPLIES)
    assert 2 * hits / (expected + given) > 0.85


def test_gold_evidence_is_new_and_few_items_share_a_passage() -> None:
    found = measures(SHARED / "labelled")
    assert [(each.case, each.new) for each in found] == [(each.case, each.spans) for each in found]
    assert sum(each.shared for each in found) <= 0.1 * sum(each.items for each in found)


def test_no_mail_with_labelled_lines_raises() -> None:
    for row in (REPLIES / "signature_lines.jsonl").read_text("utf-8").splitlines():
        text = "\n".join(json.loads(row)["lines"])
        assert read(text).text == text
