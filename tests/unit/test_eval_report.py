"""The report: one page that stands alone, shows every miss beside its thread, and hides nothing that failed."""

import re
from collections.abc import Iterator
from datetime import date

from eval.comparing import compare_runs
from eval.highlights import Mark, Piece, pieces
from eval.misses import case_page
from eval.report import page
from eval.runs import CaseResult
from summarizer.errors import AnswerInvalid
from summarizer.items import Kind
from tests.unit.eval_making import FIVE, SHOPS, TEXT, Talker, case, item, run, session

_OUTSIDE = re.compile(r"(?:src|href)=[\"'](?!#)|@import|url\(|<script|<link", re.IGNORECASE)


def made(*, engine: Talker | None = None) -> CaseResult:
    working = session(case(), engine=engine)
    return next(working.work())


def test_marked_text_is_the_text() -> None:
    marks = [Mark(3, 20, "found", "g1"), Mark(10, 30, "extra", "i2"), Mark(10, 12, "missed", "g3")]
    found = pieces(TEXT, marks)
    assert "".join(piece.text for piece in found) == TEXT
    assert [piece.sort for piece in found] == [None, "found", "missed", "extra", "extra", None]


def test_where_marks_overlap_the_worse_is_seen_and_each_label_stands_once() -> None:
    assert pieces("abc", [Mark(0, 3, "found", "g1"), Mark(0, 3, "missed", "g2")]) == [
        Piece("abc", "missed", (Mark(0, 3, "missed", "g2"), Mark(0, 3, "found", "g1")))
    ]


def test_a_case_shows_what_was_missed_added_and_stated() -> None:
    result = made()
    assert result.draft is not None
    drafted = (
        item(Kind.MILESTONE),
        item(text="Eight dashboards", id="i2", quote="eight dashboards"),
        item(Kind.DEPENDENCY, "Shops for 417 EUR", id="i3", quote=SHOPS, due=date(2026, 3, 20)),
    )
    changed = result.model_copy(
        update={
            "draft": result.draft.model_copy(update={"items": drafted, "stakeholders": ()}),
            "counts": {"items:inventing": 1},
        }
    )
    shown = case_page(changed, case()).misses
    assert shown is not None
    assert [each.id for each in shown.missed] == ["g2"]
    assert [(gold.id, other.id) for gold, other in shown.misfiled] == [("g1", "i1")]
    assert [(added.item.id, [each.words for each in added.unsaid]) for added in shown.extra] == [
        ("i2", []),
        ("i3", ["417 EUR"]),
    ]
    assert [(each.number, [other.id for other in each.items]) for each in shown.traps] == [(1, ["i2"])]
    assert [each.name for each in shown.people_missed] == ["Moira Finn", "Owen Hart"]
    assert {(piece.text, piece.sort) for piece in shown.text if piece.sort} == {
        ("eight dashboards", "trap-stated"),
        (FIVE, "misfiled"),
        (SHOPS, "missed"),
    }


def test_a_case_that_is_away_or_changed_says_so_instead_of_its_misses() -> None:
    result = made()
    away, changed = (case_page(result, other) for other in (None, case(text=TEXT + "more")))
    assert (away.misses, changed.misses) == (None, None)
    assert "not in the folder" in away.silence
    assert "changed since" in changed.silence


def test_the_page_needs_nothing_from_outside_and_escapes_what_was_pasted() -> None:
    nasty = case(text=TEXT + "<script>alert(1)</script> & <b>")
    working = session(nasty)
    list(working.work())
    html = page([working.run()], cases=[nasty])
    assert _OUTSIDE.search(html) is None
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;" in html


def test_every_link_of_the_page_leads_somewhere() -> None:
    cases = [case("a"), case("b")]
    working = session(*cases)
    list(working.work())
    html = page([working.run(), working.run()], cases=cases)
    targets = set(re.findall(r'id="([^"]+)"', html))
    assert set(_links(html)) <= targets | {"a-t1", "b-t1"}


def _links(html: str) -> Iterator[str]:
    return iter(re.findall(r'href="#([^"]+)"', html))


def test_a_failed_case_stands_at_the_top_and_in_a_column_of_its_own() -> None:
    engine = Talker()
    engine.fail = AnswerInvalid("the answer was <empty>")
    working = session(case("a"), case("b"), engine=engine)
    rows = working.work()
    next(rows)
    engine.fail = None
    list(rows)
    html = page([working.run()], cases=[case("a"), case("b")])
    assert "Not everything was scored." in html
    assert "the answer was &lt;empty&gt;" in html
    assert "failures as empty drafts" in html


def test_without_confidence_the_page_says_so() -> None:
    assert "states no confidence" in page([run(made().model_copy(update={"chances": ()}))])
    assert "Expected calibration error" in page([run(made())])


def test_several_runs_show_a_trend_and_a_difference() -> None:
    one = run(made())
    html = page([one, one], comparison=compare_runs(one, one))
    assert "Trend over runs" in html
    assert "Paired difference" in html
    assert "Trend over runs" not in page([one])


def test_an_empty_run_still_makes_a_page() -> None:
    assert "0 of 0 scored" in page([run()])
