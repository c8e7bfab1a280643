"""What a terminal says of a commit that is refused."""

from api.commands.reviews import refusal
from summarizer.review import Review
from tests import making


def test_entries_that_wait_are_counted_and_other_faults_are_named_by_their_entry() -> None:
    review = Review(making.suggestion(handoff="h1"), None, (making.accepted("i1"),))
    faults = review.faults({"s1": "Nothing of it"}, leave_out_undecided=False)
    assert list(refusal(review, faults)) == [
        "The review cannot be committed yet.",
        "Still to be decided: 1 of 2 entries.",
        "To see them, marked ·: summarizer review g1",
        "To commit without them: --leave-out-undecided",
        "i1: “We need” does not stand at its place in the source.",
    ]
