"""What `summarizer doctor` finds when it asks the models."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from api.diagnosis import Check, examine
from api.settings import Settings
from summarizer.adapters.database.migrate import pending
from summarizer.adapters.postgres import Cluster
from tests.integration.llm_server import KEY, Endpoint, Reply, endpoint, refused, streamed


def models(data: Path, first: Endpoint, second: Endpoint, **others: object) -> dict[str, Check]:
    """The checks of the engines."""
    key = SecretStr(KEY or "")
    settings = Settings(data=data, llm_model="scripted", llm_base_url=first.url, llm_api_key=key).model_copy(
        update={
            "fallback_llm_model": "other",
            "fallback_llm_base_url": second.url,
            "fallback_llm_api_key": key,
            **others,
        }
    )
    return {check.name: check for check in examine(settings) if "ngine" in check.name}


def found(data: Path, reply: Reply, **others: object) -> tuple[dict[str, Check], int, int]:
    with endpoint(streamed("yes")) as first, endpoint(reply) as second:
        checks = models(data, first, second, **others)
        return checks, len(first.requests), len(second.requests)


def test_both_models_are_asked_once_each(tmp_path: Path) -> None:
    checks, *asked = found(tmp_path / "data", streamed("yes"), fallback="llm")
    assert [(name, check.well) for name, check in checks.items()] == [("Engine", True), ("Second engine", True)]
    assert checks["Second engine"].found.startswith("other at http://127.0.0.1:")
    assert asked == [1, 1]


def test_a_second_model_that_refuses_is_told_with_its_remedy(tmp_path: Path) -> None:
    checks, *_ = found(tmp_path / "data", refused(401, "no"), shadow="second")
    second = checks["Second engine"]
    assert (checks["Engine"].well, second.well) == (True, False)
    assert "HTTP 401" in second.found
    assert second.remedy


def test_a_second_model_that_nothing_uses_is_left_alone(tmp_path: Path) -> None:
    checks, *asked = found(tmp_path / "data", streamed("yes"))
    assert (list(checks), asked) == (["Engine"], [1, 0])


def test_before_the_first_start_all_is_tried_and_nothing_is_made(tmp_path: Path) -> None:
    data = tmp_path / "deep" / "data"
    checks = {check.name: check for check in examine(Settings(data=data))}
    assert checks["Data folder"] == Check("Data folder", True, f"{data} (not made yet; the first start makes it)")
    assert checks["Database and index"].found == "embedded PostgreSQL; 0 sections of past SOWs are indexed"
    assert list(tmp_path.iterdir()) == []


def test_a_database_of_the_users_is_told_to_lack_the_schema_and_stays_as_it_is(
    tmp_path: Path, empty_cluster: Cluster
) -> None:
    settings = Settings(data=tmp_path / "data", database_url=empty_cluster.app_url)
    told = next(check for check in examine(settings) if check.name == "Database and index")
    assert "`summarizer migrate`" in told.found
    assert pending(empty_cluster.owner_url)


def test_a_data_folder_that_cannot_be_made_is_told_with_its_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    folder = next(check for check in examine(Settings(data=tmp_path / "file" / "data")) if check.name == "Data folder")
    assert (folder.well, folder.found) == (False, f"{tmp_path}/file/data cannot be made in {tmp_path}/file")
    assert "SUMMARIZER_DATA" in folder.remedy


HOSTED = {"llm_model": "m", "llm_base_url": "http://127.0.0.1:9/v1", "llm_retries": 0}
SECOND = {"fallback_llm_model": "other", "fallback_llm_base_url": "http://127.0.0.1:9/v1"}
IN_PROCESS = {"llm_gguf": Path("small.gguf")}


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({}, "need not be hidden"),
        ({"redact": True}, "need not be hidden"),
        (IN_PROCESS, "need not be hidden"),
        ({**HOSTED, "engine": "embedded"}, "need not be hidden"),
        (HOSTED, "is not hidden"),
        ({**HOSTED, "redact": True}, "is hidden"),
        ({**HOSTED, "engine": "embedded", "shadow": "llm"}, "is not hidden"),
        ({**HOSTED, **SECOND, **IN_PROCESS, "shadow": "second"}, "is not hidden"),
        ({**HOSTED, **SECOND, "engine": "embedded", "shadow": "second", "redact": True}, "is hidden"),
    ],
)
def test_it_is_said_whether_a_hosted_model_sees_personal_data(
    tmp_path: Path, settings: dict[str, Any], told: str
) -> None:
    checks = examine(Settings(data=tmp_path / "data", **settings))
    found = next(check for check in checks if check.name == "Personal data")
    assert found.well
    assert found.found.startswith(told)
