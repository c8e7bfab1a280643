"""The set phrases round the words of a mail, in five languages: sign-offs, phones, contact lines, legal boilerplate."""

import re


def _any_of(*patterns: str, ends: str = "") -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(patterns)}){ends}", re.IGNORECASE)


MOBILE = _any_of(
    "sent (?:from|via|with) ",
    "get (?:outlook|bluemail) for ",
    "von meinem ",
    "(?:diese nachricht wurde )?(?:gesendet|verschickt) (?:mit|von) ",
    "outlook für ",
    "envoyé (?:de|depuis|à partir de) ",
    "(?:télécharger|obtenir|obtener|scarica|ottieni|outlook) (?:outlook )?(?:pour|para|per|voor) ",
    "enviado (?:desde|do|a partir do) ",
    "verstuurd (?:vanaf|met|via) ",
    "verzonden (?:vanaf|met|via) ",
    "inviato (?:da|dal) ",
    "skickat från |sendt fra |lähetetty |wysłan[eoy] z |odesláno z(?:e)? |отправлено с ",
    ends=r"[\w\s'’.-]{1,60}(?:<https?:[^\s<>]{1,200}>)?\.?$",
)
"""A line that a phone or mail program wrote."""

VALEDICTION = _any_of(
    r"(?:with )?(?:my |all )?(?:kind|kindest|best|warm|warmest|many|yours|with|thanks|thank you)?\s?"
    r"(?:regards|wishes|thanks|cheers|best|sincerely|faithfully|truly|rgds|br|kr|thx|thnx|tks|thank you)"
    r"(?: and regards| in advance| again)?",
    "(?:very )?respectfully(?: yours)?|warmly|cordially|gratefully",
    "take care|all the best|talk soon|speak soon|see you(?: soon| then)?|yours",
    r"(?:mit |viele |beste |liebe |herzliche )?(?:freundlichen?|besten?|vielen?|lieben?|herzlichen?)?\s?"
    r"(?:grüßen?|grüssen?|gruß|gruss|dank)",
    "mfg|vg|lg|servus",
    "bien à vous|(?:bien )?cordialement|amicalement|sincères salutations|merci",
    "(?:un )?(?:cordial )?saludos?(?: cordiales)?|atentamente|gracias",
    "(?:met )?(?:(?:vriendelijke|hartelijke|beste) )?groet(?:en|jes)?|mvg|bedankt",
    "(?:cordiali |distinti )?saluti",
    ends=r"\s?[,.!]?$",
)
"""A whole line that takes leave."""

CONTACT = _any_of(
    r"https?:|www\.|@|\|",
    r"\+\d|\b(?:tel|phone|mob|mobile|fax|direct|cell|office|[tmp])\b\.?:?\s?[+(]?\d",
    r"\d{3}[\s.-]\d{3,4}",
)
"""What stands in a line of addresses and numbers."""

LEGAL = _any_of(
    r"intended recipients?\b",
    "in error,? please",
    r"intended (?:only|solely|exclusively) for (?:the )?(?:addressee|use of|named|individual|person|recipient)",
    "received (?:it|this(?: e-?mail| message| communication)?) (?:in error|by mistake)",
    "(?:is|are) confidential and (?:may|intended|privileged)",
    "legally privileged|attorney[- ]client privilege|privileged (?:and|or|information)",
    "views expressed|before printing|subject to monitoring",
    "registered (?:society|office|in (?:england|scotland|wales|ireland))",
    r"company (?:number|no\.?) ?\d",
    "accepts? no liability|virus(?:es)? (?:free|check|transmitted)|e-?mail has been scanned",
    "diese e-?mail enthält|vertrauliche (?:und|oder|informationen)",
    "irrtümlich (?:erhalten|zugegangen)|nicht der richtige adressat",
    "exclusive de leurs? destinataires?|recevez ce message par erreur|avant d.imprimer",
    "ce message (?:et|est) (?:toutes|confidentiel)",
    "este (?:mensaje|correo)[^.]{0,80}(?:confidencial|destinatario)",
    "si ha recibido este (?:mensaje|correo)|antes de imprimir",
    "uitsluitend bestemd voor|indien u niet de (?:beoogde|geadresseerde)|dit bericht[^.]{0,60}vertrouwelijk",
)
"""What only a disclaimer says."""

LEGAL_OPENING = _any_of(
    r"\W*(?:strictly )?(?:private (?:and|&) )?confidential(?:ity)?\b",
    r"\W*(?:legal )?(?:disclaimer|notice)\b",
    r"\W*(?:this|the (?:information|contents?) (?:in|of) this) (?:e-?mail|message|communication|transmission)\b",
    r"\W*(?:diese e-?mail|ce (?:message|courriel)|este (?:mensaje|correo)|dit bericht)\b",
    r"\W*please (?:consider|think of) the environment\b",
)
"""How a disclaimer begins, which may follow a signature without a blank line."""
