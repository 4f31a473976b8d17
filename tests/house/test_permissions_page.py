"""The page of permissions is the program's own table."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType


def test_the_page_of_permissions_is_the_programs_table(
    root: Path, script: Callable[[str], ModuleType]
) -> None:
    assert (root / "docs" / "PERMISSIONS.md").read_text("utf-8") == script("permissions").page()
