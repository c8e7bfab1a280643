"""Blocks of mail headers in pasted text, in the words of eight languages."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from summarizer.reading.lines import Line
from summarizer.reading.people import Person, people, person
from summarizer.reading.timestamps import stamp_in

_WORDS = {
    "from": "from von de van da fra från remitente mittente od lähettäjä от|de la",
    "sent": "sent date gesendet datum envoyé fecha enviado verzonden data inviato sendt dato skickat enviada|"
    "wysłano|trimis|gesendet am|envoyé le|enviado el|verzonden op|sent at|enviada em|date sent|message du",
    "to": "to an à a aan para til till per do komu către destinataire|destinatario",
    "cc": "cc kopie copie copia bcc kopi cci cco|copie à|con copia",
    "subject": "subject betreff objet sujet asunto onderwerp oggetto emne ämne assunto temat subiect předmět aihe тема",
    "id": "|message-id",
    "other": "importance priority organization attachment attachments anlagen anlage adjuntos bijlagen|reply-to|"
    "in-reply-to|references|mime-version|content-type|content-transfer-encoding|x-mailer|user-agent|"
    "pièces jointes|pièce jointe|return-path|received|delivered-to|list-id|sender|wichtigkeit|antwort an",
}


def _names(words: str) -> list[str]:
    simple, *phrases = words.split("|")
    return [*simple.split(), *phrases]


_FIELD_OF = {name: field_name for field_name, words in _WORDS.items() for name in _names(words)}
_FIELD = re.compile(r"[*_]{0,2}([^\W\d_][\w\- ]{0,24}?)[*_]{0,2}\s?:[*_]{0,2}(?:\s+|(?=\S)|$)")
_AFTER_A_SENDER = re.compile(r"do\s?:", re.IGNORECASE)
"""What is a header in Polish, and begins a list of things to do in English."""
_MOST_LINES = 40
_LONGEST = 2_000


@dataclass
class Envelope:
    """What the head of a message says about it; `None` and empty where it says nothing."""

    sender: Person | None = None
    recipients: tuple[Person, ...] = ()
    """To first, then Cc."""
    sent: datetime | None = None
    subject: str | None = None
    id: str | None = None
    """The `Message-ID`."""


@dataclass
class Block:
    """Consecutive header lines."""

    first: int
    """Index of the first line."""
    behind: int
    """Index of the line behind the last one."""
    values: dict[str, str] = field(default_factory=dict)

    def heads_a_message(self) -> bool:
        """Whether these lines say so much that a message must begin here."""
        values = self.values
        if "from" not in values:
            return "sent" in values and "to" in values and stamp_in(values["sent"]) is not None
        addressed = "@" in values["from"] or "@" in values.get("to", "")
        return "sent" in values or "subject" in values or addressed

    def envelope(self) -> Envelope:
        """The block's values, parsed."""
        stamp = stamp_in(self.values.get("sent", ""))
        return Envelope(
            sender=person(self.values["from"]) if "from" in self.values else None,
            recipients=people(self.values.get("to", "")) + people(self.values.get("cc", "")),
            sent=stamp.moment if stamp else None,
            subject=self.values.get("subject") or None,
            id=self.values.get("id") or None,
        )


def block_at(lines: list[Line], index: int) -> Block | None:
    """The block of unquoted header lines that starts with this line; `None` when none does."""
    first = header_field(lines[index])
    if first is None or _AFTER_A_SENDER.match(lines[index].text):
        return None
    block = Block(index, index + 1, {first[0]: first[1]})
    last = first[0]
    double_spaced = index + 1 < len(lines) and lines[index + 1].gap == 1 and header_field(lines[index + 1]) is not None
    while block.behind < min(len(lines), index + _MOST_LINES) and lines[block.behind].gap <= int(double_spaced):
        found = header_field(lines[block.behind])
        if found is None and not _continues(lines, block.behind, last):
            break
        if found and found[0] == "from" and "from" in block.values:
            break
        if "from" not in block.values and _AFTER_A_SENDER.match(lines[block.behind].text):
            break
        last = _take(block, found, lines[block.behind], last)
    return block


def header_field(line: Line) -> tuple[str, str] | None:
    """The field's kind and value, if this unquoted line is a mail header in any of the known languages."""
    if line.depth or ":" not in line.text[:32]:
        return None
    match = _FIELD.match(line.text, 0, _LONGEST)
    kind = _FIELD_OF.get(" ".join(match[1].casefold().split())) if match else None
    return (kind, line.text[match.end() : _LONGEST].strip()) if match and kind else None


def _take(block: Block, found: tuple[str, str] | None, line: Line, last: str) -> str:
    block.behind += 1
    if found is None:
        block.values[last] = f"{block.values[last]} {line.text[:_LONGEST]}"
        return last
    block.values.setdefault(found[0], found[1])
    return found[0]


def _continues(lines: list[Line], index: int, last: str) -> bool:
    """Whether a line that is no header belongs to the header above it."""
    line, above = lines[index], lines[index - 1]
    if line.gap or line.depth:
        return False
    if last == "from" and line.text.startswith("<") and "@" in line.text[:_LONGEST]:
        return True
    if line.indent > above.indent or above.text.endswith((",", ";", "[mailto:", "<")):
        return last != "sent"
    follower = lines[index + 1] if index + 1 < len(lines) else None
    return last == "subject" and follower is not None and not follower.gap and header_field(follower) is not None
