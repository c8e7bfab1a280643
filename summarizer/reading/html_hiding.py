"""Which elements of HTML a reader cannot see: not displayed, without size, or in the colour of what is behind them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_Colour = tuple[int, int, int]

_NAMED: Mapping[str, _Colour] = {"white": (255, 255, 255), "black": (0, 0, 0), "snow": (255, 250, 250)}
_WHITE = _NAMED["white"]
_HEX = re.compile(r"#([0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})\b")
_CHANNEL = r"(\d{1,3})[\s,]+"
_ALPHA = r"(?:[,/]\s*(\d{0,9}\.?\d{1,20})(%?)\s*)?"
_RGB = re.compile(rf"rgba?\(\s*{_CHANNEL}{_CHANNEL}(\d{{1,3}})\s*{_ALPHA}(?:\)|$)")
_UNPAINTED = frozenset({"", "transparent", "none", "initial", "inherit", "unset", "revert"})
_INHERITED = frozenset({"", "inherit", "unset", "currentcolor"})
_BACKGROUNDS = ("background", "background-color", "background-image")
_FAR_OUT = re.compile(r"-\s?\d{3,}(?:\.\d*)?(?:px|pt|em|rem|%)?$|-\s?[5-9]\d(?:em|rem)$")
_LENGTH = re.compile(r"(\d*\.?\d+)\s*(px|pt|em|rem|%)?")
_SMALLEST = {"px": 1.5, "pt": 1.2, "em": 0.1, "rem": 0.1, "%": 10.0}
_RULE = re.compile(r"([^{}]{1,300})\{([^{}]{0,2000})\}")
_AT_RULE = re.compile(r"@[^{}]{0,300}\{(?:[^{}]{0,5000}\{[^{}]{0,5000}\}){0,200}[^{}]{0,300}\}")
_SIMPLE = re.compile(r"(?:[a-z][a-z0-9]*)?([.#][\w-]+)")
_NAME = re.compile(r"[.#][\w-]+")
_NEAR = 24
"""Colours that differ by less, summed over red, green and blue (0 to 255 each), look the same."""


@dataclass(frozen=True)
class Sheet:
    """What style sheets say of classes and ids, which are written with their dot or hash."""

    hiding: frozenset[str] = frozenset()
    """Hidden on every screen."""
    painting: frozenset[str] = frozenset()
    """Named where a background is given, to them or to what is in or next to them, be it on some screens only."""

    def with_rules(self, stylesheet: str) -> "Sheet":
        """This one and one more."""
        return Sheet(self.hiding | _hiding(stylesheet), self.painting | _painting(stylesheet))


@dataclass(frozen=True)
class Look:
    """How an element's words look; what is inside it starts from there."""

    concealed: bool = False
    tiny: bool = False
    colour: _Colour | None = None
    """`None` where nothing says it, or nothing that is understood."""
    behind: _Colour | None = _WHITE
    """`None` where it cannot be told, as before a picture."""

    @property
    def hides(self) -> bool:
        """Whether words that look so cannot be seen."""
        return self.concealed or self.tiny or _same(self.colour, self.behind)

    def of(self, attributes: Mapping[str, str], sheet: Sheet) -> "Look":
        """How an element with these attributes looks inside this one."""
        if not attributes:
            return self
        style = _declarations(attributes.get("style", ""))
        named = _selectors(attributes)
        behind = self._behind(attributes, style, unknown=bool(named & sheet.painting))
        colour = (style.get("color") or attributes.get("color", "")).lower().strip()
        return Look(
            self.concealed or "hidden" in attributes or _conceals(style) or bool(named & sheet.hiding),
            _tiny(style["font-size"]) if "font-size" in style else self.tiny,
            self.colour if colour in _INHERITED else _colour(colour, behind),
            behind,
        )

    def _behind(self, attributes: Mapping[str, str], style: Mapping[str, str], *, unknown: bool) -> _Colour | None:
        """What is behind an element's words: what its style says, else `unknown` or a picture, else its `bgcolor`."""
        if any(_calls(style.get(name, "")) for name in _BACKGROUNDS):
            return None
        stated = [value for name, value in style.items() if name in {"background", "background-color"}]
        if not stated and (unknown or attributes.get("background")):
            return None
        background = stated[-1] if stated else attributes.get("bgcolor", "").lower().strip()
        return self.behind if background in _UNPAINTED else _colour(background, self.behind)


def _hiding(stylesheet: str) -> frozenset[str]:
    plain = _AT_RULE.sub("", stylesheet)
    return frozenset(
        match[1].lower()
        for selectors, body in _RULE.findall(plain)
        if _conceals(_declarations(body))
        for selector in selectors.split(",")
        if (match := _SIMPLE.fullmatch(selector.strip().lower()))
    )


def _painting(stylesheet: str) -> frozenset[str]:
    rules = (rule.rpartition("{") for rule in stylesheet.lower().split("}"))
    return frozenset(
        name for selectors, _, body in rules if _paints(_declarations(body)) for name in _NAME.findall(selectors)
    )


def _paints(style: Mapping[str, str]) -> bool:
    return any(style.get(name, "") not in _UNPAINTED for name in _BACKGROUNDS)


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


def _same(colour: _Colour | None, behind: _Colour | None) -> bool:
    if colour is None or behind is None:
        return False
    return sum(abs(one - other) for one, other in zip(colour, behind, strict=True)) < _NEAR


def _calls(said: str) -> bool:
    """Whether it calls a function other than `rgb`: a picture, a gradient, a variable."""
    return "(" in _RGB.sub("", said)


def _colour(said: str, behind: _Colour | None) -> _Colour | None:
    """The colour that is seen where `said`, in small letters, is laid over what is behind; `None` when unknown."""
    if _calls(said):
        return None
    if match := _HEX.search(said):
        digits = match[1] if len(match[1]) > 4 else "".join(each * 2 for each in match[1])
        red, green, blue, alpha = bytes.fromhex(digits.ljust(8, "f"))
        return _over((red, green, blue), behind, alpha=alpha / 255)
    if match := _RGB.search(said):
        opacity = float(match[4] or 1) / (100 if match[5] else 1)
        return _over((int(match[1]), int(match[2]), int(match[3])), behind, alpha=min(opacity, 1.0))
    words = said.split()
    return behind if "transparent" in words else next((_NAMED[word] for word in words if word in _NAMED), None)


def _over(colour: _Colour, behind: _Colour | None, *, alpha: float) -> _Colour | None:
    """The mixture that is seen; `alpha` is 0 where the colour is transparent, 1 where it covers what is behind."""
    if alpha == 1:
        return colour
    if behind is None:
        return None
    red, green, blue = (round(alpha * one + (1 - alpha) * other) for one, other in zip(colour, behind, strict=True))
    return red, green, blue
