"""The demonstration workspace is complete and harmless: its index, its files and the addresses in them."""

import re
from email import policy
from email.parser import BytesParser
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict, Field

import api
from summarizer.records import DealType, Outcome, Person, Work

DEMO = Path(api.__file__).parent / "demo"
ADDRESS = re.compile(r"[\w.+-]+@([\w.-]+\w)")
HEADINGS = ("background", "scope of services", "deliverables", "out of scope", "assumptions", "client responsibilities")


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class IndexedSource(Strict):
    file: str
    name: str = Field(min_length=1)


class IndexedDeal(Strict):
    crm_deal_id: str = Field(min_length=1)
    name: str = Field(min_length=1, max_length=200)
    client: str = Field(min_length=1, max_length=200)
    vendor: str = Field(min_length=1, max_length=200)
    deal_type: DealType
    sources: tuple[IndexedSource, ...] = Field(min_length=1)


class IndexedSow(Strict):
    file: str
    name: str = Field(min_length=1)
    client: str = Field(min_length=1)
    deal_type: DealType
    year: int
    outcome: Outcome


class Index(Strict):
    people: tuple[Person, ...]
    deals: tuple[IndexedDeal, ...]
    sows: tuple[IndexedSow, ...]

    @property
    def files(self) -> list[str]:
        """Paths under the demo folder, in the order of the index."""
        return [source.file for deal in self.deals for source in deal.sources] + [sow.file for sow in self.sows]


INDEX = Index.model_validate_json((DEMO / "demo.json").read_bytes())


def read(file: str) -> str:
    return (DEMO / file).read_text("utf-8")


def test_there_is_one_person_for_each_kind_of_work() -> None:
    assert {person.work for person in INDEX.people} == set(Work)
    assert len({person.id for person in INDEX.people}) == len(INDEX.people)


def test_the_index_names_each_file_of_the_demo_once() -> None:
    present = [path.relative_to(DEMO).as_posix() for folder in ("deals", "sows") for path in (DEMO / folder).iterdir()]
    assert sorted(INDEX.files) == sorted(present)


@pytest.mark.parametrize("file", INDEX.files)
def test_a_file_of_the_demo_is_text_and_not_empty(file: str) -> None:
    assert read(file).strip()


def test_deals_are_unique_by_their_crm_id_and_share_the_vendor() -> None:
    assert len({deal.crm_deal_id for deal in INDEX.deals}) == len(INDEX.deals)
    assert len({deal.vendor for deal in INDEX.deals}) == 1


def test_people_of_the_workspace_have_addresses_of_one_fictional_firm() -> None:
    assert {(person.email or "").partition("@")[2] for person in INDEX.people} == {"copperbeck.example"}


@pytest.mark.parametrize("file", INDEX.files)
def test_every_address_in_the_demo_is_fictional(file: str) -> None:
    assert [domain for domain in ADDRESS.findall(read(file)) if not domain.endswith(".example")] == []


def test_each_deal_finds_a_past_sow_of_its_type() -> None:
    assert {deal.deal_type for deal in INDEX.deals} <= {sow.deal_type for sow in INDEX.sows}


@pytest.mark.parametrize("sow", INDEX.sows, ids=lambda sow: sow.name)
def test_a_past_sow_has_the_sections_that_precedents_are_made_of(sow: IndexedSow) -> None:
    found = [line.lower() for line in read(sow.file).splitlines() if line.startswith("## ")]
    assert [heading for heading in HEADINGS if not any(heading in line for line in found)] == []


def test_the_mail_of_the_demo_is_proper_mime() -> None:
    message = BytesParser(policy=policy.default).parsebytes((DEMO / "deals/greywether-petra.eml").read_bytes())
    assert list(message.defects) == []
    assert [part.get_content_type() for part in message.walk()] == ["multipart/alternative", "text/plain", "text/html"]


def test_the_bad_fixtures_are_still_badly_encoded() -> None:
    bad = Path(__file__).parents[1] / "fixtures" / "bad"
    assert (bad / "utf16.txt").read_bytes().startswith(b"\xff\xfe")
    with pytest.raises(UnicodeDecodeError):
        (bad / "latin1.txt").read_text("utf-8")
