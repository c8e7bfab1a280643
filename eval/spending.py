"""What two runs took on the same cases: seconds, tokens and money a case, with paired intervals."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from eval.bootstrap import Resampling
from eval.comparing import Difference, difference
from eval.figures import Counts, Figure
from eval.runs import CaseResult, Prices, Run


def _mean(key: str, title: str, about: str) -> Figure:
    return Figure(key, title, {key: 1}, {f"{key}:known": 1}, about, rising_is_good=False, percent=False)


SECONDS = _mean("seconds", "Seconds a case", "Wall-clock time of reading and drafting.")
TOKENS = _mean("tokens", "Tokens a case", "In and out; those of kept answers are counted as when they were paid.")
MONEY = _mean("money", "Money a case", "Tokens in and out at the prices that are set.")
_SAID: Mapping[str, Callable[[float], str]] = {
    "seconds": "{:,.2f} s".format,
    "tokens": "{:,.0f}".format,
    "money": "{:,.4f}".format,
}


@dataclass(frozen=True)
class Spent:
    """One thing that was spent, as it is written; empty where it is unknown."""

    title: str
    before: str
    after: str
    change: str
    interval: str


def spending(before: Run, after: Run) -> list[Spent]:
    """Over the cases that both runs have; what neither run knows is left out."""
    old, new = ({result.id: result for result in run.results} for run in (before, after))
    common = sorted(old.keys() & new.keys())
    rows = [[_counts(each[case], run.prices) for case in common] for each, run in ((old, before), (new, after))]
    draws = Resampling(len(common))
    found = [difference(figure, rows[0], rows[1], draws) for figure in (SECONDS, TOKENS, MONEY)]
    return [_said(each) for each in found if each.before is not None or each.after is not None]


def _counts(result: CaseResult, prices: Prices) -> Counts:
    tokens = result.tokens_in + result.tokens_out + result.tokens_reused
    money = _money(result, prices)
    return {
        "seconds": result.seconds or 0.0,
        "seconds:known": result.seconds is not None,
        "tokens": tokens,
        "tokens:known": tokens > 0,
        "money": money or 0.0,
        "money:known": money is not None,
    }


def _money(result: CaseResult, prices: Prices) -> float | None:
    if prices.tokens_in is None or prices.tokens_out is None:
        return None
    return (result.tokens_in * prices.tokens_in + result.tokens_out * prices.tokens_out) / 1_000_000


def _said(each: Difference) -> Spent:
    say = _SAID[each.figure.key]
    values = ["" if value is None else say(value) for value in (each.before, each.after, each.change)]
    interval = "" if each.low is None or each.high is None else f"{say(each.low)} to {say(each.high)}"
    before, after, change, interval = (words.replace("-", "−") for words in (*values, interval))
    return Spent(each.figure.title, before, after, change, interval)
