"""What the README says is what the program does."""

import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from complaint_desk.models.enums import COMMAND_ACTS
from complaint_desk.settings import Settings


def test_the_readme_lists_the_keys_as_the_program_has_them(
    root: Path, script: Callable[[str], ModuleType]
) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    assert script("readme").filled(readme) == readme


def test_the_readme_lists_every_act(root: Path) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    assert [act for act in COMMAND_ACTS if f"| `{act}` |" not in readme] == []


def test_the_readme_lists_every_setting(root: Path) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    assert [name for name in Settings.model_fields if f"| `{name}` |" not in readme] == []


def test_the_pictures_of_the_readme_are_there_and_link_nowhere_else(root: Path) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    for name in re.findall(r"\((docs/[^)]+\.svg)\)", readme):
        assert "url(" not in re.sub(r"url\(#", "", (root / name).read_text(encoding="utf-8"))
