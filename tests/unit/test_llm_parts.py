"""The small parts of the chat engine: waiting without being held, counting what is paid, telling languages apart."""

import time
from collections.abc import Iterator
from contextlib import closing
from threading import Event

import pytest

from summarizer.adapters.llm.answer import Delta
from summarizer.adapters.llm.ledger import Ledger, estimated
from summarizer.adapters.llm.pump import pumped
from summarizer.adapters.llm.tongue import language
from summarizer.adapters.llm.waiting import Waiting
from summarizer.errors import BudgetSpent
from summarizer.ports import Pulse
from summarizer.records import KeptAnswer

TURNS = [("system", "x" * 400), ("human", "y" * 400)]
PROMPT = 216
"""Tokens of these turns, about."""


def nobody() -> None:
    raise AssertionError("nobody was to hang up")


# --- the pump ---------------------------------------------------------------------------------------------------------


def test_what_a_quick_iterator_gives_comes_out_as_it_is() -> None:
    assert list(pumped(lambda: iter(range(1000)), nobody)) == list(range(1000))


def test_while_an_iterator_thinks_there_are_pulses() -> None:
    seen = Event()

    def slow() -> Iterator[int]:
        seen.wait(10)
        yield 1

    pump = pumped(slow, nobody)
    assert [next(pump), next(pump)] == [Pulse(), Pulse()]
    seen.set()
    assert [given for given in pump if given != Pulse()] == [1]


def test_an_error_of_the_iterator_is_raised_where_it_is_read() -> None:
    def broken() -> Iterator[int]:
        yield 1
        raise KeyError("gone")

    pump = pumped(broken, nobody)
    assert next(pump) == 1
    with pytest.raises(KeyError, match="gone"):
        next(pump)


def test_closing_hangs_up_and_lets_the_iterator_end() -> None:
    hung_up, ended = Event(), Event()

    def stuck() -> Iterator[int]:
        yield 1
        hung_up.wait(10)
        ended.set()

    with closing(pumped(stuck, hung_up.set)) as pump:
        assert next(pump) == 1
    assert ended.wait(1)


def test_no_more_is_fetched_ahead_than_a_little() -> None:
    fetched: list[int] = []

    def eager() -> Iterator[int]:
        for number in range(10_000):
            fetched.append(number)
            yield number

    with closing(pumped(eager, lambda: None)) as pump:
        next(pump)
        time.sleep(0.2)
    assert len(fetched) < 100


# --- waiting ----------------------------------------------------------------------------------------------------------


def test_a_wait_is_made_of_pulses() -> None:
    slept: list[float] = []
    assert list(Waiting(slept.append).seconds(0.6)) == [Pulse()] * 3
    assert sum(slept) == pytest.approx(0.6)


def test_who_waits_long_looks_less_often() -> None:
    slept: list[float] = []
    found = iter([None] * 400 + [7])

    def waited() -> Iterator[Pulse | int]:
        yield (yield from Waiting(slept.append, chance=lambda: 0.5).until(lambda: next(found)))

    *pulses, last = waited()
    assert (set(pulses), last) == ({Pulse()}, 7)
    assert (slept[0], slept[-1]) == (0.01, 0.5)


# --- the ledger -------------------------------------------------------------------------------------------------------


def test_calls_are_counted_and_can_be_kept() -> None:
    ledger = Ledger(budget=1000)
    kept = ledger.enter(TURNS, [Delta("{"), Delta("}", 200, 5, "stop", 150), Delta("", 200, 9)])
    assert kept == KeptAnswer(text="{}", finish_reason="stop", tokens_in=200, tokens_out=9)
    assert ledger == Ledger(1000, calls=1, tokens_in=200, tokens_cached=150, tokens_out=9)


def test_an_answer_may_be_as_long_as_the_budget_allows() -> None:
    ledger = Ledger(budget=1000, tokens_in=500)
    assert ledger.allowed(TURNS, most=100) == 100
    assert ledger.allowed(TURNS, most=4000) == 500 - PROMPT
    ledger.tokens_out = 250
    with pytest.raises(BudgetSpent):
        ledger.allowed(TURNS, most=4000)


@pytest.mark.parametrize(("text", "tokens"), [("", 0), ("four", 1), ("fours", 2), ("納品は三月", 5)])
def test_tokens_are_estimated_by_signs(text: str, tokens: int) -> None:
    assert estimated(text) == tokens


# --- languages --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We send you the list of the sites by the end of May, and the team is on it.", "English"),
        ("Wir schicken die Liste der Standorte bis Ende Mai, und das Team ist nicht allein.", "German"),
        ("Nous vous envoyons la liste des sites avant la fin du mois, et les accès par mail.", "French"),
        ("El cliente envía la lista de los sitios antes de que termine el mes, y no más tarde.", "Spanish"),
        ("Il cliente invia la lista dei siti entro la fine del mese, e non è per il team.", "Italian"),
        ("O cliente envia a lista dos locais até ao fim do mês, e não é para as equipas.", "Portuguese"),
        ("De klant stuurt de lijst van het team voor het einde van de maand, en niet later.", "Dutch"),
        ("客户在三月底之前发送站点列表", "Chinese"),
        ("顧客は三月末までにリストを送ります", "Japanese"),
        ("고객이 삼월 말까지 목록을 보냅니다", "Korean"),
        ("Клиент отправит список до конца марта", "Cyrillic"),
        ("Eight dashboards", None),
        ("", None),
        ("2026-03-25: 18% -> 10%", None),
    ],
)
def test_a_language_is_told_by_its_little_words_and_its_letters(text: str, expected: str | None) -> None:
    assert language(text) == expected
