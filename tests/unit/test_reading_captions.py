"""Caption files are read as they stand: cues as header lines, words as turns."""

import pytest

from summarizer.reading.threads import read
from summarizer.sources import Form, Role, Source

VTT = """\
WEBVTT - weekly call

NOTE made by a machine

1
00:00:01.000 --> 00:00:04.000 align:start
<v Ann Lee>We need the keys</v>

2
00:00:04.500 --> 00:00:06.000
<v Ann Lee>by 3 May.</v>

a-7
01:04.500 --> 01:06.000
<v.loud Bo Ray>Fine.</v><v Ann Lee>Good.</v>
"""
SRT = """\
1
00:00:01,000 --> 00:00:04,000
Ann Lee: We need the keys

2
00:00:04,500 --> 00:00:06,000
by 3 May.

3
00:00:06,500 --> 00:00:07,000
- Bo Ray: Fine.

4
00:00:07,500 --> 00:00:08,000
>> ANN LEE: Good.
"""


def said(source: Source) -> list[tuple[str | None, list[str]]]:
    return [
        (each.sender, [source.quote(p) for p in source.passages if p.message == each.number and p.role is Role.NEW])
        for each in source.messages
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_vtt_file_is_a_call_of_turns(end: str) -> None:
    source = read(VTT.replace("\n", end))
    assert source.form is Form.CALL_TRANSCRIPT
    assert said(source) == [
        ("Ann Lee", ["We need the keys", "by 3 May."]),
        ("Bo Ray", ["Fine."]),
        ("Ann Lee", ["Good."]),
    ]


def test_an_srt_file_is_a_call_of_turns() -> None:
    assert said(read(SRT)) == [
        ("Ann Lee", ["We need the keys", "by 3 May."]),
        ("Bo Ray", ["Fine."]),
        ("ANN LEE", ["Good."]),
    ]


def test_what_is_not_said_is_a_header() -> None:
    source = read(VTT)
    assert [source.quote(each) for each in source.passages if each.role is Role.HEADER][:6] == [
        "WEBVTT - weekly call",
        "NOTE made by a machine",
        "1",
        "00:00:01.000 --> 00:00:04.000 align:start",
        "<v Ann Lee>",
        "</v>",
    ]


def test_captions_of_nobody_known_are_one_turn() -> None:
    source = read("00:01.000 --> 00:02.000\nWe need keys.\n\n00:03.000 --> 00:04.000\nBy May.\n")
    assert said(source) == [(None, ["We need keys.", "By May."])]
