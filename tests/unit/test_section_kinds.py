"""What a section of a SOW settles: by its heading, by those above it, by its words."""

import pytest

from summarizer.records import SectionKind
from summarizer.section_kinds import kind_of
from summarizer.sows import sections


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("2. Scope of services", SectionKind.SCOPE),
        ("Sec. 3.01 Scope of Work", SectionKind.SCOPE),
        ("Functional Area 1: Discovery", SectionKind.SCOPE),
        ("4. Out of scope", SectionKind.EXCLUSIONS),
        ("Out-of-scope items", SectionKind.EXCLUSIONS),
        ("The contractor will not be responsible to do the following", SectionKind.EXCLUSIONS),
        ("Non-goals", SectionKind.EXCLUSIONS),
        ("ASSUMPTIONS", SectionKind.ASSUMPTIONS),
        ("6. Client responsibilities", SectionKind.CLIENT_RESPONSIBILITIES),
        ("Customer's obligations", SectionKind.CLIENT_RESPONSIBILITIES),
        ("4.5 Government Furnished Items", SectionKind.CLIENT_RESPONSIBILITIES),
        ("Responsibilities of the client", SectionKind.CLIENT_RESPONSIBILITIES),
        ("3. Deliverables", SectionKind.DELIVERABLES),
        ("Milestone 2 — Additional features", SectionKind.MILESTONES),
        ("6.2 Period of Performance (POP)", SectionKind.MILESTONES),
        ("9. Acceptance and success", SectionKind.ACCEPTANCE),
        ("Definition of done", SectionKind.ACCEPTANCE),
        ("11. Fees", SectionKind.PRICE),
        ("7.2 Invoice Submission", SectionKind.PRICE),
        ("1. Background", None),
        ("6.5 Non-Personal Services", None),
        ("Evaluation criteria", None),
        ("Schedule and agenda for oral presentations", None),
    ],
)
def test_a_heading_tells_what_follows(heading: str, kind: SectionKind | None) -> None:
    assert kind_of([heading], "Words that tell nothing.") == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Training is not included.\nHosting is out of scope.", SectionKind.EXCLUSIONS),
        (
            "The client will provide data. The client shall name a lead.",
            SectionKind.CLIENT_RESPONSIBILITIES,
        ),
        ("We assume that the data is clean.", SectionKind.ASSUMPTIONS),
        ("The price is £48,000.\nWe invoice monthly.", SectionKind.PRICE),
        ("Week 1: kick-off\nWeek 3: design", SectionKind.MILESTONES),
        ("The contractor shall migrate the records. The supplier will test them.", SectionKind.SCOPE),
        ("Larkspur runs four theatres. It was founded in 1980.", None),
        ("", None),
        ("| --- |\n12", None),
    ],
)
def test_words_tell_where_no_heading_does(text: str, kind: SectionKind | None) -> None:
    assert kind_of(["Details"], text) == kind


def test_a_nearer_heading_counts_more_than_those_above() -> None:
    assert kind_of(["Scope", "Phase 1", "Details"], "") == SectionKind.MILESTONES
    assert kind_of(["Scope", "Background"], "") is None


def test_a_heading_passes_on_what_it_settles_and_the_title_of_the_document_does_not() -> None:
    text = "# Scope: portal\n\nFor Tarn.\n\n## Fees\n\n### Details\n\nMonthly.\n\n## History\n\nFounded in 1980."
    assert [(section.heading, section.kind) for section in sections("s", text)] == [
        ("Scope: portal", SectionKind.SCOPE),
        ("Details", SectionKind.PRICE),
        ("History", None),
    ]


def test_all_pieces_of_a_long_section_settle_the_same() -> None:
    text = "# Portal\n\n## Assumptions\n\n" + "\n\n".join(["The client will provide data. " * 30] * 3)
    assert {section.kind for section in sections("s", text)} == {SectionKind.ASSUMPTIONS}
