"""Fictional names that take the place of real ones: the same one each time, chosen by a secret salt."""

import hashlib
from collections.abc import Iterable, Sequence

PEOPLE = (
    "Abner Adela Aldous Alba Anselm Ardith Barnaby Beryl Blythe Bram Calla Caspar Cecily Corwin Dagny Delphine "
    "Edda Elspeth Emrys Enid Fenella Florian Garrick Ginevra Griff Hester Hollis Ianthe Ingram Iolo Jarvis "
    "Jessamy Kester Keziah Lambert Leocadia Linus Maeve Magnus Merle Nerys Ninian Odile Orrin Osric Petra "
    "Quill Ragna Roderick Rowena Saskia Selwyn Sibyl Tamsin Thora Ulric Verity Wendell Winifred Yorick Zelda "
    "Zeno Ashcombe Bexwell Birkdale Calder Chilcott Dunmore Eastwood Fairbrass Galsworthy Hathersage Inchcape "
    "Jarrow Kilbride Langstaff Merriden Norcross Oldacre Penhale Quarrington Ravenhill Selkirk Thornbury "
    "Underhay Venner Wainfleet Yarborough"
).split()
FIRMS = (
    "Alderway Brackenfold Cinderlow Dovehouse Elmstead Farrowby Glenmarch Harrowgate Inkberry Juniperfield "
    "Kestrelmoor Larkhollow Marshgate Northwick Oakhanger Pebbleford Quaymead Rushbrook Sedgemere Thistledown "
    "Umberside Valecross Willowbank Yewtree Ashfold Birchlea Copperdell Dunnock Fernside Greywater Hazelbeck "
    "Ivybridge Kelpstone Linnetwood Mossgate Nettlecombe Otterburn Plovercote Ryeland Stonechat"
).split()


def digest(salt: str, word: str) -> int:
    """A number that nobody can guess without the salt."""
    return int.from_bytes(hashlib.sha256(f"{salt}\n{word}".encode()).digest()[:8])


def stand_ins(words: Iterable[str], pool: Sequence[str], *, salt: str) -> dict[str, str]:
    """For each word, in lower case, another one of the pool; no two words share one while the pool lasts.

    >>> stand_ins(["Theo", "theo"], ["Abner", "Zeno"], salt="s").keys()
    dict_keys(['theo'])
    """
    wanted = sorted({word.lower() for word in words})
    free = [each for each in pool if each.lower() not in wanted] or list(pool)
    chosen: dict[str, str] = {}
    for word in wanted:
        left = [each for each in free if each not in chosen.values()] or free
        chosen[word] = left[digest(salt, word) % len(left)]
    return chosen


def in_the_shape_of(original: str, stand_in: str) -> str:
    """The stand-in with the capitals of the original.

    >>> in_the_shape_of("DUFFY", "Calder"), in_the_shape_of("duffy", "Calder"), in_the_shape_of("Duffy", "Calder")
    ('CALDER', 'calder', 'Calder')
    """
    if original.isupper() and len(original) > 1:
        return stand_in.upper()
    return stand_in.lower() if original.islower() else stand_in


def digits_for(original: str, *, salt: str) -> str:
    """A number of the same shape that is nobody's: fives, and at the end two digits that tell numbers apart.

    >>> digits_for("+44 161 496 0123", salt="s")[:-2]
    '+55 555 555 55'
    """
    places = [index for index, each in enumerate(original) if each.isdigit()]
    key = digest(salt, "".join(original[index] for index in places))
    tail = f"{key % 100:02}"
    told = dict(zip(places[-2:], tail, strict=False))
    kept = {places[0]: "0"} if original[places[0]] == "0" else {}
    return "".join((kept | told).get(n, "5") if each.isdigit() else each for n, each in enumerate(original))
