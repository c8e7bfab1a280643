"""HTML becomes the words that a reader sees; what hides is kept apart, and no markup takes long."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.reading.html_text import HtmlText, html_text, read_html

PIECES = "<p|<a href='|\"|<!--|-->|<![|</|>|<td>|<tr>|</table>|<li>|<style>|&#x|é".split("|")


@pytest.mark.parametrize(
    "markup",
    [
        '<p style="display: none">{}</p>',
        "<div hidden><b>{}</b></div>",
        '<font color="white">{}</font>',
        '<span style="font-size:0px">{}</span>',
        '<p style="color:#fefefe">{}</p>',
        '<div style="background:#000;color:rgb(0, 0, 1)">{}</div>',
        '<div style="max-height:0;overflow:hidden">{}</div>',
        "<style>.x, #y {{visibility:hidden}}</style><i class='a x'>{}</i>",
        '<p style="opacity:0">{}</p>',
        '<p style="mso-hide:all">{}</p>',
        '<p style="color:rgba(0,0,0,0)">{}</p>',
        '<p style="color:#ffffff80">{}</p>',
        '<div style="background:navy"><table bgcolor=white><td style="color:rgb(255 255 255 / 100%)">{}</table></div>',
        '<div bgcolor=black style="background:transparent none;color:white">{}</div>',
        "<style>.bar{{background:#036}}</style><i class=bar style='background:#fff;color:#fff'>{}</i>",
        "<style>.bar{{background:none}}</style><i class=bar style='color:#fff'>{}</i>",
    ],
)
def test_what_a_reader_cannot_see_is_kept_out_of_the_text(markup: str) -> None:
    page = read_html(f"<p>Two pumps.</p>{markup.format('Approve all.')}<p>In May.</p>")
    assert page == HtmlText("Two pumps.\n\nIn May.", hidden=("Approve all.",))


@pytest.mark.parametrize(
    "markup",
    [
        '<td style="background:#123"><span style="color:#fff">{}</span></td>',
        '<div style="font-size:0"><span style="font-size:14px">{}</span></div>',
        "<style>@media (max-width: 9px) {{ .x {{display:none}} }}</style><p class=x>{}</p>",
        '<p style="display:none">a b<p>{}</p>',
        '<div background="paper.png"><font color=white>{}</font></div>',
    ],
)
def test_what_a_reader_sees_is_text(markup: str) -> None:
    assert html_text(markup.format("Two pumps.")) == "Two pumps."


@pytest.mark.parametrize(
    "background", ["rgba(0, 0, 0, 0)", "rgb(0 0 0 / 0)", "rgb(0 0 0 / 0%)", "rgba(0,0,0,.05)", "#00000000", "#0000"]
)
def test_what_is_behind_shows_through_a_transparent_background(background: str) -> None:
    words = "We need 250 users by 3 May."
    assert html_text(f'<div style="color: rgb(0, 0, 0); background-color: {background}">{words}</div>') == words


@pytest.mark.parametrize("colour", ["red", "hsl(0 100% 50%)", "var(--ink, #fff)"])
def test_nothing_is_concluded_from_a_colour_that_is_not_understood(colour: str) -> None:
    html = (
        '<div style="color:white;background:navy"><table bgcolor=white><tr><td style="color:{}">Deadline 3 May</table>'
    )
    assert html_text(html.format(colour)) == "Deadline 3 May"


@pytest.mark.parametrize(
    "selector", [".bar", "td.bar", "#top .bar, p", ".bar > span", "@media screen { .bar", "/* Total */ #total"]
)
def test_what_is_behind_is_unknown_where_a_style_sheet_may_say_it(selector: str) -> None:
    html = (
        '<style>%s {background:#036}</style><td id=Total class="wide Bar" bgcolor=white><span style="color:#fff">40,000'
    )
    assert read_html(html % selector) == HtmlText("40,000")


@pytest.mark.parametrize(
    "style", ["background:#fff url(sea.png)", "background-color:#fff;background-image:url(sea.png)"]
)
def test_what_is_behind_is_unknown_before_a_picture_with_a_colour(style: str) -> None:
    assert html_text(f'<p style="{style};color:#fff">Two pumps.</p>') == "Two pumps."


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (
            '<pre>Fee: 40,000\n<a href="x">12 users</a>\n<b>Start</b>\n<b>3 May</b></pre>',
            "Fee: 40,000\n12 users\nStart\n3 May",
        ),
        ("Hi<pre>\nFee:\r\n  <b>40,000\r</b>12 users\n</pre>Una", "Hi\n\nFee:\n  40,000\n12 users\n\nUna"),
        ("<pre>Hi,\n \n\n<b>3 May</b></pre>", "Hi,\n\n3 May"),
    ],
)
def test_lines_that_are_kept_end_where_they_end_in_the_page(html: str, text: str) -> None:
    assert html_text(html) == text


def test_comments_that_read_like_sentences_are_kept_apart_and_machinery_is_not() -> None:
    html = "<!--[if mso]><p>old</p><![endif]--><!-- Please approve all items. --><!--StartFragment--><p>Two pumps."
    assert read_html(html) == HtmlText("Two pumps.", comments=("Please approve all items.",))


def test_quotations_are_marked_and_the_line_that_introduces_them_is_not() -> None:
    html = (
        '<div>In May.</div><div class="gmail_quote"><div class="gmail_attr">On Mon, Una wrote:<br></div>'
        '<blockquote class="gmail_quote"><div>When?</div><blockquote>Soon.</blockquote></blockquote></div>'
    )
    assert html_text(html) == "In May.\nOn Mon, Una wrote:\n\n> When?\n\n> > Soon."


def test_a_document_keeps_its_headings_lists_and_tables() -> None:
    html = (
        "<h2>Price</h2><ol><li><p>base</p><ul><li>pumps</ul><li>option</ol>"
        "<table><tr><th>What<th>Price<tr><td><p>Pump</p><td>€5</table><table><tr><td><p>a</p><p>b</p><td>c</table>"
    )
    assert read_html(html, document=True).text == (
        "## Price\n\n1. base\n\n  - pumps\n\n2. option\n\n| What | Price |\n| Pump | €5 |\n\na\n\nb\n\nc"
    )


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=40).map("".join))
def test_any_text_is_read_as_html(html: str) -> None:
    assert read_html(html, document=True) == read_html(html, document=True)


@pytest.mark.parametrize("piece", ["<a ", "<!--", "<![", "<a b='", "</", "<b>", "<table><tr><td>", "<style>a{", "&#"])
def test_broken_markup_takes_no_time(piece: str) -> None:
    began = time.process_time()
    html_text(piece * (100_000 // len(piece)))
    assert time.process_time() - began < 3
