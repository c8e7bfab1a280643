"""The form of an answer, in both ways of telling an endpoint."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from summarizer.adapters.llm.grammar import answer_grammar, wrong_grammar
from summarizer.adapters.llm.schema import answer_schema, wrong_schema


@dataclass(frozen=True)
class Shape:
    """What an answer has to look like."""

    schema: Mapping[str, Any]
    grammar: str
    """The same for llama.cpp."""


def draft_shape(passages: range) -> Shape:
    """Of a draft in which these passages can be cited."""
    return Shape(answer_schema(passages), answer_grammar(passages))


def wrong_shape(notes: int) -> Shape:
    """Of the answer to the question which of so many notes are wrong."""
    return Shape(wrong_schema(notes), wrong_grammar(notes))
