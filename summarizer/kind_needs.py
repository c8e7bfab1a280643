"""What an item of a kind cannot do without: a metric something to measure by, a milestone a date or an event."""

import re

from summarizer.cue_words import EVENT
from summarizer.dates import find_dates
from summarizer.figures import find_figures
from summarizer.items import Item, Kind

_MEASURE = re.compile(
    r"\b(?:no|none|nobody|nothing|never|zero|all|every\w*|each|any\w*|always|only|without|within|same|half|double|twice|"
    r"less|fewer|more|most|least|at most|quarter|third|complete\w*|full\w*|whole|once|a single|"
    r"few|as (?:many|much|fast|good)|on time|pass\w*|equals?|balances?|not|\w{3,}er than|faster|shorter|quicker|"
    r"lower|higher|better|sooner|"
    r"down|up|below|above|under|over|before|by|until)\b|[%‰]|n['’]t\b",
    re.IGNORECASE,
)
_EVENT = re.compile(rf"\b{EVENT}\b", re.IGNORECASE)
_TIME = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:weeks?|months?|years?|days?|quarter|spring|summer|autumn|winter|"
    r"easter|christmas|term|season|today|tomorrow|january|february|march|april|may|june|july|august|september|"
    r"october|november|december|q[1-4])\b|\b(?:before|after|once|when|until|end|ends|over|done)\b",
    re.IGNORECASE,
)


def lacks(item: Item) -> str | None:
    """What an item of its kind ought to have and this one has not, in words for the reviewer; `None` for nothing."""
    said = (item.text, *(evidence.quote for evidence in item.evidence))
    if item.kind is Kind.SUCCESS_METRIC and not (item.target or item.baseline or any(map(_measures, said))):
        return "A success metric without a measure: nothing in it can be counted or compared."
    if item.kind is Kind.MILESTONE and not (item.due or any(map(_happens, said))):
        return "A milestone without a date or an event."
    return None


def _measures(text: str) -> bool:
    return bool(find_figures(text)) or _MEASURE.search(text) is not None


def _happens(text: str) -> bool:
    return bool(find_dates(text)) or _EVENT.search(text) is not None or _TIME.search(text) is not None
