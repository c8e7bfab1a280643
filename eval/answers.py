"""Answers of models in a folder, so that a run can be repeated without the model: one file each, named by its key."""

from dataclasses import dataclass
from pathlib import Path

from summarizer.records import KeptAnswer


@dataclass(frozen=True)
class FolderAnswers:
    """See `summarizer.ports.Answers`; what is kept here stays until somebody removes the file."""

    folder: Path

    def get(self, key: str) -> KeptAnswer | None:
        """`None` when there is no such file."""
        path = self._path(key)
        return KeptAnswer.model_validate_json(path.read_bytes()) if path.is_file() else None

    def keep(self, key: str, answer: KeptAnswer) -> None:
        """Write it, unless there is one."""
        path = self._path(key)
        if not path.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            path.write_text(answer.model_dump_json(indent=1) + "\n", "utf-8")

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.json"
