"""Whether the figures, dates, addresses and names of a text stand in the quotes that it rests on."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from summarizer.dates import FoundDate, find_dates
from summarizer.figures import Figure, find_figures, is_whole
from summarizer.items import Grounding
from summarizer.possible_days import possible_days

_ANY_DAY = date(2000, 1, 1)
"""Resolves dates without a year where no message has a date: they are then compared by day and month alone."""
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_SITE = re.compile(r"(?:https?://|\bwww\.)[^\s<>()\"']*[^\s<>()\"'.,;:!?]", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
_TITLES = frozenset({"mr", "mrs", "ms", "dr", "i"})
_NOBODY = frozenset(
    "all both client clients contractor customer customers each every everybody everyone no nobody provider supplier "
    "vendor".split()
)
"""Words that open a sentence in front of what somebody does, and name nobody."""
_CURRENCY_CODES = frozenset({"gbp", "eur", "usd", "chf", "sek", "nok", "dkk", "pln", "aud", "cad"})
_NO_NAMES = _CALENDAR | _TITLES | _NOBODY | _CURRENCY_CODES
_ACTS = re.compile(
    r"\s+(?:to\s(?!(?:the|an?|all|each|every)\b|[A-Z\d])|(?:sends?|provides?|signs?|approves?|delivers?|gives?|supplies|confirms?|books?|pays?|agrees?|shares?"
    r"|decides?|produces?|grants?|answers?|reviews?|hosts?|installs?|will|must|shall|should|has\sto|is\sto)\b)"
)
_LEAD = re.compile(r"(?:by|until|till|before|on|in)\s+", re.IGNORECASE)
"""What leads to a date: "by 30/09" of "finished 30/09"."""
_NAME_BEFORE = re.compile(r"(?<!\w)[^\W\d_]\w*[ ]$")
_NAME_BEHIND = re.compile(r"[ ][^\W\d_]\w*")
_POSSESSIVE = re.compile(r"['’]s?$")
_SENTENCE_END = frozenset(".!?:;\n•")
_Stretch = tuple[int, int]


@dataclass(frozen=True)
class _Support:
    """What the quotes say, normalised."""

    words: frozenset[str]
    figures: tuple[Figure, ...]
    bare_units: frozenset[str]
    """Units that some number of the quotes has, so that another may go without: "6.1% today, under 5 by June"."""
    dates: frozenset[date]
    days: frozenset[tuple[int, int]]
    """Month and day of each date, the year left open."""
    addresses: frozenset[str]
    text: str
    """The quotes themselves, in lower case, white space folded."""
    quotes: Sequence[str]
    names: Sequence[str]
    """Of senders and firms."""
    around: Sequence[str]
    """The whole texts that the quotes are from."""
    month_first: bool

    def says(self, words: str) -> bool:
        """Whether a quote has these very words."""
        return re.search(rf"(?<!\w){re.escape(_folded(words))}(?!\w)", self.text) is not None

    def says_number(self, words: str) -> bool:
        """Whether a quote has these very words as a number of their own."""
        found = re.finditer(rf"(?<!\w){re.escape(_folded(words))}(?!\w)", self.text)
        return any(is_whole(self.text, *match.span()) for match in found)

    def says_date(self, words: str) -> bool:
        """Whether a quote has these very words, whatever leads to them."""
        return self.says(words) or self.says(_LEAD.sub("", words, count=1))

    def says_part_of(self, name: str, part: str) -> bool:
        """Whether the two words of a name stand together around the quotes, and the part alone in one, or as a sender.

        Alone: not as a part of another name. Where such another one stands around the quotes, the part says neither.
        """
        whole = r"\s+".join(map(re.escape, name.split()))
        other = _other_names(part, whole)
        return (
            any(re.search(rf"(?<!\w){re.escape(part)}(?!\w)", text) for text in (*self.quotes, *self.names))
            and any(re.search(rf"(?<!\w){whole}(?!\w)", text) for text in self.around)
            and not any(other.search(text) for text in (*self.quotes, *self.around))
        )


def _other_names(part: str, whole: str) -> re.Pattern[str]:
    """Names with that first or last word other than the whole one."""
    word = r"[^\W\d_a-z][\w'’-]*"
    return re.compile(rf"(?<!\w)(?!{whole}(?!\w)){re.escape(part)}[ ](?:{word})(?!\w)")


def _folded(text: str) -> str:
    return " ".join(text.lower().split())


def check(
    text: str,
    quotes: Sequence[str],
    *,
    sent: Sequence[date] = (),
    names: Sequence[str] = (),
    around: Sequence[str] = (),
    month_first: bool = False,
) -> tuple[Grounding, tuple[str, ...]]:
    """How well the quotes support the text, and its figures, dates, addresses and names that no quote says.

    A relative or year-less date of a quote is resolved by each of `sent`, the days of the messages, a day alone also by
    the month that another quote names. `names` of senders and firms may be used, but say no date and no figure of
    anything else. Of somebody's full name as it stands in `around`, the whole texts that the
    quotes are from, a quote need say no more than one word. `month_first` as in `find_dates`.

    >>> check("Pay GBP 145,000", ["the ceiling is £145k"])
    (<Grounding.EXACT: 'exact'>, ())
    """
    quotes = [quote for quote in quotes if quote.strip()]
    support = _support(quotes, sent, names if quotes else [], around, month_first=month_first)
    missing = tuple(dict.fromkeys(text[start:end] for start, end in sorted(_unsupported(text, support, sent))))
    if not quotes:
        return Grounding.NONE, missing
    return (Grounding.PARTIAL if missing else Grounding.EXACT), missing


def _support(
    quotes: Sequence[str], sent: Sequence[date], names: Sequence[str], around: Sequence[str], *, month_first: bool
) -> _Support:
    found = possible_days(quotes, sent=sent or [_ANY_DAY], month_first=month_first)
    figures = tuple(figure for quote in quotes for figure in find_figures(quote))
    return _Support(
        words=frozenset(word for text in (*quotes, *names) for word in _words(text)),
        figures=figures,
        bare_units=frozenset(figure.unit for figure in figures if figure.unit) | _CURRENCIES_OF_BARE_AMOUNTS,
        dates=frozenset(found) if sent else frozenset(each for each in found if each.year != _ANY_DAY.year),
        days=frozenset((each.month, each.day) for each in found),
        addresses=frozenset(
            match.group().lower() for quote in quotes for at in (_SITE, _MAIL) for match in at.finditer(quote)
        ),
        text="\n".join(map(_folded, quotes)),
        quotes=quotes,
        names=names,
        around=around,
        month_first=month_first,
    )


_CURRENCIES_OF_BARE_AMOUNTS = frozenset(code.upper() for code in _CURRENCY_CODES)
"""An amount is often said without its currency ("145k"); a number with another currency still contradicts."""


def _words(text: str) -> Iterator[str]:
    """Each word in lower case, with and without its possessive ending, and the parts of a compound."""
    for match in _WORD.finditer(text):
        word = match.group().lower().replace("’", "'")
        yield word
        yield word.removesuffix("'s").removesuffix("'")


def _unsupported(text: str, support: _Support, sent: Sequence[date]) -> Iterator[_Stretch]:
    addresses = [match.span() for pattern in (_SITE, _MAIL) for match in pattern.finditer(text)]
    yield from (span for span in addresses if text[slice(*span)].lower() not in support.addresses)
    named = list(_places(text, support.names))
    dates = [(span, said) for span, said in _dates(text, support, sent) if not _within(span, named)]
    yield from (span for span, said in dates if not said)
    taken = [*addresses, *(span for span, _ in dates), *named]
    figures = [figure for figure in find_figures(text) if not _within((figure.start, figure.end), taken)]
    yield from ((each.start, each.end) for each in figures if not _says_figure(support, each, text))
    taken += [(figure.start, figure.end) for figure in figures]
    yield from (span for span in _names(text) if not _within(span, taken) and not _says_name(support, text, span))


def _places(text: str, names: Sequence[str]) -> Iterator[_Stretch]:
    """Where the names stand."""
    for name in names:
        yield from (match.span() for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE))


def _within(span: _Stretch, taken: Sequence[_Stretch]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in taken)


def _dates(text: str, support: _Support, sent: Sequence[date]) -> Iterator[tuple[_Stretch, bool]]:
    """The dates of the text and whether the quotes give them, or have its very words; day and month may be enough."""
    full = find_dates(text, month_first=support.month_first)
    for each in full:
        yield (each.start, each.end), each.date in support.dates or support.says_date(text[each.start : each.end])
    for each in find_dates(text, sent=sent[0] if sent else _ANY_DAY, month_first=support.month_first):
        if not _overlaps_any(each, full):
            said = (each.date.month, each.date.day) in support.days or support.says_date(text[each.start : each.end])
            yield (each.start, each.end), said


def _overlaps_any(one: FoundDate, others: Sequence[FoundDate]) -> bool:
    return any(one.start < other.end and other.start < one.end for other in others)


def _says_figure(support: _Support, figure: Figure, text: str) -> bool:
    """Whether a quote gives the number; "one" as a word is no figure, as it mostly stands for a thing."""
    if figure.in_words and (1 in figure.values or support.says_number(text[figure.start : figure.end])):
        return True
    if any(figure.same_as(other, bare_units=support.bare_units) for other in support.figures):
        return True
    return 1 in figure.values and not figure.unit and bool(support.words & {"a", "an", "single"})


def _names(text: str) -> Iterator[_Stretch]:
    """Capitalised words that are names: not the first word of a sentence, unless a name goes on or acts there."""
    words = list(_WORD.finditer(text))
    for index, match in enumerate(words):
        word = match.group()
        if not any(letter.isupper() for letter in word) or word.lower() in _NO_NAMES:
            continue
        follower = words[index + 1] if index + 1 < len(words) else None
        if _opens(text, match.start()) and not _is_name_at_opening(text, match, follower):
            continue
        yield match.span()


def _opens(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \t\"'“‘(-*")
    return not before or before[-1] in _SENTENCE_END


def _is_name_at_opening(text: str, match: re.Match[str], follower: re.Match[str] | None) -> bool:
    if any(letter.isupper() for letter in match.group()[1:]) or _ACTS.match(text, match.end()):
        return True
    goes_on = follower is not None and text[match.end() : follower.start()] == " " and follower.group()[0].isupper()
    return goes_on and follower is not None and bool(_ACTS.match(text, follower.end()))


def _says_name(support: _Support, text: str, span: _Stretch) -> bool:
    word = text[slice(*span)].lower().replace("’", "'").removesuffix("'s").removesuffix("'")
    if word in support.words or f"{word}s" in support.words or word.removesuffix("s") in support.words:
        return True
    return any(support.says_part_of(name, other) for name, other in _full_names(text, span))


def _full_names(text: str, span: _Stretch) -> Iterator[tuple[str, str]]:
    """Two capitalised words of which one stands there, and the other one of them: "Ann Lee" and "Ann" at "Lee"."""
    start, end = span
    end -= len(match.group()) if (match := _POSSESSIVE.search(text, start, end)) else 0
    before, behind = _NAME_BEFORE.search(text, 0, start), _NAME_BEHIND.match(text, end)
    if before and before.group()[0].isupper():
        yield text[before.start() : end], before.group().strip()
    if behind and behind.group()[1].isupper():
        yield text[start : behind.end()], behind.group().strip()
