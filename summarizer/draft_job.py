"""Making a draft, outside of any request: several short transactions round a long call to an engine.

A job can run twice: a worker that was thought dead may still finish, and a cancelled run may last longer than it takes
to retry the job. So each run has a token, and whatever it writes is a compare-and-set on that token: the state, the
events, and the suggestion, which is filed in the same transaction as the change to `done`.
"""

import logging
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import partial

from summarizer.decisions import Draft
from summarizer.drafting import Progress, draft
from summarizer.errors import Cancelled, SummarizerError
from summarizer.items import Finding, Item, Precedent, Stakeholder
from summarizer.numbering import Material
from summarizer.ports import Engine, Hit, PrecedentIndex
from summarizer.records import ANY_SOW, Job, JobStatus, Problem, SowCard, SowFilter, SowSection
from summarizer.retrieval import reasons
from summarizer.service import known_sides, new_id, now, read_with
from summarizer.sources import Source, sha256
from summarizer.stores import Store
from summarizer.support import SupportCheck
from summarizer.unsaid import MOST_SOWS, SimilarSow

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
"""How often a job may be begun; errors end it at once, so that more often means that it kills its worker."""
MOST_PRECEDENTS = 5
DEEP = 40
"""Sections by which the SOWs are found that are compared with the deal, few of one SOW."""
LIVE = (JobStatus.QUEUED, JobStatus.RUNNING)


class Interrupted(Exception):
    """The worker stops before the draft is done; the queue gives the job to the next one."""


@dataclass(frozen=True)
class Workshop:
    """What a draft is made with."""

    begin: Callable[[], AbstractContextManager[Store]]
    """Opens a transaction in the job's workspace."""
    engine: Engine
    index: PrecedentIndex
    workspace: str
    check: SupportCheck | None = None
    """Says of each drafted item whether its evidence supports it."""
    shadow_share: float = 0.0
    """Which part of the drafts a second engine makes anew in the background, from 0 to 1."""
    shadow_tokens: int = 0
    """Tokens, in and out, after which that engine makes no more drafts for 24 hours."""


def run(workshop: Workshop, job_id: str, *, interrupted: Callable[[], bool] = lambda: False) -> None:
    """Make the draft of a job and file it as a pending suggestion; a failure is written into the job.

    Raises Interrupted when the worker has to stop; then the job can be run again.
    """
    job = _begin(workshop, job_id)
    if job is None:
        return
    try:
        _file(workshop, job, _make(workshop, job, interrupted))
    except Cancelled:
        logger.info("job %s was cancelled, or another run has it", job.id)
    except Interrupted:
        _give_back(workshop, job)
        raise
    except SummarizerError as error:
        _fail(workshop, job, problem_of(error))
    except Exception as error:
        # Another attempt would end alike, and leave a reason behind that is not the true one.
        logger.exception("job %s met an unexpected error", job.id)
        detail = f"An unexpected error ended the draft: {type(error).__name__}."
        _fail(workshop, job, problem_of(SummarizerError(detail)))


def problem_of(error: SummarizerError) -> Problem:
    """The error in words that a person can act on."""
    return Problem(type=error.slug(), title=error.title(), detail=error.detail, remedy=error.remedy())


def _begin(workshop: Workshop, job_id: str) -> Job | None:
    """The job, now this run's and nobody else's; `None` when there is nothing to do for it any more."""
    with workshop.begin() as store:
        job = store.jobs.get(job_id)
        running = job.model_copy(update={"status": JobStatus.RUNNING, "attempts": job.attempts + 1, "run": new_id()})
        if not store.jobs.move(running, was=LIVE):
            return None
        if job.attempts < MOST_ATTEMPTS:
            # What a run shows that another one has replaced is taken back; who queues a job again has done so already.
            if job.status is JobStatus.RUNNING:
                store.events.add(job.topic, "restarted", {})
            store.events.add(job.topic, "status", running.model_dump(mode="json"))
            return running
        detail = f"It was begun {job.attempts} times, and each time its worker died, or lost the database."
        _end(store, running, _failed(job, problem_of(SummarizerError(detail))))
    return None


def _fail(workshop: Workshop, job: Job, problem: Problem) -> None:
    """Write into the job why it failed, if this run has it still."""
    with workshop.begin() as store:
        _end(store, job, _failed(job, problem))


def _failed(job: Job, problem: Problem) -> Job:
    return job.model_copy(update={"status": JobStatus.FAILED, "run": None, "problem": problem, "finished_at": now()})


def _end(store: Store, job: Job, over: Job) -> bool:
    """Move the job from this run to its end and tell it, if this run has it still; whether it had."""
    has_it = store.jobs.move(over, was=(JobStatus.RUNNING,), run=job.run)
    if has_it:
        store.events.add(job.topic, over.status, over.model_dump(mode="json"))
    return has_it


def _give_back(workshop: Workshop, job: Job) -> None:
    """A worker that was asked to stop has not failed: the attempt does not count."""
    queued = job.model_copy(update={"status": JobStatus.QUEUED, "attempts": job.attempts - 1, "run": None})
    with workshop.begin() as store:
        if store.jobs.move(queued, was=(JobStatus.RUNNING,), run=job.run):
            store.events.add(job.topic, "restarted", {})
            store.events.add(job.topic, "status", queued.model_dump(mode="json"))


