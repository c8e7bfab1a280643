"""Which capitalised words name a person: by what stands before and behind them, over the whole thread."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.adapters.embedded.given_names import GIVEN, ORDINARY

_ENDING = r"['’](?:s|ll|ve|re|d|m)\b|(?<=s)['’]"
_TOKEN = re.compile(rf"[^\W\d_][\w-]*(?:['’](?!(?:ll|ve|re)\b)[^\W\d_][\w-]+)*(?P<ending>{_ENDING})?")
OPENS = re.compile(r"(?:^|[.!?:;…•]\s*|[\"“(]\s*)$")
TITLES = frozenset(
    "mr mrs ms miss dr prof professor sister brother father fr rev canon ing cllr councillor advocate captain capt "
    "major colonel col brigadier herr frau madam madame ma'am sir lady lord dame judge nurse coach khun ustad oom "
    "tannie auntie uncle datuk dato dato' tan haji chef don doña señor señora signor signora mang aling kuya ate mgr "
    "sheikh pastor imam bishop archdeacon sergeant sgt inspector lt pan pani gospodin ato w/ro big old young".split()
)
_PARTICLES = frozenset(
    "de van der den von zu al el bin binti da das do dos du di la le nic ní mac ter ten 't y".split()
)

_PLACES_AND_OFFICES = frozenset(
    "abbey academy agency aviation bay board bridge bureau castle centre chapel church clerk coast college "
    "committee community council county court creek cross customer customers day department desk dispatch ducting "
    "electrics farm ferry field fields fund gallery garden gardens gate governance green grove hall harbour head "
    "helpdesk heritage hill hospital hotel house hydro infirmary info inlet intake invoicing island isle lake "
    "lane leads legal lettings library lodge mailbox mall manor market marina mill moor museum office owner park "
    "path pets pier plant port quay queue reception rectory rentals ridge river road rollout school secretary "
    "software speakers sports square station street studios support surgery team terrace tower trust university "
    "valley view village wharf wood works yard".split()
)
"""What a name of a place, a firm or an office ends with."""


@dataclass(frozen=True)
class Mention:
    """A place that may name a person."""

    name: str
    """Without a genitive ending; with its title, as written."""
    text: str
    """Of the clause."""
    start: int
    end: int
    """Behind the name, before its genitive ending."""

    @property
    def before(self) -> str:
        return self.text[: self.start]

    @property
    def behind(self) -> str:
        return self.text[self.end :]


def bare(name: str) -> frozenset[str]:
    """The words of a name in lower case, titles left out.

    >>> sorted(bare("Dr. Ann O'Hara"))
    ['ann', "o'hara"]
    """
    words = [word.strip(".,").lower() for word in name.replace("’", "'").split()]
    return frozenset(word for word in words if word not in TITLES and len(word) > 1) or frozenset(words)


def is_place_or_office(name: str) -> bool:
    """Whether a name ends as those of places and offices do, and begins with no first name.

    >>> is_place_or_office("Alder Bridge"), is_place_or_office("Procurement Mailbox"), is_place_or_office("Nora Park")
    (True, True, False)
    """
    words = [word.strip(".,").lower() for word in name.split()]
    return words[-1:] != words[:1] and words[-1] in _PLACES_AND_OFFICES and words[0] not in GIVEN | TITLES


def mentions(text: str, common: frozenset[str]) -> Iterator[Mention]:
    """The runs of capitalised words that may be names; `common` are words that the thread writes small elsewhere."""
    run: list[re.Match[str]] = []
    for token in _TOKEN.finditer(text):
        if run and not _adjoin(text, run[-1], token):
            yield from _mention(text, run)
            run = []
        if _may_be_part(token, common, inside=bool(run)):
            run.append(token)
        else:
            yield from _mention(text, run)
            run = []
    yield from _mention(text, run)


def _adjoin(text: str, one: re.Match[str], other: re.Match[str]) -> bool:
    between = text[one.end() : other.start()]
    dotted = between == ". " and (one.group().lower() in TITLES or len(one.group()) == 1)
    return not one["ending"] and (between == " " or dotted)


def _may_be_part(token: re.Match[str], common: frozenset[str], *, inside: bool) -> bool:
    word = _plain(token)
    low = word.lower()
    if low in _PARTICLES and inside:
        return True
    if not word[0].isupper() or (len(word) > 1 and word.isupper()):
        return False
    if low in TITLES:
        return True
    if low in ORDINARY:
        return False
    opens = bool(OPENS.search(token.string[: token.start()]))
    return low not in common or (low in GIVEN and not opens)


def _plain(token: re.Match[str]) -> str:
    return token.group()[: len(token.group()) - len(token["ending"] or "")]


def _from_title(run: Sequence[re.Match[str]]) -> Sequence[re.Match[str]]:
    """ "Yesterday Frau Pfannkuch" begins with her title."""
    at = next((index for index, token in enumerate(run) if _plain(token).lower() in TITLES), 0)
    return run[at:] if at < len(run) - 1 else run


def _from_name(run: Sequence[re.Match[str]]) -> Sequence[re.Match[str]]:
    """ "Rang Petra" and "Bonsoir Dale", at the start of a sentence, name her and him alone."""
    if len(run) != 2 or not OPENS.search(run[0].string[: run[0].start()]):
        return run
    first, second = (_plain(token).lower() for token in run)
    return run[1:] if second in GIVEN and first not in GIVEN and first not in TITLES else run


def _mention(text: str, run: Sequence[re.Match[str]]) -> Iterator[Mention]:
    run = _from_name(_from_title(run))
    words = [_plain(token).lower() for token in run]
    last = len(run)
    while last and words[last - 1] in _PARTICLES:
        last -= 1
    named = [word for word in words[:last] if word not in TITLES and len(word) > 1]
    if named and last <= 5:
        end = run[last - 1].start() + len(_plain(run[last - 1]))
        yield Mention(text[run[0].start() : end], text, run[0].start(), end)
