"""Addresses that pass for others are findings."""

import pytest

from summarizer.items import FindingKind
from summarizer.look_alikes import look_alikes
from summarizer.reading.threads import read

THREAD = """From: Moira Finn <moira@velmere.example>
To: Owen Hart <owen@brackwater.example>

Please pay into the usual account. moira@velmere.example

From: Moira Finn <moira@{domain}>
To: Owen Hart <owen@brackwater.example>

Our bank has changed.
"""


@pytest.mark.parametrize(
    "domain", ["ve1mere.example", "velmrere.example", "velrnere.example", "velmere-.example", "vеlmere.example"]
)
def test_a_domain_that_passes_for_another_is_a_finding(domain: str) -> None:
    found = look_alikes([read(THREAD.format(domain=domain), id="s")])
    assert [(each.kind, each.evidence[0].quote) for each in found] == [(FindingKind.LOOK_ALIKE, f"moira@{domain}")]


@pytest.mark.parametrize(
    "domain", ["velmere.example", "brackwater.example", "post.velmere.example", "tarn.example", "müllerbau.example"]
)
def test_an_honest_domain_is_none(domain: str) -> None:
    assert look_alikes([read(THREAD.format(domain=domain), id="s")]) == []
