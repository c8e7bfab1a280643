"""LangExtract as the other side of `eval.bench_drafting`: its extractions as items, under its own defaults.

It is told the same definitions and rules and shown the same examples as our prompt, with a bullet as an attribute of
each extraction; one pass over chunks of 1,500 characters. The package is the extra `bench`; nothing else needs it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from prompts.loader import load
from summarizer.adapters.llm.settings import LlmSettings
from summarizer.decisions import Draft
from summarizer.errors import ConfigurationError
from summarizer.items import Basis, Evidence, Grounding, Item, Kind, MadeBy
from summarizer.numbering import Material
from summarizer.sources import Source

MAX_CHAR_BUFFER = 1_500
_TASK = "List what the delivery team of a sold deal has to know, in the order of the text. Each extraction states one\
 fact: its text is copied from the passage to the letter, and its attribute `bullet` states the fact in a delivery\
 lead's words.\n\n"


@dataclass(frozen=True)
class LangExtract:
    """Drafts with LangExtract on a served model."""

    settings: LlmSettings
    name: str = "langextract"

    def make(self, material: Material) -> Draft:
        """The draft of the first source. Raises ConfigurationError without the package."""
        source = material.sources[0]
        found = self._extract(source.text)
        made_by = MadeBy(engine=self.name, model=self.settings.model, prompt="")
        return Draft(items=tuple(_items(found, source)), made_by=made_by)

    def _extract(self, text: str) -> Sequence[Any]:
        try:
            import langextract  # noqa: PLC0415 - an extra, and seconds to import
            from langextract.factory import ModelConfig  # noqa: PLC0415
        except ImportError as error:
            raise ConfigurationError("LangExtract is missing: pip install 'scope-summarizer[bench]'") from error
        settings = self.settings
        server = {"base_url": settings.base_url, "api_key": settings.api_key, "max_workers": 1}
        limits = {"temperature": settings.temperature, "max_output_tokens": settings.max_tokens}
        found = langextract.extract(
            text,
            prompt_description=_description(),
            examples=[_example(each) for each in load("draft").examples],
            config=ModelConfig(settings.model, provider="openai", provider_kwargs=server | limits),
            max_char_buffer=MAX_CHAR_BUFFER,
            max_workers=1,
            batch_length=1,
            show_progress=False,
        )
        return list(found.extractions or ())


def _description() -> str:
    """The kinds and rules of our own prompt, to the letter."""
    system = load("draft").system(stated_only=True)
    rules = system.partition("\nKINDS\n")[2].partition("\nSTAKEHOLDERS")[0]
    return f"{_TASK}KINDS\n{rules}"


def _example(example: dict[str, Any]) -> Any:
    from langextract.data import ExampleData, Extraction  # noqa: PLC0415

    passages = {row["number"]: row["text"] for message in example["messages"] for row in message["passages"]}
    extractions = [
        Extraction(item["kind"], passages[item["cite"][-1]], attributes={"bullet": item["text"]})
        for item in sorted(example["answer"]["items"], key=lambda item: item["cite"][-1])
    ]
    return ExampleData("\n\n".join(_written(message) for message in example["messages"]), extractions)


def _written(message: dict[str, Any]) -> str:
    """A message as it would be pasted."""
    head = f"{message['sender']}, {message['date']}:"
    return "\n".join([head, *(f"{'- ' * row['item']}{row['text']}" for row in message["passages"])])


def _items(extractions: Sequence[Any], source: Source) -> Iterator[Item]:
    """An item for each extraction of a kind of ours; one that LangExtract could not align has no evidence."""
    for number, each in enumerate(extractions, 1):
        if each.extraction_class in set(Kind):
            evidence = _evidence(each.char_interval, source)
            yield Item(
                id=f"i{number}",
                kind=Kind(each.extraction_class),
                text=str((each.attributes or {}).get("bullet") or each.extraction_text)[:2000],
                evidence=evidence,
                basis=Basis.INFERRED,
                grounding=Grounding.EXACT if evidence else Grounding.NONE,
            )


def _evidence(place: Any, source: Source) -> tuple[Evidence, ...]:
    if place is None or place.start_pos is None or place.end_pos is None:
        return ()
    return (source.evidence(place.start_pos, place.end_pos),)
