"""A second engine in the shadow of the first: after it, apart from it, and compared by what reviewers decide."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from io import StringIO
from threading import Event

import pytest
from rich.console import Console

from eval.shadow import Judged, counts, differences, judged, shown
from summarizer import reviewing
from summarizer.adapters.database.store import Database
from summarizer.adapters.database.tasks import BACKGROUND
from summarizer.adapters.postgres import Cluster
from summarizer.adapters.queue import Queue
from summarizer.decisions import Verdict
from summarizer.draft_job import Interrupted, Workshop, run
from summarizer.errors import AnswerInvalid, EngineUnavailable, SummarizerError
from summarizer.items import Basis, Item, Kind, MadeBy
from summarizer.ports import Answer, Brief, Candidate, Engine
from summarizer.records import Job, JobStatus, ShadowDraft
from summarizer.review import Review
from summarizer.service import Desk, ask_for_draft
from summarizer.shadowing import shadow
from summarizer.testing import MemoryPrecedents, ScriptedEngine
from tests import making
from tests.conftest import WORKSPACE
from tests.integration.conftest import SCRIPT, THREAD
from tests.integration.dying_worker import QUICK
from tests.integration.test_queue import eventually

SHOPS = Candidate(Kind.DEPENDENCY, "Moira Finn sends the list of shops by 20 March", (3,))
SECOND: Sequence[Answer] = (
    SHOPS,
    MadeBy(engine="second", model="small", prompt="sha256:1", tokens_in=40, tokens_out=2),
)


def workshop(database: Database, *, share: float = 1.0, tokens: int = 1000) -> Workshop:
    begin = partial(database.begin, WORKSPACE)
    engine = ScriptedEngine(SCRIPT)
    return Workshop(begin, engine, MemoryPrecedents(), WORKSPACE, shadow_share=share, shadow_tokens=tokens)


def ask(database: Database) -> Job:
    with database.begin(WORKSPACE) as store:
        store.people.add(making.person())
        store.deals.add(making.deal(client="Velmere"))
        store.sources.add(making.source(text=THREAD))
        return ask_for_draft(Desk(store, making.person()), "d1")


def queue(
    cluster: Cluster, database: Database, second: Engine | None, *, share: float = 1.0, tokens: int = 1000
) -> Queue:
    here = workshop(database, share=share, tokens=tokens)

    def make(_workspace: str, id: str, stop: Callable[[], bool]) -> None:
        run(here, id, interrupted=stop)

    def again(_workspace: str, id: str, stop: Callable[[], bool]) -> None:
        assert second is not None
        shadow(here, second, id, interrupted=stop)

    return Queue(
        cluster.app_url, run=make, index=lambda *_: None, pace=QUICK, shadow=again if second is not None else None
    )


def work_off(work: Queue) -> None:
    """First what people wait for, then the rest."""
    work.work_until_idle()
    work.work_until_idle(BACKGROUND)


def shadows(database: Database) -> list[ShadowDraft]:
    with database.begin(WORKSPACE) as store:
        return store.shadows.all()


def texts(made: ShadowDraft) -> list[str]:
    return [item.text for item in made.draft.items] if made.draft else []


def test_a_draft_is_made_anew_and_kept_apart(cluster: Cluster, database: Database) -> None:
    job = ask(database)
    work_off(queue(cluster, database, ScriptedEngine(SECOND)))
    (made,) = shadows(database)
    assert (texts(made), made.problem) == ([SHOPS.text], None)
    with database.begin(WORKSPACE) as store:
        assert made.suggestion == store.jobs.get(job.id).suggestion
        filed = store.suggestions.of_handoff(store.handoffs.of_deal("d1").id)
        assert [each.draft.made_by.engine for each in filed] == ["scripted"]
        assert [event for event in store.events.after(job.topic, 0) if SHOPS.text in str(event.body)] == []


def test_without_a_share_nothing_is_made_anew(cluster: Cluster, database: Database) -> None:
    ask(database)
    work_off(queue(cluster, database, ScriptedEngine(SECOND), share=0))
    assert shadows(database) == []


def test_a_second_engine_that_fails_says_why_and_spoils_nothing(cluster: Cluster, database: Database) -> None:
    job = ask(database)
    answers: Sequence[Answer | SummarizerError] = [EngineUnavailable("down")]
    work_off(queue(cluster, database, ScriptedEngine(answers)))
    (made,) = shadows(database)
    assert made.draft is None
    assert made.problem is not None
    assert made.problem.detail == "down"
    with database.begin(WORKSPACE) as store:
        assert store.jobs.get(job.id).status is JobStatus.DONE


class Broken(ScriptedEngine):
    """Has a fault of its own."""

    def draft(self, brief: Brief) -> Iterator[Answer]:
        yield from super().draft(brief)
        raise ZeroDivisionError


def test_a_fault_of_the_second_engine_stays_with_it(cluster: Cluster, database: Database) -> None:
    job = ask(database)
    broken = Broken([])
    work_off(queue(cluster, database, broken))
    assert (len(broken.briefs), shadows(database)) == (1, [])
    with database.begin(WORKSPACE) as store:
        assert store.jobs.get(job.id).status is JobStatus.DONE


def test_who_waits_for_a_draft_does_not_wait_for_its_shadow(cluster: Cluster, database: Database) -> None:
    job = ask(database)
    second = ScriptedEngine(SECOND)
    queue(cluster, database, second).work_until_idle()
    with database.begin(WORKSPACE) as store:
        assert store.jobs.get(job.id).status is JobStatus.DONE
    assert second.briefs == []


class Slow(ScriptedEngine):
    """Begins, and goes on when it is let go."""

    def __init__(self) -> None:
        super().__init__(SECOND)
        self.begun, self.let_go = Event(), Event()

    def draft(self, brief: Brief) -> Iterator[Answer]:
        self.begun.set()
        assert self.let_go.wait(20)
        yield from super().draft(brief)


def test_a_slow_second_engine_holds_up_no_draft(cluster: Cluster, database: Database) -> None:
    ask(database)
    slow = Slow()
    with queue(cluster, database, slow).worker(alone=True, concurrency=1):
        assert slow.begun.wait(20)
        with database.begin(WORKSPACE) as store:
            second = ask_for_draft(Desk(store, making.person()), "d1")

        def over() -> bool:
            with database.begin(WORKSPACE) as store:
                return store.jobs.get(second.id).over

        assert eventually(over)
        assert shadows(database) == []
        slow.let_go.set()
        assert eventually(lambda: len(shadows(database)) == 2)


def test_a_shadow_is_made_once_and_can_be_interrupted(database: Database) -> None:
    job = ask(database)
    here = workshop(database)
    run(here, job.id)
    with database.begin(WORKSPACE) as store:
        suggestion = store.jobs.get(job.id).suggestion or ""
    with pytest.raises(Interrupted):
        shadow(here, ScriptedEngine(SECOND), suggestion, interrupted=lambda: True)
    assert shadows(database) == []
    again = ScriptedEngine(SECOND)
    shadow(here, again, suggestion)
    shadow(here, again, suggestion)
    assert len(again.briefs) == len(shadows(database)) == 1


def test_both_are_compared_by_what_reviewers_decided(cluster: Cluster, database: Database) -> None:
    job = ask(database)
    work_off(queue(cluster, database, ScriptedEngine(SECOND)))
    with database.begin(WORKSPACE) as store:
        assert (judged(store).waiting, judged(store).first) == (1, [])
        suggestion = store.jobs.get(job.id).suggestion or ""
        desk = Desk(store, making.person())
        items = reviewing.open_review(store, suggestion).review.items()
        rulings = [_ruling(row.item) for row in items]
        people = reviewing.open_review(store, suggestion).review.stakeholders()
        rulings += [reviewing.Ruling(row.item.id, Verdict.ACCEPTED) for row in people]
        reviewing.decide(desk, suggestion, rulings, expected=0)
        reviewing.commit(desk, suggestion, expected=len(rulings))
        found = judged(store)
    assert found.engines == ("scripted (script)", "second (small)")
    values = {each.figure.key: (each.before, each.after) for each in differences(found)}
    assert (values["accepted"], values["rejected"]) == ((1.0, 1.0), (1.0, 0.0))
    assert values["tokens"] == (10.0, 42.0)
    said = told(found)
    assert "second (small) in the shadow of scripted (script), 1 requests" in said
    assert "Accepted items said 1 of 1 100.0 % 1 of 1 100.0 %" in said
    assert "Rejected items said 1 of 1 100.0 % 0 of 1 0.0 %" in said
    assert "have cost 42 tokens, 42 of at most 1,000 within the last 24 hours" in said


def told(found: Judged) -> str:
    """What the command prints."""
    console = Console(width=160, record=True, file=StringIO())
    console.print(shown(found, 1000))
    return " ".join(console.export_text().split())


def test_an_edited_item_is_looked_for_as_it_was_and_as_it_became(cluster: Cluster, database: Database) -> None:
    job = ask(database)
    work_off(queue(cluster, database, ScriptedEngine(SECOND)))
    with database.begin(WORKSPACE) as store:
        suggestion = store.jobs.get(job.id).suggestion or ""
        review = reviewing.open_review(store, suggestion).review
        (drafted,) = [row.item for row in review.items() if row.item.kind is Kind.DEPENDENCY]
        dated = drafted.model_copy(update={"text": SHOPS.text})
        edited = making.accepted(drafted.id).model_copy(update={"verdict": Verdict.EDITED, "edited": dated})
        found = Review(review.suggestion, review.base, (edited,))
        shadowed = store.shadows.all()[0].draft
        assert shadowed is not None
    counted = [counts(found, draft) for draft in (found.suggestion.draft, shadowed)]
    keys = ("edited", "edited:said", "corrected", "corrected:said")
    assert [[each[key] for key in keys] for each in counted] == [[1, 1, 1, 0], [1, 1, 1, 1]]


def test_what_past_sows_ask_counts_for_no_engine(cluster: Cluster, database: Database) -> None:
    """Their questions stand in the draft that people see alone, whichever engine made it."""
    job = ask(database)
    work_off(queue(cluster, database, ScriptedEngine(SECOND)))
    with database.begin(WORKSPACE) as store:
        review = reviewing.open_review(store, store.jobs.get(job.id).suggestion or "").review
    draft = review.suggestion.draft
    asked = Item(id="q1", kind=Kind.OPEN_QUESTION, text="Who hosts it?", basis=Basis.PRECEDENT)
    with_question = draft.model_copy(update={"items": (*draft.items, asked)})
    suggestion = review.suggestion.model_copy(update={"draft": with_question})
    log = tuple(making.accepted(item.id) for item in with_question.items)
    assert counts(Review(suggestion, None, log), with_question) == counts(Review(review.suggestion, None, log), draft)


def test_before_anything_is_reviewed_the_command_says_so(database: Database) -> None:
    with database.begin(WORKSPACE) as store:
        said = told(judged(store))
    assert said.startswith("No request that both engines drafted has been reviewed and committed yet.")
    assert "have cost 0 tokens, 0 of at most 1,000" in said


def test_a_day_s_tokens_are_not_exceeded_by_another_draft(cluster: Cluster, database: Database) -> None:
    second = ScriptedEngine(SECOND)
    work = queue(cluster, database, second, tokens=42)
    ask(database)
    work_off(work)
    with database.begin(WORKSPACE) as store:
        ask_for_draft(Desk(store, making.person()), "d1")
    work_off(work)
    made, left_out = shadows(database)
    assert (made.tokens, len(second.briefs)) == (42, 1)
    assert left_out.problem is not None
    assert (left_out.draft, left_out.problem.type, left_out.tokens) == (None, "day-spent", 0)
    with database.begin(WORKSPACE) as store:
        assert judged(store).without == {"The drafts in the background have cost what they may in a day": 1}


def test_what_a_failed_draft_cost_counts(cluster: Cluster, database: Database) -> None:
    ask(database)
    failure = AnswerInvalid("no list")
    failure.tokens = 7
    work_off(queue(cluster, database, ScriptedEngine([failure])))
    assert [each.tokens for each in shadows(database)] == [7]


def _ruling(item: Item) -> reviewing.Ruling:
    kept = item.kind is Kind.DEPENDENCY
    verdict, reason = (Verdict.ACCEPTED, None) if kept else (Verdict.REJECTED, "not agreed")
    return reviewing.Ruling(item.id, verdict, reason=reason)
