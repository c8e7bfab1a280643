"""The scripted engine: what it was told to say, and what it was asked."""

import pytest

from summarizer.errors import AnswerCutOff
from summarizer.items import Kind, MadeBy
from summarizer.ports import Brief, Candidate, Engine, NumberedPassage
from summarizer.testing import ScriptedEngine

CANDIDATE = Candidate(kind=Kind.SCOPE, text="Two dashboards", cite=(1,))
MADE_BY = MadeBy(engine="scripted", model="none", prompt="sha256:0")
BRIEF = Brief(
    [NumberedPassage(number=1, text="We build two dashboards.", message=1, sender=None, side=None, sent=None)]
)


def test_it_repeats_its_script_and_remembers_the_briefs() -> None:
    scripted = ScriptedEngine([CANDIDATE, MADE_BY])
    engine: Engine = scripted
    assert [list(engine.draft(BRIEF)), list(engine.draft(Brief([])))] == [[CANDIDATE, MADE_BY]] * 2
    assert scripted.briefs == [BRIEF, Brief([])]


def test_it_raises_the_error_where_the_script_holds_it() -> None:
    answers = ScriptedEngine([CANDIDATE, AnswerCutOff("after one"), MADE_BY]).draft(BRIEF)
    assert next(answers) == CANDIDATE
    with pytest.raises(AnswerCutOff, match="after one"):
        next(answers)
