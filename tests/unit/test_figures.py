"""Numbers in digits and in words."""

from decimal import Decimal

import pytest

from summarizer.figures import find_figures


@pytest.mark.parametrize(
    ("text", "values", "unit"),
    [
        ("one hundred and twenty-five", {"125"}, ""),
        ("three point eight", {"3.8"}, ""),
        ("two dozen", {"24"}, ""),
        ("14 in 100", {"14"}, "%"),
        ("£38", {"38"}, "GBP"),
        ("0.16 euros", {"0.16"}, "EUR"),
        ("$1.5m", {"1500000"}, "USD"),
        ("5 000", {"5000"}, ""),
        ("12.000", {"12000", "12"}, ""),
        ("8.30pm", {"8.3", "20.3"}, ""),
        ("eight thirty", {"8.3", "830"}, ""),
        ("nineteen ninety-nine", {"1999", "19.99"}, ""),
        ("seven five", {"75", "7.5"}, ""),
    ],
)
def test_a_number_means_what_people_mean_by_it(text: str, values: set[str], unit: str) -> None:
    figure = find_figures(f"about {text}.")[0]
    assert (figure.values, figure.unit) == (frozenset(Decimal(value) for value in values), unit)


def test_digits_within_a_word_are_no_number() -> None:
    assert find_figures("h2o, v2 and Q3") == []
