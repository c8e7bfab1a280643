"""Two workers, as a user starts them, and one limit on calls; `python -m eval.bench_calls` is the same at full size."""

from eval.bench_calls import Load, measure


def test_two_workers_never_ask_more_often_at_once_than_they_may_and_no_draft_is_lost_or_doubled() -> None:
    load = Load(drafts=12, drafts_at_once=3, calls_at_once=2, delay_s=0.3)
    outcome = measure(load, patience_s=120)
    assert outcome.most_in_flight == 2
    assert (outcome.calls, dict(outcome.states)) == (12, {"done": 12})
    assert dict(outcome.drafted) == dict.fromkeys(range(1, 13), 1)
    assert (outcome.lost(load), outcome.doubled) == (0, 0)