def _make(workshop: Workshop, job: Job, interrupted: Callable[[], bool]) -> Draft:
    tell = partial(_tell, workshop, job)
    tell("progress", {"stage": "reading", "detail": "Reading the sources"})
    material = read_material(workshop, job.deal, job.sources, base_version=job.base_version)
    tell("progress", {"stage": "precedents", "detail": "Looking for similar past SOWs"})
    material = replace(
        material, precedents=_precedents(workshop, material.sources), similar=_similar(workshop, material.sources)
    )
    count = sum(len(source.messages) for source in material.sources)
    tell("progress", {"stage": "drafting", "detail": f"Drafting from {count} messages"})
    progress = Progress(on_entry=partial(_show, tell), should_stop=partial(_should_stop, workshop, job, interrupted))
    return draft(material, workshop.engine, progress=progress)


def read_material(workshop: Workshop, deal_id: str, sources: Sequence[str], *, base_version: int) -> Material:
    """All that a draft of the deal is made of but the precedents."""
    with workshop.begin() as store:
        deal = store.deals.get(deal_id)
        stored = [store.sources.get(source) for source in sources]
        base = store.handoffs.of_deal(deal_id).version(base_version)
        sides = known_sides(store, deal)
    return Material(
        sources=[read_with(source, deal, sides) for source in stored],
        client=deal.client,
        vendor=deal.vendor,
        deal_type=deal.deal_type,
        findings=[named(finding, source.name) for source in stored for finding in source.findings],
        standing=[each.item for each in base.items] if base else (),
        standing_people=[each.item for each in base.stakeholders] if base else (),
        check=workshop.check,
    )


def named(finding: Finding, source: str) -> Finding:
    """A finding about a whole file, with the file's name."""
    return finding.model_copy(update={"text": f"{source}: {finding.text}"})


def _tell(workshop: Workshop, job: Job, kind: str, body: dict[str, object]) -> None:
    """Say what happens, as long as this run has the job."""
    with workshop.begin() as store:
        # It stays as it is; but moving it makes a cancel wait, so that nothing of this run is told after that.
        if store.jobs.move(job, was=(JobStatus.RUNNING,), run=job.run):
            store.events.add(job.topic, kind, body)


def _show(tell: Callable[[str, dict[str, object]], None], entry: Item | Stakeholder) -> None:
    tell("item" if isinstance(entry, Item) else "stakeholder", entry.model_dump(mode="json"))


def _should_stop(workshop: Workshop, job: Job, interrupted: Callable[[], bool]) -> bool:
    """Whether this run has lost its job: to a cancel, or to another run."""
    if interrupted():
        raise Interrupted
    with workshop.begin() as store:
        return store.jobs.get(job.id).run != job.run


def _precedents(workshop: Workshop, sources: Sequence[Source]) -> list[Precedent]:
    """The nearest sections of past SOWs; none of them can ever be cited."""
    words = "\n".join(source.text for source in sources)
    # Everybody in the workspace reads the draft, so it quotes nothing that is restricted to groups.
    return find_precedents(workshop, words, most=MOST_PRECEDENTS, groups=())


def _similar(workshop: Workshop, sources: Sequence[Source]) -> list[SimilarSow]:
    """The past SOWs that look most like the deal, best first, each whole."""
    words = "\n".join(source.text for source in sources)
    best: dict[str, Precedent] = {}
    for found in find_precedents(workshop, words, most=DEEP, groups=()):
        best.setdefault(found.sow_id, found)
    nearest = list(best.values())[:MOST_SOWS]
    with workshop.begin() as store:
        return [SimilarSow(each.sow_id, each.sow, each.score, store.sows.sections(each.sow_id)) for each in nearest]


def find_precedents(
    workshop: Workshop,
    words: str,
    *,
    most: int,
    wanted: SowFilter = ANY_SOW,
    groups: Collection[str] | None = None,
) -> list[Precedent]:
    """The sections of past SOWs that fit the words best, few of one SOW, each with what makes it fit.

    `groups` are the reader's; `None` reads everything.
    """
    with workshop.begin() as store:
        among = store.sows.searchable(wanted=wanted, groups=groups)
    hits = workshop.index.search(workshop.workspace, words, most=most, among=among)
    with workshop.begin() as store:
        found = store.sows.sections_by_id([hit.section for hit in hits], groups=groups)
    return [_precedent(hit, *found[hit.section]) for hit in hits if hit.section in found]


def _precedent(hit: Hit, sow: SowCard, section: SowSection) -> Precedent:
    return Precedent(
        sow=sow.name,
        sow_id=sow.id,
        section_id=section.id,
        section=section.heading,
        text=section.text,
        score=round(hit.score, 4),
        words=reasons(hit.terms, section.text),
        passage=hit.passage,
    )


def _file(workshop: Workshop, job: Job, made: Draft) -> None:
    """File the draft, once: the run that moves the job to `done` files it, in the same transaction."""
    with workshop.begin() as store:
        handoff = store.handoffs.of_deal(job.deal)
        suggestion = handoff.propose(made, id=new_id(), sources=job.sources, base_version=job.base_version, at=now())
        done = {"status": JobStatus.DONE, "run": None, "suggestion": suggestion.id, "finished_at": now()}
        if _end(store, job, job.model_copy(update=done)):
            store.suggestions.add(suggestion)
            if falls_in(suggestion.id, workshop.shadow_share):
                store.shadows.ask(suggestion.id)


def falls_in(id: str, share: float) -> bool:
    """Whether a thing of this id belongs to that share of all, by chance and the same each time.

    >>> falls_in("a", 1), falls_in("a", 0)
    (True, False)
    """
    return int(sha256(id.encode())[:8], 16) < share * 16**8
