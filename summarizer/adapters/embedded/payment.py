"""A price and the terms on which it is paid: two obligations, though people say them in one breath."""

import re
from collections.abc import Sequence

from summarizer.adapters.embedded.segments import Segment

_SIGNS = r"€$£¥₦₪₹₩"
_CODES = (
    "EUR|USD|GBP|ZAR|KES|KSh|CLP|ILS|NIS|NGN|CHF|SEK|NOK|DKK|ISK|PLN|INR|AUD|CAD|NZD|SGD|AED|MXN|BRL|UF|Rs|R|"
    "euros?|dollars|pounds|francs|crowns|rand|naira|yen|won|pesos|rupees|shillings"
)
_PRICE = re.compile(
    rf"[{_SIGNS}]\s?\d|\b(?:{_CODES})\.?\s?\d|\d(?:k|mn?|bn)?\s?(?:[{_SIGNS}]|(?:{_CODES})\b)|\b(?:VAT|GST|IVA|MwSt)\b|"
    r"\b(?:fee|price|quote|total)\b[^.;]{0,60}\d|\d\s?(?:thousand|million|grand)\b|\b\d+(?:\.\d+)?k\b",
    re.IGNORECASE,
)
_COUNT = r"(?:one|two|three|four|five|[1-5])"
_WHEN = r"(?:on|at|after|when|in|against|once|by|upon|now|up ?front)"
_TERMS = re.compile(
    r"\bnet[ -]?\d+\b|\b(?:\d+|ten|fourteen|thirty|forty-five|sixty|ninety) days\b|"
    r"\bin(?:stal?lments?| advance| arrears)\b|\b(?:up ?front|beforehand|afterwards|quarterly|deposit)\b|"
    r"\b(?:paid|payable|payments?|invoic(?:ed?|ing)|bill(?:ed|ing)?)\b|"
    rf"\b{_COUNT}(?: equal)? (?:parts?|invoices?|tranches|slices)\b|\b(?:a|one|two|in) thirds?\b|"
    rf"\bhalf (?:{_WHEN}|before|with|to|down|and half|if|the)\b|"
    rf"\b(?:rest|balance|remainder) (?:{_WHEN}|within|is)\b|"
    rf"\d ?(?:%|per ?cent) (?:{_WHEN}|up|with|to start|down|this|before|deposit)\b|"
    r"\bon (?:completion|delivery|signature|signing|acceptance)\b|(?<!\d)\d\d/\d\d(?:/\d\d)?(?!\d)",
    re.IGNORECASE,
)


def apart(group: Sequence[int], segments: Sequence[Segment], stating: Sequence[bool]) -> list[list[int]]:
    """The places of one fact's segments, the terms of payment by themselves where both they and a price are stated.

    `stating` tells for each place of the thread whether it states a fact. Terms go on to the end of their clause, or to
    the next price: "in three parts, at the start, in May and at the end".
    """
    terms: list[int] = []
    for at in group:
        text = segments[at].text
        goes_on = (
            bool(terms) and segments[terms[-1]].clause.number == segments[at].clause.number and at == terms[-1] + 1
        )
        if not _PRICE.search(text) and (goes_on or _TERMS.search(text)):
            terms.append(at)
    rest = [at for at in group if at not in terms]
    priced = any(_PRICE.search(segments[at].text) for at in rest if stating[at])
    return [rest, terms] if priced and any(stating[at] for at in terms) else [list(group)]
