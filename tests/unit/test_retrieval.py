"""What is looked for in past SOWs, how two ways of looking are joined, and what is shown of it."""

from summarizer.retrieval import (
    MOST_OF_A_SOW,
    MOST_PASSAGES,
    MOST_REASONS,
    PASSAGE,
    Candidate,
    asked,
    diverse,
    passages,
    ranked,
    reasons,
    share_of_sections,
    terms,
)


def candidates(*sows: str) -> list[tuple[Candidate, float]]:
    """In falling order, one for each SOW that is named."""
    return [(Candidate(f"{sow}:{place}", sow), 1 - place / 100) for place, sow in enumerate(sows)]


def names(rows: list[tuple[Candidate, float]]) -> list[str]:
    return [each.section for each, _ in rows]


def test_words_count_as_written_in_small_letters_and_long_ones_by_their_root_too() -> None:
    assert terms("Migrating: migrated, 2 DBs_here") == {
        "migrating": 1,
        "migrated": 1,
        "2": 1,
        "dbs": 1,
        "here": 1,
        "~migrat": 2,
    }


def test_a_word_that_is_said_often_counts_more_though_not_in_proportion() -> None:
    weights = asked("data data data price")
    assert (weights["price"], 1 < weights["data"] < 3) == (1, True)


def test_a_short_text_is_one_passage_and_a_long_one_is_looked_at_from_end_to_end() -> None:
    long = " ".join(f"Sentence number {number} ends here." for number in range(1000))
    found = passages(long)
    assert passages(" Two dashboards. ") == ["Two dashboards."]
    assert len(found) == MOST_PASSAGES
    assert all(len(each) <= PASSAGE for each in found)
    assert ("number 0 " in found[0], "number 999 " in found[-1]) == (True, True)


def test_a_blank_text_has_no_passages() -> None:
    assert passages(" \n") == []


def test_a_line_is_looked_for_in_sections_and_a_thread_in_whole_sows() -> None:
    section, whole = Candidate("a:1", "a", words=1.0, whole=0.2), Candidate("b:1", "b", words=0.4, whole=1.0)
    line = ranked([whole, section], share=share_of_sections(1))
    thread = ranked([whole, section], share=share_of_sections(MOST_PASSAGES))
    assert (names(line), names(thread)) == (["a:1", "b:1"], ["b:1", "a:1"])


def test_likeness_decides_between_equal_words_and_no_score_is_above_one() -> None:
    unlike, alike = Candidate("a", "a", words=1, whole=1), Candidate("b", "b", words=1, whole=1, likeness=1)
    best, score = ranked([unlike, alike], share=0.5)[0]
    assert (best, round(score, 9)) == (alike, 1.0)


def test_the_order_of_equals_is_always_the_same() -> None:
    equal = [Candidate(name, name, words=0.5) for name in "cab"]
    assert names(ranked(equal, share=1.0)) == ["a", "b", "c"]


def test_one_sow_does_not_fill_a_list_as_long_as_there_are_others() -> None:
    rows = candidates("a", "a", "a", "a", "a", "b", "c")
    assert MOST_OF_A_SOW == 3
    assert names(diverse(rows, most=5)) == ["a:0", "a:1", "a:2", "b:5", "c:6"]


def test_a_list_is_filled_from_one_sow_where_there_is_no_other() -> None:
    assert names(diverse(candidates("a", "a", "b", "a", "a", "a"), most=5)) == ["a:0", "a:1", "b:2", "a:3", "a:4"]


def test_the_words_of_a_section_that_match_are_told_as_it_writes_them_the_most_telling_first() -> None:
    text = "The Warehouse is migrated; migration of data, data, DATA."
    assert reasons({"data": 0.5, "warehouse": 3.0, "~migrat": 1.0}, text) == (
        "Warehouse",
        "migrated",
        "migration",
        "data",
    )


def test_not_every_word_that_matches_is_told() -> None:
    text = " ".join(f"word{number}" for number in range(20))
    matched = dict.fromkeys(text.split(), 1.0)
    assert len(reasons(matched, text)) == MOST_REASONS
