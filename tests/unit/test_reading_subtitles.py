"""Subtitles become a transcript that is read as turns."""

from summarizer.reading.files import render
from summarizer.reading.threads import read
from summarizer.sources import Form

VTT = """WEBVTT

NOTE Recorded for training

1
00:00:01.000 --> 00:00:03.000 align:start
<v Una Halden>We need <b>two</b> pumps

2
00:00:03.000 --> 00:00:05.000
<v Una Halden>by 3 May &amp; a plan.</v>

3
01:00:05.500 --> 01:00:07.000
<v Piet Ostrow>Noted.</v>

"""
SRT = (
    "1\r\n00:00:01,000 --> 00:00:03,000\r\nUNA HALDEN: We need two pumps\r\n\r\n"
    "2\r\n00:00:03,000 --> 00:00:05,000\r\nby 3 May.\r\n\r\n3\r\n00:00:05,000 --> 00:00:07,000\r\n- Piet: Noted.\r\n"
)


def test_cues_of_a_speaker_become_a_turn() -> None:
    rendition = render("call.vtt", VTT.encode())
    assert rendition.text == (
        "[00:00:01] Una Halden: We need two pumps by 3 May & a plan.\n[01:00:05] Piet Ostrow: Noted."
    )
    assert [each.text for each in rendition.findings] == [
        "A note in the subtitles, kept out of the text: “Recorded for training”"
    ]


def test_a_transcript_is_read_as_who_says_what() -> None:
    source = read(render("call.vtt", VTT.encode()).text)
    assert source.form is Form.CALL_TRANSCRIPT
    assert [each.sender for each in source.messages] == ["Una Halden", "Piet Ostrow"]


def test_subrip_names_speakers_before_a_colon() -> None:
    assert render("call.srt", SRT.encode()).text == (
        "[00:00:01] UNA HALDEN: We need two pumps by 3 May.\n[00:00:05] Piet: Noted."
    )


def test_cues_without_speakers_are_joined_to_sentences() -> None:
    cues = ["We need two", "pumps.", "In May."]
    body = "".join(f"\n\n00:0{n}.000 --> 00:0{n}.900\n{words}" for n, words in enumerate(cues))
    assert render("call.vtt", f"WEBVTT{body}".encode()).text == "[00:00:00] We need two pumps.\n[00:00:02] In May."
