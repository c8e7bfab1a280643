"""Whether words are English, by the little words that every text is full of."""

import re

_ENGLISH = frozenset(
    "the a an and or but of to in on at for with from by is are was were be been it this that these those you "
    "your we our they their he she his her i my me us not no do does have has will would can could should if as "
    "so what which who when where how there all any more than then just one out up about please".split()
)
_FOREIGN = frozenset(
    "der die das und ist nicht ein eine wir sie ich mit für auf von zu den dem des im auch bis werden haben wird "
    "le la les des du et est une nous vous pour dans que qui pas sur avec sont par au aux je il elle ce ces votre "
    "notre el los las y es un una con por para no se su del al lo como más pero nuestro usted il di che non per "
    "con sono della delle gli nel è de het een en van niet voor met dat wij zijn op te naar o os do da em não uma "
    "mais".split()
) - {"a", "an", "die", "no", "do", "me", "on", "in", "con", "per", "is", "op", "te"}
_WORD = re.compile(r"[^\W\d_]+")
_LETTER_OF_ANOTHER_SCRIPT = re.compile(r"[^\W\d_\u0000-\u024f\u1e00-\u1eff]")
FEW = 4
"""Fewer little words than this tell nothing."""


def is_english(text: str) -> bool | None:
    """Whether the text is English; `None` when it is too short, or too clipped, to tell."""
    text = text[:20_000].lower()
    words = _WORD.findall(text)
    if len(_LETTER_OF_ANOTHER_SCRIPT.findall(text)) * 2 > sum(map(len, words)):
        return False
    english = sum(word in _ENGLISH for word in words)
    foreign = sum(word in _FOREIGN for word in words)
    if english + foreign < FEW:
        return None
    return english >= foreign
