"""How people write months, weekdays and days of the month."""

import calendar
import re

_MONTH_NAMES = (
    "january jan jänner januar janvier enero",
    "february feb februar février fevrier febrero",
    "march mar märz mars marzo",
    "april apr avril abril",
    "may mai mayo",
    "june jun juni juin junio",
    "july jul juli juillet julio",
    "august aug août agosto",
    "september sept sep septembre septiembre",
    "october oct oktober octobre octubre",
    "november nov novembre noviembre",
    "december dec dezember décembre diciembre",
)
MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third "
    "twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"
).split()
_CARDINALS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty twenty-one twenty-two twenty-three twenty-four twenty-five twenty-six twenty-seven "
    "twenty-eight twenty-nine thirty thirty-one"
).split()
_DAYS = {word: number for words in (_ORDINALS, _CARDINALS) for number, word in enumerate(words, 1)}
COUNTS = {"one": 1, "a": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}

MONTH_WORDS = "|".join(sorted(MONTHS, key=len, reverse=True))
MONTH = rf"(?P<month>{MONTH_WORDS})\b(?:\.(?=\s+\d))?"
FULL_MONTH = rf"(?P<month>{'|'.join(calendar.month_name[1:])})\b"
WORDED = "|".join(sorted(_ORDINALS, key=len, reverse=True)).replace("-", "[- ]")
COUNTED = "|".join(sorted(_CARDINALS, key=len, reverse=True)).replace("-", "[- ]")
DAY = rf"(?P<day>[0-3]?\d(?=\D)(?:st|nd|rd|th|er)?|(?:{WORDED}))"
YEAR = r"(?:(?:,?\s+|-)(?P<year>(?:19|20)\d\d)\b)?"
DAY_NAMES = "(?P<weekday>" + "|".join(WEEKDAYS) + r")"


def day_of_month(written: str) -> int:
    """Its number: 21 of "the 21st", of "twenty-first" and of "twenty-one"."""
    return _DAYS.get(written.casefold().replace(" ", "-")) or int(re.sub(r"\D", "", written))


def weekday_of(written: str) -> int:
    """Its number, from 0 for Monday, by its first three letters: "Thurs" is 3."""
    return next(number for name, number in WEEKDAYS.items() if name.startswith(written.casefold()[:3]))
