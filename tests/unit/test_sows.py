"""Cutting a past SOW into sections: headings of all kinds, exact offsets, no word lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.records import SectionKind, SowSection
from summarizer.sows import LONGEST, LONGEST_HEADING, pieces, sections

FRAGMENTS = [
    "# Scope\n",
    "## 2. Out of scope ##\n",
    "Timeline\n========\n",
    "Fees\n---\n",
    "**Acceptance:**\n",
    "ASSUMPTIONS\n",
    "3.2 Data migration\n",
    "1. Kickoff\n",
    "- a bullet\n",
    "| a | TABLE |\n",
    "\n",
    "\r\n",
    " \t\n",
    "\u2028",
    "Eight dashboards are built. ",
    "wörter " * 90,
    "x" * 1500,
]
documents = st.one_of(st.text(max_size=400), st.lists(st.sampled_from(FRAGMENTS), max_size=30).map("".join))


def headed(text: str) -> list[tuple[str, str]]:
    return [(section.heading, section.text) for section in sections("s", text)]


def test_a_section_knows_its_place() -> None:
    text = "\n# Scope\nTwo dashboards.\n\n## Out of scope\n\nTraining.\n"
    assert sections("sow-7", text) == [
        SowSection(
            id="sow-7:0",
            sow="sow-7",
            position=0,
            heading="Scope",
            kind=SectionKind.SCOPE,
            start=1,
            end=24,
            text="# Scope\nTwo dashboards.",
        ),
        SowSection(
            id="sow-7:1",
            sow="sow-7",
            position=1,
            heading="Out of scope",
            kind=SectionKind.EXCLUSIONS,
            start=26,
            end=52,
            text="## Out of scope\n\nTraining.",
        ),
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("# Scope\nOne.\n", "# Fees\nTwo.\n"),
        ("### Scope ###\nOne.\n\n", "### Fees ###\nTwo.\n"),
        ("Scope\n=====\nOne.\n\n", "Fees\n----\nTwo.\n"),
        ("**Scope**\n\nOne.\n\n", "__Fees:__\n\nTwo.\n"),
        ("**Scope:**\nOne.\n\n", "**Fees**:\nTwo.\n"),
        ("# Scope\r\nOne.\r\n", "# Fees\r\nTwo.\r\n"),
    ],
)
def test_markdown_headings_begin_sections(first: str, second: str) -> None:
    assert headed(first + second) == [("Scope", first.strip()), ("Fees", second.strip())]


def test_capitals_begin_sections() -> None:
    assert headed("STATEMENT OF WORK\nFor Aldgate Foods.\nDELIVERABLES & FEES\nUSD 40,000\nA TABLE | OF 3\n") == [
        ("STATEMENT OF WORK", "STATEMENT OF WORK\nFor Aldgate Foods."),
        ("DELIVERABLES & FEES", "DELIVERABLES & FEES\nUSD 40,000\nA TABLE | OF 3"),
    ]


def test_numbered_lines_begin_sections_where_markdown_marks_none() -> None:
    assert headed("1. Background\n\nA move.\n\n3.2 Out of scope\nTraining.\n\nSection 4: Fees\n\nMonthly.") == [
        ("1. Background", "1. Background\n\nA move."),
        ("3.2 Out of scope", "3.2 Out of scope\nTraining."),
        ("Section 4: Fees", "Section 4: Fees\n\nMonthly."),
    ]


def test_numbered_lines_under_markdown_headings_are_lists() -> None:
    text = "# Plan\n\n1. Discovery\n\n   Two weeks\n\n2. Build"
    assert headed(text) == [("Plan", text)]


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_entries_of_a_numbered_list_are_no_headings(between: str) -> None:
    text = f"We will deliver:\n\n1. Two dashboards{between}2. One interface{between}3. A handbook"
    assert headed(text) == [("We will deliver", text)]


@pytest.mark.parametrize(
    "line",
    [
        "- CALL THE CLIENT",
        "| NAME | ROLE |",
        "USD 40,000 / EUR 37,000",
        "2. The client pays within 30 days.",
        "**Northline provides access by 20 March.**",
        "30 days after signature the first invoice is due",
        "the **bold** word",
        "API",
    ],
)
def test_ordinary_lines_are_no_headings(line: str) -> None:
    text = f"Some words.\n\n{line}\n\nMore words."
    assert headed(text) == [("Some words.", text)]


def test_a_heading_with_nothing_below_joins_the_next_section() -> None:
    text = "# Statement of work\n\n## 1. Scope\n\nTwo dashboards."
    assert headed(text) == [("1. Scope", text)]


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ('### <a name="3.02"></a>Sec. 3.02 Scope', "Sec. 3.02 Scope"),
        ("## Roadmap :nut_and_bolt:", "Roadmap"),
        ("## [Fees](fees.md) and ![rates](rates.png)", "Fees and rates"),
        ("# <br>", "<br>"),
    ],
)
def test_a_heading_is_read_without_tags_links_and_signs(line: str, heading: str) -> None:
    assert [found for found, _ in headed(f"{line}\nSome words.")] == [heading]


def test_text_above_the_first_heading_is_headed_by_its_first_line() -> None:
    assert headed("Prepared for Aldgate Foods\nMay 2025\n\n# Scope\nTwo dashboards.") == [
        ("Prepared for Aldgate Foods", "Prepared for Aldgate Foods\nMay 2025"),
        ("Scope", "# Scope\nTwo dashboards."),
    ]


def test_a_long_section_is_cut_between_paragraphs_and_keeps_its_heading() -> None:
    paragraphs = ["one " * 150, "two " * 150, "three " * 150]
    text = "# Scope\n\n" + "\n\n".join(paragraphs)
    assert headed(text) == [
        ("Scope", f"# Scope\n\n{paragraphs[0].strip()}"),
        ("Scope", paragraphs[1].strip()),
        ("Scope", paragraphs[2].strip()),
    ]


def test_a_paragraph_without_end_is_cut_between_sentences_else_words_else_anywhere() -> None:
    assert pieces("One two. Three four five", 0, 24, longest=14) == [(0, 8), (9, 19), (20, 24)]
    assert pieces("abcdefghij", 0, 10, longest=4) == [(0, 4), (4, 8), (8, 10)]


@pytest.mark.parametrize("text", ["", " \n\t\n", "\u2028\x1c"])
def test_blank_text_has_no_sections(text: str) -> None:
    assert sections("s", text) == []


@settings(deadline=None)
@given(documents)
def test_offsets_are_exact_and_no_word_is_lost(text: str) -> None:
    found = sections("s", text)
    outside = "".join(
        text[left:right]
        for left, right in zip([0, *(s.end for s in found)], [*(s.start for s in found), len(text)], strict=True)
    )
    assert outside.strip() == ""
    assert [text[s.start : s.end] for s in found] == [s.text for s in found]


@settings(deadline=None)
@given(documents)
def test_sections_are_short_named_and_numbered(text: str) -> None:
    found = sections("s", text)
    assert [(s.id, s.position) for s in found] == [(f"s:{n}", n) for n in range(len(found))]
    assert all(0 < len(s.text) <= LONGEST and s.text == s.text.strip() for s in found)
    assert all(0 < len(s.heading) <= LONGEST_HEADING and s.heading == s.heading.strip() for s in found)
