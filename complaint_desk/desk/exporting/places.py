"""Where files are offered to be written: a place the person knows, and a name that is not taken."""

from pathlib import Path


def folder() -> Path:
    """The person's folder for documents where there is one, else the folder the desk was started in."""
    from platformdirs import user_documents_path

    documents = user_documents_path()
    return documents if documents.is_dir() else Path.cwd()


def free(path: Path) -> Path:
    """This name, or the next one with a number that is not taken."""
    found, number = path, 2
    while found.exists():
        found = path.with_stem(f"{path.stem}-{number}")
        number += 1
    return found
