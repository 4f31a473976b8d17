"""The scripts as modules, so that what they do can be tested without running them."""

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def root() -> Path:
    return ROOT


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ModuleType]:
    """Loads a file of scripts/ by its name, afresh for each test and gone after it."""
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    for neighbour in ("_alone", "_catalogue", "_installer", "_python", "_sentences", "_setup"):
        monkeypatch.delitem(sys.modules, neighbour, raising=False)

    def load(name: str) -> ModuleType:
        if name.startswith("_"):
            return importlib.import_module(name)
        specification = importlib.util.spec_from_file_location(
            f"script_{name}", ROOT / "scripts" / f"{name}.py"
        )
        assert specification is not None
        assert specification.loader is not None
        module = importlib.util.module_from_spec(specification)
        specification.loader.exec_module(module)
        return module

    return load
