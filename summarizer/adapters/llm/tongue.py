"""Which language a text is in, as far as its little words and its letters tell."""

import re
import unicodedata
from collections import Counter

_WORD = re.compile(r"[^\W\d_]+")
_FEW = 4
"""Fewer little words than this tell nothing."""
_CLEARLY = 1.5
"""How many times as often the little words of one language have to stand there as those of the next."""
_LITTLE_WORDS = {
    "English": "the of and to in is are was for on with by from at be will that this we you our your not until have it",
    "German": "der die das und ist nicht ein eine wir mit für auf von zu den dem des im auch bis werden wird bei zum",
    "French": "le la les des du et est une nous vous pour dans que qui pas sur avec sont par au aux ce sera d'ici être",
    "Spanish": "el los las y es una para con por del se su al lo como más que en no será son hasta de la este esta",
    "Italian": "il di che non per con sono della delle gli nel è dei alla del una i le entro sarà anche da in un lo",
    "Portuguese": "o os as um uma de do da dos das em no na não para com por que e se ao até será são mais como pelo",
    "Dutch": "de het een en van niet voor met dat wij zijn op te naar is wordt bij door aan worden tot of ook die in",
}
_OF = {language: frozenset(words.split()) for language, words in _LITTLE_WORDS.items()}
_SCRIPTS = {"CJK": "Chinese", "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "HANGUL": "Korean"}


def language(text: str) -> str | None:
    """English, German, …, or the name of a script that is not Latin; `None` when the text does not tell.

    >>> language("The vendor builds the dashboards and the client sends the list to the team.")
    'English'
    >>> language("Поставщик строит панели")
    'Cyrillic'
    """
    text = text[:20_000].lower()
    return _other_script(text) or _by_little_words(_WORD.findall(text))


def _other_script(text: str) -> str | None:
    letters = [sign for sign in text if sign.isalpha()]
    foreign = [sign for sign in letters if ord(sign) > 0x24F]
    if len(foreign) * 3 < len(letters) or not foreign:
        return None
    names = Counter(unicodedata.name(sign, "OTHER").split()[0] for sign in foreign)
    if names["HIRAGANA"] + names["KATAKANA"]:
        return "Japanese"
    first = names.most_common(1)[0][0]
    return _SCRIPTS.get(first, first.capitalize())


def _by_little_words(words: list[str]) -> str | None:
    counts = Counter({name: sum(word in little for word in words) for name, little in _OF.items()})
    (best, most), (_, next_most) = counts.most_common(2)
    return best if most >= _FEW and most >= _CLEARLY * next_most else None
