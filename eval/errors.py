"""What can go wrong with cases and runs; children of the product's tree of errors."""

from summarizer.errors import Conflict, InvalidInput


class CasesUnusable(InvalidInput):
    """There are no cases to work with.

    Name a split (train, development, test) or a folder of labelled cases; `summarizer eval check FOLDER` says what
    is wrong with each file.
    """


class RunUnreadable(InvalidInput):
    """The file is no run of the eval suite.

    Make one with `summarizer eval run --out FILE`.
    """


class RunsDiffer(Conflict):
    """The two runs cannot be compared.

    Run both on the same cases: `summarizer eval run` again with the cases as they are now.
    """


class ResumeRefused(Conflict):
    """The run cannot be resumed.

    Leave out --resume to start it anew, or choose another file with --out.
    """


class NotDecided(Conflict):
    """Not everything has been decided here, so it is no case yet.

    Decide on each entry of the suggestion and commit it, then harvest again.
    """
