"""The support check with the shipped encoder, over HTTP and on the command line."""

import json
from pathlib import Path

import numpy as np
from typer.testing import CliRunner

from api.cli import app
from summarizer.adapters.encoder import Encoder
from summarizer.adapters.support import EncoderCheck
from summarizer.support import SupportCheck, Verdict
from tests.integration.conftest import Client

TEXT = "We want five dashboards on top of the warehouse. Moira sends the list of shops by 20 March."
SENTENCE = "Moira sends the list of shops by 20 March."


def test_the_encoder_tells_words_in_their_context() -> None:
    vector, words, rarity = Encoder().words("Shops and kiosks", [(0, 5), (6, 9), (10, 16)])
    assert (vector.shape, words.shape) == ((384,), (3, 384))
    np.testing.assert_allclose(np.linalg.norm(words, axis=1), 1, rtol=1e-5)
    assert rarity[1] < rarity[0] < rarity[2]


def test_words_behind_what_the_encoder_reads_have_no_vector() -> None:
    text = "shop " * 400
    _, words, _ = Encoder().words(text, [(len(text) - 5, len(text) - 1)])
    assert not words.any()


def test_a_repeated_claim_scores_higher_than_a_changed_one() -> None:
    check: SupportCheck = EncoderCheck(Encoder())
    same, changed = (check.check(f"Moira sends the list of {what}.", TEXT) for what in ("shops", "museums by 27 June"))
    assert same.verdict is Verdict.SUPPORTED
    assert same.score > changed.score
    assert changed.sentence is not None
    assert changed.sentence.text == SENTENCE
    assert "museums" in changed.unsaid


def test_a_long_text_gives_the_sentence_that_decides() -> None:
    text = "The weather was fine. " * 600 + TEXT
    found = EncoderCheck(Encoder()).check("Moira sends the list of shops.", text)
    assert found.sentence is not None
    assert text[found.sentence.start : found.sentence.end] == SENTENCE


def test_what_a_later_message_takes_back_is_supported_all_the_same() -> None:
    """As the README and the help say: it is asked whether the text says so anywhere, not whether it still holds."""
    said = "The courier tablet app is included."
    text = f"{said}\n\nWe have to drop the courier tablet app, it is out of scope now."
    found = EncoderCheck(Encoder()).check(said, text)
    assert found.verdict is Verdict.SUPPORTED
    assert found.sentence is not None
    assert found.sentence.text == said


def test_the_service_answers_for_any_claim_and_text(client: Client) -> None:
    answer = client.http.post("/v1/support", json={"claim": "Moira sends the list of museums.", "text": TEXT})
    assert answer.status_code == 200
    body = answer.json()
    assert body["sentence"] == {"start": TEXT.index(SENTENCE), "end": len(TEXT), "quote": SENTENCE}
    assert body["unsaid"] == ["museums"]
    assert client.http.post("/v1/support", json={"claim": "", "text": TEXT}).status_code == 422


def test_the_command_prints_what_the_service_answers(tmp_path: Path) -> None:
    file = tmp_path / "thread.txt"
    file.write_text(TEXT, encoding="utf-8")
    told = CliRunner().invoke(app, ["check", "Moira sends the list of shops.", str(file), "--json"])
    assert told.exit_code == 0
    assert json.loads(told.stdout)["sentence"]["quote"] == SENTENCE
    assert "supported" in CliRunner().invoke(app, ["check", "Moira sends shops.", str(file)]).stdout
