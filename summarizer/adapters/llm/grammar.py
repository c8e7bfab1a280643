"""The form of the answer as a GBNF grammar of llama.cpp: no white space, and no key whose value is not stated.

llama.cpp turns a JSON schema into a grammar by itself, but one that lets a model write spaces and line breaks wherever
it likes, and each of them is a token or a part of one.
"""

from collections.abc import Iterable, Iterator, Mapping

from summarizer.items import Kind, Side

_MOST_CITED = 8
_LONGEST = 400
"""Characters of a text; a small model that begins to repeat itself would not end before the limit of tokens."""
_DAY = r"""day ::= "\"20" [0-9] [0-9] "-" [0-1] [0-9] "-" [0-3] [0-9] "\"" """


def answer_grammar(passages: range) -> str:
    """The grammar where these passages can be cited."""
    item = [
        _key("kind", "kind"),
        f'"," {_key("text", "string")}',
        f'"," {_key("cite", "cite")}',
        _stated("owner", "string"),
        _stated("due", "day"),
        *(_stated(name, "string") for name in ("baseline", "target")),
    ]
    person = [_key("name", "string"), _stated("role", "string"), _stated("side", "side"), _stated("email", "string")]
    rules = {
        "root": r'"{\"items\":[" (item ("," item)*)? "],\"stakeholders\":[" (person ("," person)*)? "]}"',
        "item": f'"{{" {" ".join(item)} "}}"',
        "person": f'"{{" {" ".join(person)} {_stated("cite", "cite")} "}}"',
        "kind": _any_of(kind.value for kind in Kind),
        "side": _any_of(side.value for side in Side),
        "cite": f'"[" number ("," number){{0,{_MOST_CITED - 1}}} "]"',
        "number": numbers(passages),
        "string": rf'"\"" char{{1,{_LONGEST}}} "\""',
        "char": r'[^"\\\x00-\x1f\x7f] | "\\" ["\\/]',
    }
    return _written(rules) + f"{_DAY}\n"


def wrong_grammar(notes: int) -> str:
    """The grammar of the answer to the question which of so many notes are wrong."""
    return _written({"root": r'"{\"wrong\":[" note-1? "]}"'} | dict(_ascending(notes)))


def _written(rules: Mapping[str, str]) -> str:
    return "".join(f"{name} ::= {rule}\n" for name, rule in rules.items())


def _ascending(notes: int) -> Iterator[tuple[str, str]]:
    """Rules for the numbers from 1 on in their order, each once at most: a small model that may repeat them does."""
    for number in range(1, notes):
        later = f"note-{number + 1}"
        yield f"note-{number}", f'"{number}" ("," {later})? | {later}'
    yield f"note-{notes}", f'"{notes}"'


def _key(name: str, rule: str) -> str:
    return rf'"\"{name}\":" {rule}'


def _stated(name: str, rule: str) -> str:
    return rf'(",\"{name}\":" {rule})?'


def _any_of(words: Iterable[str]) -> str:
    return " | ".join(rf'"\"{word}\""' for word in words)


def numbers(span: range) -> str:
    """The rule for the numbers of the span, digit by digit.

    >>> numbers(range(18, 41))
    '"1" [8-9] | [2-3] [0-9] | "4" "0"'
    """
    low, high = span.start, span.stop - 1
    parts = []
    while low <= high:
        end = min(high, 10 ** len(str(low)) - 1)
        parts.append(_between(str(low), str(end)))
        low = end + 1
    return " | ".join(parts)


def _between(low: str, high: str) -> str:
    """The numbers from `low` to `high`, which have as many digits."""
    if len(low) == 1:
        return _digit(low, high)
    if low[0] == high[0]:
        return f"{_digit(low[0], low[0])} {_grouped(_between(low[1:], high[1:]))}"
    rest = len(low) - 1
    parts, first, last = [], int(low[0]), int(high[0])
    if int(low[1:]) > 0:
        parts.append(f'"{first}" {_grouped(_between(low[1:], "9" * rest))}')
        first += 1
    tail = []
    if int(high[1:]) < 10**rest - 1:
        tail.append(f'"{last}" {_grouped(_between("0" * rest, high[1:]))}')
        last -= 1
    if first <= last:
        parts.append(" ".join([_digit(str(first), str(last)), *["[0-9]"] * rest]))
    return " | ".join(parts + tail)


def _digit(low: str, high: str) -> str:
    return f'"{low}"' if low == high else f"[{low}-{high}]"


def _grouped(rule: str) -> str:
    return f"({rule})" if " | " in rule else rule
