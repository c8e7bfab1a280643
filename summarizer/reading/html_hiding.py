"""Which elements of HTML a reader cannot see: not displayed, without size, or in the colour of what is behind them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_Colour = tuple[int, int, int]

_NAMED: Mapping[str, _Colour] = {"white": (255, 255, 255), "black": (0, 0, 0), "snow": (255, 250, 250)}
_WHITE = _NAMED["white"]
_HEX = re.compile(r"#([0-9a-f]{6}|[0-9a-f]{3})\b")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})")
_FAR_OUT = re.compile(r"-\s?\d{3,}(?:\.\d*)?(?:px|pt|em|rem|%)?$|-\s?[5-9]\d(?:em|rem)$")
_LENGTH = re.compile(r"(\d*\.?\d+)\s*(px|pt|em|rem|%)?")
_SMALLEST = {"px": 1.5, "pt": 1.2, "em": 0.1, "rem": 0.1, "%": 10.0}
_RULE = re.compile(r"([^{}]{1,300})\{([^{}]{0,2000})\}")
_AT_RULE = re.compile(r"@[^{}]{0,300}\{(?:[^{}]{0,5000}\{[^{}]{0,5000}\}){0,200}[^{}]{0,300}\}")
_SIMPLE = re.compile(r"(?:[a-z][a-z0-9]*)?([.#][\w-]+)")
_NEAR = 24
"""Colours that differ by less, summed over red, green and blue (0 to 255 each), look the same."""


@dataclass(frozen=True)
class Look:
    """How an element's words look; what is inside it starts from there."""

    concealed: bool = False
    tiny: bool = False
    colour: _Colour | None = None
    """`None` where nothing says it."""
    behind: _Colour | None = _WHITE
    """`None` where it cannot be told, as before a picture."""

    @property
    def hides(self) -> bool:
        """Whether words that look so cannot be seen."""
        return self.concealed or self.tiny or _same(self.colour, self.behind)

    def of(self, attributes: Mapping[str, str], hiding: frozenset[str]) -> "Look":
        """How an element with these attributes looks inside this one; `hiding` are selectors that hide."""
        if not attributes:
            return self
        style = _declarations(attributes.get("style", ""))
        behind = None if "background-image" in style or attributes.get("background") else self.behind
        for said in (attributes.get("bgcolor"), style.get("background"), style.get("background-color")):
            behind = _behind(said, behind)
        return Look(
            self.concealed or "hidden" in attributes or _conceals(style) or bool(_selectors(attributes) & hiding),
            _tiny(style["font-size"]) if "font-size" in style else self.tiny,
            _colour(style.get("color") or attributes.get("color", "")) or self.colour,
            behind,
        )


def hiding_rules(stylesheet: str) -> frozenset[str]:
    """The classes and ids, with their dot or hash, that a style sheet hides on every screen."""
    plain = _AT_RULE.sub("", stylesheet)
    return frozenset(
        match[1].lower()
        for selectors, body in _RULE.findall(plain)
        if _conceals(_declarations(body))
        for selector in selectors.split(",")
        if (match := _SIMPLE.fullmatch(selector.strip().lower()))
    )


def _declarations(style: str) -> dict[str, str]:
    pairs = (each.partition(":") for each in style.lower().split(";"))
    return {name.strip(): value.replace("!important", "").strip() for name, _, value in pairs if value}


def _selectors(attributes: Mapping[str, str]) -> frozenset[str]:
    classes = attributes.get("class", "").lower().split()
    own = attributes.get("id", "").lower()
    return frozenset([*(f".{each}" for each in classes), *([f"#{own}"] if own else [])])


def _conceals(style: Mapping[str, str]) -> bool:
    return (
        style.get("display") == "none"
        or style.get("visibility") in {"hidden", "collapse"}
        or style.get("mso-hide") == "all"
        or _zero(style.get("opacity"))
        or any(_is_far_out(style.get(side)) for side in ("left", "right", "top", "margin-left", "text-indent"))
        or ("hidden" in style.get("overflow", "") and (_zero(style.get("max-height")) or _zero(style.get("height"))))
    )


def _is_far_out(value: str | None) -> bool:
    """Whether it moves the element beyond the edge of each page."""
    return bool(value and _FAR_OUT.match(value))


def _zero(value: str | None) -> bool:
    match = _LENGTH.match(value or "")
    return match is not None and float(match[1]) == 0


def _tiny(size: str) -> bool:
    """Whether a font is too small to be read."""
    match = _LENGTH.match(size)
    return match is not None and (float(match[1]) == 0 or float(match[1]) < _SMALLEST.get(match[2] or "", 0))


def _behind(said: str | None, before: _Colour | None) -> _Colour | None:
    if not said or said in {"transparent", "inherit", "none", "initial"}:
        return before
    return None if "url(" in said or "gradient" in said else _colour(said)


def _same(colour: _Colour | None, behind: _Colour | None) -> bool:
    if colour is None or behind is None:
        return False
    return sum(abs(one - other) for one, other in zip(colour, behind, strict=True)) < _NEAR


def _colour(said: str) -> _Colour | None:
    """The colour; `None` when the words name none that is known."""
    said = said.lower().strip()
    if match := _HEX.search(said):
        digits = match[1] if len(match[1]) == 6 else "".join(each * 2 for each in match[1])
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    if match := _RGB.search(said):
        return int(match[1]), int(match[2]), int(match[3])
    return next((_NAMED[word] for word in said.split() if word in _NAMED), None)
